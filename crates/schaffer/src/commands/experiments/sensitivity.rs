//! `schaffer sensitivity`: what each uncertain parameter does to an experiment.

use crate::arguments::sensitivity::{Points, Vary};
use crate::commands::setting::unstopped;
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::progress::Progress;
use crate::words::sensitivity::in_words;
use laboratory::{Event, SensitivityRequest};
use validation::sensitivity::Method;

/// Simulates the experiment over the ranges of its parameters.
pub fn vary(arguments: &Vary) -> Result<(), Failure> {
    let request = SensitivityRequest {
        experiment: arguments.experiment.clone(),
        method: match arguments.method {
            Points::OneAtATime => Method::OneAtATime,
            Points::ElementaryEffects => Method::ElementaryEffects { trajectories: arguments.trajectories as usize },
        },
        parameters: arguments.parameters.clone(),
        animals: arguments.animals,
        slices_per_animal: arguments.slices,
        seed: arguments.seed,
        results: arguments.results.clone(),
    };
    let progress = Progress::new(false);
    let told = |event: Event<'_>| {
        // How long it takes is said when the first simulation is done.
        if let Event::Vary { parameters, simulations, slices } = event
            && !arguments.json
        {
            complain(&format!("{parameters} parameters, {simulations} simulations of {slices} slices"));
        }
        progress.show(&event);
    };
    let finished = laboratory::sensitivity(&request, &unstopped(arguments.jobs), &told);
    progress.finish();
    let finished = finished?;
    if let Some(page) = &finished.report {
        complain(&format!("report: {}", page.display()));
    }
    let result = &finished.sensitivity;
    if arguments.json { print_json(result) } else { print(&in_words(result)) }
}
