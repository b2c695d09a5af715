//! `schaffer run`: from the experiment file to the report.

use crate::arguments::run::Run;
use crate::commands::setting::{mode, setting};
use crate::commands::signals::Stop;
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::progress::Progress;
use crate::words::run::summary;
use laboratory::{Draws, Event, RunFinished, RunRequest};
use results::beside::prediction::Predicted;
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
        draws: arguments.posterior.clone().map_or(Draws::Shipped, Draws::File),
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
        (false, false) => print(&format!(
            "{}\nreport: {}",
            summary(&finished.findings, finished.prediction.as_ref()),
            finished.report.display()
        )),
    }
}

/// The end of a run, for programs.
#[derive(Serialize)]
struct RunJson<'a> {
    report: &'a Path,
    slices: usize,
    kept: usize,
    contrasts: &'a [analysis::findings::Contrast],
    predictions: Vec<&'a Predicted>,
    warnings: &'a [String],
}

impl<'a> RunJson<'a> {
    fn new(finished: &'a RunFinished) -> Self {
        Self {
            report: &finished.report,
            slices: finished.recorded.slices,
            kept: finished.recorded.kept,
            contrasts: &finished.findings.contrasts,
            predictions: finished.prediction.iter().flat_map(|prediction| &prediction.outcomes).collect(),
            warnings: &finished.findings.warnings,
        }
    }
}
