//! `schaffer fit`: the model fitted to the control group of a study, its other
//! groups predicted, and both drawn side by side.

use crate::arguments::recordings::FitStudy;
use crate::commands::setting::{mode, setting};
use crate::commands::signals::Stop;
use crate::failure::Failure;
use crate::output::{print, print_json};
use crate::progress::Progress;
use crate::words::fit::in_words;
use laboratory::{Event, FitRequest};
use validation::fit::FitOptions;

/// Fits, predicts, simulates the result and reports.
pub fn fit(arguments: &FitStudy) -> Result<(), Failure> {
    let request = FitRequest {
        study: arguments.study.clone(),
        records: arguments.library.clone(),
        out: arguments.out.clone(),
        mode: mode(arguments.resume, arguments.overwrite),
        animals: arguments.animals,
        options: FitOptions {
            evaluations: arguments.evaluations as usize,
            draws: arguments.draws as usize,
            seed: arguments.seed,
        },
    };
    let progress = Progress::new(false);
    let stop = Stop::listen();
    let told = |event: Event<'_>| {
        stop.follow(&event);
        // The fitted experiment is a few slices: the search is what takes time.
        if !matches!(event, Event::Recording(_)) {
            progress.show(&event);
        }
    };
    let finished = laboratory::fit(&request, &setting(arguments.jobs, stop.wished()), &told);
    progress.finish();
    let finished = finished?;
    if arguments.json {
        return print_json(&finished.fit);
    }
    print(&format!(
        "{}\nfitted experiment: {}\nreport: {}",
        in_words(&finished.fit),
        finished.fitted.display(),
        finished.report.display()
    ))
}
