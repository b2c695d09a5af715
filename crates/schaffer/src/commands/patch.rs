//! `schaffer patch`: virtual whole-cell recordings, from the experiment file to
//! tables and findings.

use super::library_for;
use crate::cli::Patch;
use crate::failure::Failure;
use crate::output::{columns, print, print_json};
use analysis::patch::{CellMeasures, PatchFindings, Reading, conclude_patch, measure_cell};
use experiment::Plan;
use experiment::patch::{cells, record};
use pharmacology::Library;
use recording::{Phase, atomic, store};
use std::path::Path;

/// Records, measures and compares.
pub fn patch(arguments: &Patch) -> Result<(), Failure> {
    let text = experiment::read_text(&arguments.experiment)?;
    let (library, _) = library_for(&text, &arguments.experiment, arguments.library.as_deref())?;
    let plan = experiment::read_with(&text, &arguments.experiment.display().to_string(), &library)?;
    let out = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(format!("{}-patch", plan.name)));
    prepare(&out, arguments.overwrite)?;
    let measured = record_all(&plan, &library, &out)?;
    let names: Vec<String> = plan.conditions.iter().map(|condition| condition.name.clone()).collect();
    let mut findings = conclude_patch(&measured, &names, &plan.statistics.reference, plan.statistics.interval.value());
    findings.warnings.extend(plan.conditions.iter().flat_map(|condition| plan.warnings(condition)));
    findings.warnings.extend(limits(&plan));
    let json = serde_json::to_string_pretty(&findings).map_err(|fault| Failure::unexpected(fault.to_string()))?;
    let page = page(&plan, &findings);
    write(&out.join("experiment.toml"), &text)?;
    write(&out.join("cells.csv"), &table(&measured))?;
    write(&out.join("findings.json"), &json)?;
    write(&out.join("report.md"), &page)?;
    if arguments.json { print_json(&findings) } else { print(&format!("{page}\nresults: {}", out.display())) }
}

/// Makes the results folder, or refuses.
fn prepare(out: &Path, overwrite: bool) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::output(format!("{} cannot be written: {error}", out.display()));
    if out.exists() {
        let ours = out.join("cells.csv").exists();
        if !(overwrite && ours) {
            let remedy =
                if ours { "add --overwrite, or --out for another folder" } else { "use --out for another folder" };
            return Err(Failure::output(format!("{} exists; {remedy}", out.display())));
        }
        std::fs::remove_dir_all(out).map_err(failed)?;
    }
    std::fs::create_dir_all(out).map_err(failed)
}

/// Records and stores every cell, and measures what was stored.
fn record_all(plan: &Plan, library: &Library, out: &Path) -> Result<Vec<CellMeasures>, Failure> {
    let mut measured = Vec::new();
    for key in cells(plan) {
        let Some(condition) = plan.conditions.iter().find(|condition| condition.name == key.condition) else {
            continue;
        };
        let recording = record(plan, condition, &key, plan.seed, library)
            .map_err(|failure| Failure::unexpected(failure.to_string()))?;
        store::write_slice(out, &recording).map_err(|error| Failure::output(error.to_string()))?;
        measured.extend(measure_cell(&recording));
    }
    Ok(measured)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    atomic::write(path, text.as_bytes()).map_err(|error| Failure::output(error.to_string()))
}

/// What a reader must know of virtual cells.
fn limits(plan: &Plan) -> Vec<String> {
    let reversal = pharmacology::chloride::gaba_reversal_mv(plan.patch.chloride.um() / 1000.0);
    let driving = plan.patch.hold.mv() - reversal;
    let mut limits = vec![
        "In-silico cells: p-values depend on the number of virtual cells and animals that was chosen.".to_owned(),
        format!(
            "GABA-A currents reverse at {reversal:.1} mV with {} chloride in the pipette; {driving:.1} mV drive them at {}.",
            plan.patch.chloride, plan.patch.hold
        ),
    ];
    if driving.abs() < 15.0 {
        limits.push(
            "Small driving force: spontaneous IPSCs are near the noise; a pipette with high chloride shows them."
                .to_owned(),
        );
    }
    limits
}

/// One row per cell and phase.
fn table(cells: &[CellMeasures]) -> String {
    let mut text = String::from("condition,animal,cell,phase");
    for reading in Reading::ALL {
        text.push_str(&format!(",\"{}\"", reading.title()));
    }
    text.push_str(",\"F-I curve, pA:Hz\"\n");
    for cell in cells {
        let key = &cell.key;
        text.push_str(&format!("\"{}\",\"{}\",{},{}", key.condition, key.animal, key.slice, cell.phase.name()));
        for reading in Reading::ALL {
            text.push_str(&reading.of(cell).map_or(",".to_owned(), |value| format!(",{value:.4}")));
        }
        let curve: Vec<String> =
            cell.steps.firing.iter().map(|step| format!("{}:{}", step.current_pa, step.rate_hz)).collect();
        text.push_str(&format!(",\"{}\"\n", curve.join(" ")));
    }
    text
}

/// The findings as a page.
fn page(plan: &Plan, findings: &PatchFindings) -> String {
    let phase = |phase: Phase| match phase {
        Phase::Baseline => "baseline",
        Phase::WashIn => "drug",
        _ => "wash-out",
    };
    let rows = findings.groups.iter().map(|group| {
        let sd = group.sd.map_or(String::new(), |sd| format!(" ± {sd:.2} SD"));
        [
            group.reading.title().to_owned(),
            group.condition.clone(),
            phase(group.phase).to_owned(),
            format!("{:.2}{sd}", group.mean),
            format!("{} cells ({} animals)", group.n_cells, group.n_animals),
        ]
    });
    let mut rows: Vec<[String; 5]> = rows.collect();
    rows.sort_by_key(|row| Reading::ALL.iter().position(|reading| reading.title() == row[0]));
    let mut page = format!("{}: virtual whole-cell recordings\n\n{}\n", plan.title, columns(&rows));
    page.push_str("change from the baseline, against that of the reference\n\n");
    let contrasts = findings.contrasts.iter().map(|c| {
        [
            c.reading.title().to_owned(),
            format!("{} - {}", c.condition, c.reference),
            phase(c.phase).to_owned(),
            format!("{:+.2} ({:.2} to {:.2})", c.estimate, c.ci_low, c.ci_high),
            format!("p = {:.4}, df {:.1}", c.p, c.df),
        ]
    });
    page.push_str(&columns(&contrasts.collect::<Vec<_>>()));
    page.push('\n');
    for warning in &findings.warnings {
        page.push_str(&format!("note: {warning}\n"));
    }
    page
}
