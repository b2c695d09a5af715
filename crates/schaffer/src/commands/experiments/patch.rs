//! `schaffer patch`: virtual whole-cell recordings, from the experiment file to
//! tables, findings, figures and the page.

use crate::cli::Patch;
use crate::commands::recordings::analyse::write_report;
use crate::commands::{cores, library_for, mode};
use crate::failure::Failure;
use crate::output::{columns, print, print_json};
use analysis::patch::{PatchFindings, Reading, analyse_patch_folder};
use experiment::Plan;
use experiment::patch::{cells, record};
use experiment::{patch_manifest, rig};
use pharmacology::Library;
use recording::Phase;
use results::{Entry, Mode, Opening, ResultsFolder};
use std::path::Path;
use std::time::Instant;

/// Records, measures, compares and draws.
pub fn patch(arguments: &Patch) -> Result<(), Failure> {
    let text = experiment::read_text(&arguments.experiment)?;
    let (library, _) = library_for(&text, &arguments.experiment, arguments.library.as_deref())?;
    let plan = experiment::read_with(&text, &arguments.experiment.display().to_string(), &library)?;
    let out = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(format!("{}-patch", plan.name)));
    let results = begin(&plan, &out, mode(arguments.resume, arguments.overwrite))?;
    record_all(&plan, &library, &results)?;
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

/// Begins the results folder with the experiment, its manifest and the settings of the rig.
fn begin(plan: &Plan, out: &Path, mode: Mode) -> Result<ResultsFolder, Failure> {
    let unwritten = |error: recording::StoreError| Failure::output(error.to_string());
    let manifest = patch_manifest(plan, plan.seed, env!("SCHAFFER_COMMIT"));
    let manifest = manifest.to_text(&Entry::Manifest.within(out)).map_err(unwritten)?;
    let rig = rig(plan).to_text(&Entry::Rig.within(out)).map_err(unwritten)?;
    let opening = Opening {
        mark: Entry::Rig,
        files: &[
            (Entry::Experiment, plan.source.as_bytes()),
            (Entry::Manifest, manifest.as_bytes()),
            (Entry::Rig, rig.as_bytes()),
        ],
        resumable: true,
        seed: plan.seed,
        jobs: 1,
    };
    Ok(ResultsFolder::begin(out, mode, &opening)?.folder)
}

/// Records and stores every cell that is not there yet.
fn record_all(plan: &Plan, library: &Library, results: &ResultsFolder) -> Result<(), Failure> {
    let (keys, start) = (cells(plan), Instant::now());
    let mut kept = 0;
    for key in &keys {
        if results.is_complete(key) {
            kept += 1;
            continue;
        }
        let Some(condition) = plan.conditions.iter().find(|condition| condition.name == key.condition) else {
            continue;
        };
        let recording = record(plan, condition, key, plan.seed, library)
            .map_err(|failure| Failure::unexpected(failure.to_string()))?;
        results.write_slice(&recording, &[]).map_err(|error| Failure::output(error.to_string()))?;
    }
    let seconds = start.elapsed().as_secs_f64();
    Ok(results.note(&format!("recorded: {} cells ({kept} kept) in {seconds:.2} s", keys.len()))?)
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
