//! `schaffer patch`: virtual whole-cell recordings, from the experiment file to
//! tables, findings, figures and the page.

use crate::arguments::run::Patch;
use crate::commands::reading::library_for;
use crate::commands::recordings::analyse::write_report;
use crate::commands::threads::cores;
use crate::failure::Failure;
use crate::output::{print, print_json};
use crate::progress::Progress;
use crate::words::patch::summary;
use analysis::patch::{CELLS, analyse_patch_folder};
use experiment::{Cells, Opening, Run};
use recording::atomic;
use recording::manifest::FILE_NAME;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Records, measures, compares and draws.
pub fn patch(arguments: &Patch) -> Result<(), Failure> {
    let text = experiment::read_text(&arguments.experiment)?;
    let (library, _) = library_for(&text, &arguments.experiment, arguments.library.as_deref())?;
    let plan = experiment::read_with(&text, &arguments.experiment.display().to_string(), &library)?;
    let out = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(format!("{}-patch", plan.name)));
    let cells = Cells::of(&plan, plan.seed, &library).map_err(|missing| Failure::unexpected(missing.to_string()))?;
    prepare(&out, arguments.overwrite)?;
    let unwritten = |error: recording::StoreError| Failure::output(error.to_string());
    atomic::write(&out.join("experiment.toml"), text.as_bytes()).map_err(unwritten)?;
    let opening = Opening::of_cells(&plan, plan.seed, env!("SCHAFFER_COMMIT"));
    opening.manifest.write(&out.join(FILE_NAME)).map_err(unwritten)?;
    opening.rig.iter().try_for_each(|rig| rig.write(&out)).map_err(unwritten)?;
    let progress = Progress::new(false);
    let run = Run {
        folder: &out,
        resumed: false,
        jobs: cores(),
        interrupted: &AtomicBool::new(false),
        events: &|event| progress.show(&event),
    };
    let recorded = run.record(&cells);
    progress.finish();
    recorded?;
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
