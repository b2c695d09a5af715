//! `schaffer patch`: virtual whole-cell recordings, from the experiment file to
//! tables, findings, figures and the page.

use crate::cli::Patch;
use crate::commands::recordings::analyse::write_report;
use crate::commands::{cores, library_for};
use crate::failure::Failure;
use crate::output::{columns, print, print_json};
use analysis::patch::{PatchFindings, Reading, analyse_patch_folder};
use experiment::Plan;
use experiment::patch::{cells, record};
use experiment::{patch_manifest, rig};
use pharmacology::Library;
use recording::{Phase, atomic};
use results::{Entry, Layout};
use std::path::Path;

/// Records, measures, compares and draws.
pub fn patch(arguments: &Patch) -> Result<(), Failure> {
    let text = experiment::read_text(&arguments.experiment)?;
    let (library, _) = library_for(&text, &arguments.experiment, arguments.library.as_deref())?;
    let plan = experiment::read_with(&text, &arguments.experiment.display().to_string(), &library)?;
    let out = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(format!("{}-patch", plan.name)));
    prepare(&out, arguments.overwrite)?;
    let unwritten = |error: recording::StoreError| Failure::output(error.to_string());
    atomic::write(&Entry::Experiment.within(&out), text.as_bytes()).map_err(unwritten)?;
    patch_manifest(&plan, plan.seed, env!("SCHAFFER_COMMIT"))
        .write(&Entry::Manifest.within(&out))
        .map_err(unwritten)?;
    rig(&plan).write(&out).map_err(unwritten)?;
    record_all(&plan, &library, &out)?;
    let findings = analyse_patch_folder(&out)?;
    let page = write_report(&out, cores())?;
    if arguments.json {
        return print_json(&findings);
    }
    print(&format!(
        "{}: virtual whole-cell recordings\n\n{}\nreport: {}",
        plan.title,
        summary(&findings),
        page.display()
    ))
}

/// Makes the results folder, or refuses.
fn prepare(out: &Path, overwrite: bool) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::output(format!("{} cannot be written: {error}", out.display()));
    if out.exists() {
        let ours = results::WholeCellRig::is_in(out) || Entry::Cells.within(out).exists();
        if !(overwrite && ours) {
            let remedy =
                if ours { "add --overwrite, or --out for another folder" } else { "use --out for another folder" };
            return Err(Failure::output(format!("{} exists; {remedy}", out.display())));
        }
        std::fs::remove_dir_all(out).map_err(failed)?;
    }
    std::fs::create_dir_all(out).map_err(failed)
}

/// Records and stores every cell.
fn record_all(plan: &Plan, library: &Library, out: &Path) -> Result<(), Failure> {
    for key in cells(plan) {
        let Some(condition) = plan.conditions.iter().find(|condition| condition.name == key.condition) else {
            continue;
        };
        let recording = record(plan, condition, &key, plan.seed, library)
            .map_err(|failure| Failure::unexpected(failure.to_string()))?;
        Layout::new(out).write_slice(&recording, &[]).map_err(|error| Failure::output(error.to_string()))?;
    }
    Ok(())
}

/// The findings in words.
pub fn summary(findings: &PatchFindings) -> String {
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
    let mut page = columns(&rows);
    page.push_str("\nchange from the baseline, against that of the reference\n\n");
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
