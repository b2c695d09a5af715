//! `schaffer run`: from the experiment file to the report.

use crate::arguments::run::{Run, SHIPPED_SETS};
use crate::commands::setting::{mode, setting};
use crate::commands::signals::Stop;
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::progress::Progress;
use crate::words::run::summary;
use laboratory::{Event, ParameterSets, RunFinished, RunRequest};
use serde::Serialize;
use std::path::Path;

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
    let stop = Stop::listen();
    let progress = Progress::new(arguments.quiet);
    let told = |event: Event<'_>| {
        stop.follow(&event);
        progress.show(&event);
    };
    let finished = laboratory::run(&request, &setting(arguments.jobs, stop.wished()), &told);
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
