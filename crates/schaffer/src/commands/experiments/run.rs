//! `schaffer run`: from the experiment file to the report.

use crate::arguments::exit_codes::INTERRUPTED;
use crate::arguments::run::{Run, SHIPPED_SETS};
use crate::commands::setting::{mode, setting};
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::progress::Progress;
use crate::words::run::summary;
use laboratory::{Event, ParameterSets, RunFinished, RunRequest};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs an experiment from its file to its report.
pub fn run(arguments: &Run) -> Result<(), Failure> {
    let request = RunRequest {
        experiment: arguments.experiment.clone(),
        records: arguments.library.clone(),
        out: arguments.out.clone(),
        mode: mode(arguments.resume, arguments.overwrite),
        seed: arguments.seed,
        ensemble: arguments.ensemble.as_deref().map(parameter_sets),
    };
    let interrupted = stop_on_interrupt();
    let progress = Progress::new(arguments.quiet);
    let told = |event: Event<'_>| {
        progress.show(&event);
    };
    let finished = laboratory::run(&request, &setting(arguments.jobs, &interrupted), &told);
    progress.finish();
    let finished = finished?;
    if arguments.profile {
        complain(&finished.times.table());
    }
    match (arguments.quiet, arguments.json) {
        (true, _) => Ok(()),
        (false, true) => print_json(&RunJson::new(&finished)),
        (false, false) => print(&format!("{}\nreport: {}", summary(&finished.findings), finished.report.display())),
    }
}

/// The parameter sets of `--ensemble`.
fn parameter_sets(path: &Path) -> ParameterSets {
    if path == Path::new(SHIPPED_SETS) { ParameterSets::Shipped } else { ParameterSets::File(path.to_owned()) }
}

/// A flag that Ctrl-C sets; the run then ends after the slices in hand. A
/// second Ctrl-C ends it at once, which costs only those slices.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&flag);
    // Without the handler Ctrl-C simply ends the program; that is safe too.
    let _ = ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        complain("stopping after the slices in hand; once more to stop at once");
    });
    flag
}

/// The end of a run, for programs.
#[derive(Serialize)]
struct RunJson<'a> {
    report: &'a Path,
    slices: usize,
    kept: usize,
    contrasts: &'a [analysis::findings::Contrast],
    warnings: &'a [String],
}

impl<'a> RunJson<'a> {
    fn new(finished: &'a RunFinished) -> Self {
        Self {
            report: &finished.report,
            slices: finished.recorded.slices,
            kept: finished.recorded.kept,
            contrasts: &finished.findings.contrasts,
            warnings: &finished.findings.warnings,
        }
    }
}
