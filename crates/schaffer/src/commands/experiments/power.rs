//! `schaffer power`: what an experiment can find, and what it needs.

use crate::arguments::power::Power;
use crate::commands::setting::unstopped;
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::progress::Progress;
use crate::words::power::page;
use laboratory::{Event, PowerRequest, PowerSource};

/// Answers for an experiment file.
pub fn power(arguments: &Power) -> Result<(), Failure> {
    let request = PowerRequest {
        experiment: arguments.experiment.clone(),
        from: arguments.from.clone(),
        question: arguments.question(),
    };
    let progress = Progress::new(false);
    let told = |event: Event<'_>| {
        match event {
            Event::NoResults { experiment, slices } => complain(&format!(
                "{experiment} has no results yet: simulating its {slices} slices in a temporary folder (schaffer run \
                 keeps them)"
            )),
            Event::OtherVersion { folder } => complain(&format!(
                "note: {} was made from another version of {}",
                folder.display(),
                arguments.experiment.display()
            )),
            _ => {}
        }
        progress.show(&event);
    };
    let finished = laboratory::power(&request, &unstopped(arguments.jobs), &told);
    progress.finish();
    let finished = finished?;
    if arguments.json {
        print_json(&finished.answer)
    } else {
        print(&page(&finished.answer, &source(&finished.source)))
    }
}

/// What the answer rests on, in words.
fn source(source: &PowerSource) -> String {
    match source {
        PowerSource::Stated => "your numbers".to_owned(),
        PowerSource::Results(folder) => folder.display().to_string(),
        PowerSource::Simulated => "a simulation of the experiment, not kept".to_owned(),
    }
}
