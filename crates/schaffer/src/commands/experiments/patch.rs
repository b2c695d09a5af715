//! `schaffer patch`: virtual whole-cell recordings, from the experiment file to
//! tables, findings, figures and the page.

use crate::arguments::run::Patch;
use crate::commands::setting::{mode, setting};
use crate::commands::signals::Stop;
use crate::failure::Failure;
use crate::output::{print, print_json};
use crate::progress::Progress;
use crate::words::patch::summary;
use laboratory::{Event, PatchRequest};

/// Records, measures, compares and draws.
pub fn patch(arguments: &Patch) -> Result<(), Failure> {
    let request = PatchRequest {
        experiment: arguments.experiment.clone(),
        records: arguments.library.clone(),
        out: arguments.out.clone(),
        mode: mode(arguments.resume, arguments.overwrite),
    };
    let progress = Progress::new(false);
    let stop = Stop::listen();
    let told = |event: Event<'_>| {
        stop.follow(&event);
        progress.show(&event);
    };
    let finished = laboratory::patch(&request, &setting(None, stop.wished()), &told);
    progress.finish();
    let finished = finished?;
    if arguments.json {
        return print_json(&finished.findings);
    }
    print(&format!(
        "{}: virtual whole-cell recordings\n\n{}\nreport: {}",
        finished.title,
        summary(&finished.findings),
        finished.report.display()
    ))
}
