//! `schaffer patch`: virtual whole-cell recordings, from the experiment file to
//! tables, findings, figures and the page.

use crate::arguments::run::Patch;
use crate::commands::reading::library_for;
use crate::commands::recordings::analyse::write_report;
use crate::commands::threads::cores;
use crate::failure::Failure;
use crate::output::{print, print_json};
use crate::words::patch::summary;
use analysis::patch::{CELLS, analyse_patch_folder};
use experiment::Plan;
use experiment::patch::{cells, record};
use experiment::{patch_manifest, rig};
use pharmacology::Library;
use recording::manifest::FILE_NAME;
use recording::{atomic, store};
use std::path::Path;

/// Records, measures, compares and draws.
pub fn patch(arguments: &Patch) -> Result<(), Failure> {
    let text = experiment::read_text(&arguments.experiment)?;
    let (library, _) = library_for(&text, &arguments.experiment, arguments.library.as_deref())?;
    let plan = experiment::read_with(&text, &arguments.experiment.display().to_string(), &library)?;
    let out = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(format!("{}-patch", plan.name)));
    prepare(&out, arguments.overwrite)?;
    let unwritten = |error: recording::StoreError| Failure::output(error.to_string());
    atomic::write(&out.join("experiment.toml"), text.as_bytes()).map_err(unwritten)?;
    patch_manifest(&plan, plan.seed, env!("SCHAFFER_COMMIT")).write(&out.join(FILE_NAME)).map_err(unwritten)?;
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
        let ours = recording::WholeCellRig::is_in(out) || out.join(CELLS).exists();
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
        store::write_slice(out, &recording).map_err(|error| Failure::output(error.to_string()))?;
    }
    Ok(())
}
