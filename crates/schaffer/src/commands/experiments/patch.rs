//! `schaffer patch`: virtual whole-cell recordings, from the experiment file to
//! tables, findings, figures and the page.

use crate::arguments::run::Patch;
use crate::commands::mode::mode;
use crate::commands::reading::library_for;
use crate::commands::recordings::analyse::write_report;
use crate::commands::threads::cores;
use crate::failure::Failure;
use crate::output::{print, print_json};
use crate::progress::Progress;
use crate::words::patch::summary;
use analysis::patch::analyse_patch_folder;
use experiment::{Cells, Opening, Run};
use results::folder::Begun;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Records, measures, compares and draws.
pub fn patch(arguments: &Patch) -> Result<(), Failure> {
    let text = experiment::read_text(&arguments.experiment)?;
    let (library, _) = library_for(&text, &arguments.experiment, arguments.library.as_deref())?;
    let plan = experiment::read_with(&text, &arguments.experiment.display().to_string(), &library)?;
    let out = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(format!("{}-patch", plan.name)));
    let cells = Cells::of(&plan, plan.seed, &library).map_err(|missing| Failure::unexpected(missing.to_string()))?;
    let opening = Opening::of_cells(&plan, plan.seed, env!("SCHAFFER_COMMIT"));
    let mode = mode(arguments.resume, arguments.overwrite);
    let Begun { folder, resumed } = opening.begin(&plan, &out, mode, cores())?;
    let progress = Progress::new(false);
    let run = Run {
        folder: &folder,
        resumed,
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
