//! `schaffer patch`: virtual whole-cell recordings, from the experiment file to
//! tables, findings, figures and the page.

use crate::arguments::run::Patch;
use crate::commands::mode::mode;
use crate::commands::reading::library_for;
use crate::commands::recordings::analyse::write_report;
use crate::commands::threads::cores;
use crate::failure::Failure;
use crate::output::{print, print_json};
use crate::words::patch::summary;
use analysis::patch::analyse_patch_folder;
use experiment::Plan;
use experiment::patch::{cells, record};
use experiment::{patch_manifest, rig};
use pharmacology::Library;
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
