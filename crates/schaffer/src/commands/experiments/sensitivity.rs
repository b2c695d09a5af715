//! `schaffer sensitivity`: what each uncertain parameter does to an experiment.

use crate::commands::recordings::analyse::write_report;
use crate::commands::{cores, read_plan, with_threads};
use crate::failure::Failure;
use crate::output::{columns, complain, print, print_json};
use crate::progress::Steps;
use clap::{Args, ValueEnum};
use experiment::Plan;
use results::Entry;
use results::beside::sensitivity::Sensitivity;
use std::path::{Path, PathBuf};
use validation::sensitivity::{Method, factors, sensitivity};

/// Parameters listed per outcome.
const LISTED: usize = 10;

/// How points are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Points {
    /// Each parameter at either end of its range, all others as they are.
    OneAtATime,
    /// Elementary effects on random trajectories through all ranges (Morris 1991).
    ElementaryEffects,
}

/// Arguments of `sensitivity`.
#[derive(Debug, Args)]
pub struct Vary {
    /// The experiment file.
    #[arg(value_name = "EXPERIMENT.toml")]
    pub experiment: PathBuf,
    /// How points are chosen.
    #[arg(long, value_enum, default_value_t = Points::OneAtATime)]
    pub method: Points,
    /// Trajectories of the elementary effects.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub trajectories: u32,
    /// Parameters to vary, e.g. nmda.conductance,gaba_a.tonic [default: all of the synapse].
    #[arg(long, value_name = "PATH,…", value_delimiter = ',')]
    pub parameters: Vec<String>,
    /// Virtual animals per group instead of those of the experiment.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub animals: Option<u32>,
    /// Slices per animal instead of those of the experiment.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub slices: Option<u32>,
    /// Seed instead of the one in the file.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Results folder of the experiment; its report gains the tornado plot [default: results/NAME, if it is there].
    #[arg(long, value_name = "DIR")]
    pub results: Option<PathBuf>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

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

/// The largest effects on every outcome.
fn in_words(result: &Sensitivity) -> String {
    let mut page = String::new();
    for (place, outcome) in result.outcomes.iter().enumerate() {
        let (what, unit) = match &outcome.against {
            Some(reference) => (format!("{} against {reference}", outcome.condition), "points"),
            None => (outcome.condition.clone(), "%"),
        };
        page.push_str(&format!("{}, {what}: {:+.1} {unit}\n", outcome.induction, outcome.base));
        let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:+.1}"));
        let mut rows =
            vec![["parameter", "evidence", "range", "at low", "at high", "mean |effect|"].map(str::to_owned)];
        for &parameter in result.ranked(place).iter().take(LISTED) {
            let (moved, effect) = (&result.parameters[parameter], &result.effects[parameter][place]);
            let unit = if moved.unit == "1" { String::new() } else { format!(" {}", moved.unit) };
            rows.push([
                moved.path.clone(),
                moved.evidence.clone(),
                format!("{:.4} to {:.4}{unit}", moved.low, moved.high),
                number(effect.at_low),
                number(effect.at_high),
                number(effect.mean_absolute).trim_start_matches('+').to_owned(),
            ]);
        }
        page.push_str(&columns(&rows));
        page.push('\n');
    }
    if result.failed > 0 {
        page.push_str(&format!("{} of {} simulations could not be finished.\n", result.failed, result.simulations));
    }
    page
}
