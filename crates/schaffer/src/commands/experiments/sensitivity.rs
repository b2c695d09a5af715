//! `schaffer sensitivity`: what each uncertain parameter does to an experiment.

use crate::arguments::sensitivity::{Points, Vary};
use crate::commands::reading::read_plan;
use crate::commands::recordings::analyse::write_report;
use crate::commands::threads::{cores, with_threads};
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::progress::Steps;
use crate::words::sensitivity::in_words;
use experiment::Plan;
use results::Entry;
use std::path::{Path, PathBuf};
use validation::sensitivity::{Method, factors, sensitivity};

/// Simulates the experiment over the ranges of its parameters.
pub fn vary(arguments: &Vary) -> Result<(), Failure> {
    let mut plan = read_plan(&arguments.experiment)?;
    plan.design.animals = arguments.animals.unwrap_or(plan.design.animals);
    plan.design.slices_per_animal = arguments.slices.unwrap_or(plan.design.slices_per_animal);
    let folder = results_folder(arguments, &plan)?;
    let seed = arguments.seed.unwrap_or(plan.seed);
    let moved = factors(&plan, &arguments.parameters)?;
    let method = match arguments.method {
        Points::OneAtATime => Method::OneAtATime,
        Points::ElementaryEffects => Method::ElementaryEffects { trajectories: arguments.trajectories as usize },
    };
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    let simulations = method.simulations(moved.len());
    let seconds = plan.expected_seconds(jobs) * simulations as f64;
    if !arguments.json {
        let text = format!(
            "{} parameters, {simulations} simulations of {} slices: about {:.0} s",
            moved.len(),
            plan.slices(),
            seconds.max(1.0)
        );
        complain(&text);
    }
    let steps = Steps::new(simulations, "simulations");
    let result = with_threads(jobs, || sensitivity(&plan, seed, moved, method, &|| steps.done()))?;
    steps.finish();
    let result = result?;
    if let Some(folder) = &folder {
        results::folder::write_json(folder, Entry::Sensitivity, &result)
            .map_err(|error| Failure::output(error.to_string()))?;
        let page = write_report(folder, jobs)?;
        complain(&format!("report: {}", page.display()));
    }
    if arguments.json { print_json(&result) } else { print(&in_words(&result)) }
}

/// The results folder whose report gains the plot.
fn results_folder(arguments: &Vary, plan: &Plan) -> Result<Option<PathBuf>, Failure> {
    let whole = |folder: &Path| Entry::Findings.within(folder).exists() && Entry::Manifest.within(folder).exists();
    match &arguments.results {
        Some(folder) if whole(folder) => Ok(Some(folder.clone())),
        Some(folder) => Err(Failure::no_input(format!(
            "{} holds no finished results; run the experiment first: schaffer run {} --out {}",
            folder.display(),
            arguments.experiment.display(),
            folder.display()
        ))),
        None => Ok(Some(Path::new("results").join(&plan.name)).filter(|folder| whole(folder))),
    }
}
