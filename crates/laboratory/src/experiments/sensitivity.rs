//! What each uncertain parameter does to an experiment.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener, Stage};
use crate::folder::{is_finished, usual};
use crate::read::read_plan;
use crate::report::write_report;
use crate::setting::{Setting, with_threads};
use experiment::{Plan, SECONDS_OF_REPORT};
use results::beside::sensitivity::Sensitivity;
use results::folder::Reach;
use results::{Entry, ResultsFolder};
use std::path::PathBuf;
use validation::sensitivity::{Method, factors};

/// An experiment whose parameters are to be moved.
#[derive(Clone, Debug)]
pub struct SensitivityRequest {
    /// The experiment file.
    pub experiment: PathBuf,
    /// How points in the ranges are chosen.
    pub method: Method,
    /// Paths of the parameters; none for all of the synapse.
    pub parameters: Vec<String>,
    /// Virtual animals per group instead of those of the experiment.
    pub animals: Option<u32>,
    /// Slices per animal instead of those of the experiment.
    pub slices_per_animal: Option<u32>,
    /// Seed instead of the one in the file.
    pub seed: Option<u64>,
    /// Results of the experiment, whose report gains the plot; without, those in
    /// `results/NAME`, if they are there.
    pub results: Option<PathBuf>,
}

/// A finished sensitivity analysis.
#[derive(Clone, Debug)]
pub struct SensitivityFinished {
    /// Effects of every parameter on every outcome.
    pub sensitivity: Sensitivity,
    /// The page that has gained the plot.
    pub report: Option<PathBuf>,
}

/// Simulates the experiment over the ranges of its parameters. Results of the
/// experiment gain [`Entry::Sensitivity`], and their report is drawn again.
///
/// # Errors
/// A faulty file, named results that are not finished, an unknown parameter, an
/// experiment that cannot be simulated, a report that cannot be written.
pub fn sensitivity(
    request: &SensitivityRequest,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<SensitivityFinished, LaboratoryError> {
    let mut plan = read_plan(&request.experiment, None)?;
    plan.design.animals = request.animals.unwrap_or(plan.design.animals);
    plan.design.slices_per_animal = request.slices_per_animal.unwrap_or(plan.design.slices_per_animal);
    // Locked before hours of simulation, which nobody else may make vain.
    let folder = results_folder(request, &plan)?
        .as_deref()
        .map(|folder| ResultsFolder::reopen(folder, Reach::Findings))
        .transpose()?;
    let seed = request.seed.unwrap_or(plan.seed);
    let moved = factors(&plan, &request.parameters)?;
    let (jobs, method) = (setting.jobs, request.method);
    let simulations = method.simulations(moved.len());
    events(Event::Vary { parameters: moved.len(), simulations, slices: plan.slices() });
    if folder.is_some() {
        events(Event::Ahead { share: 0.0, seconds: SECONDS_OF_REPORT });
    }
    let one = || events(Event::Simulated);
    let sensitivity = with_threads(jobs, || validation::sensitivity(&plan, seed, moved, method, &one))?;
    events(Event::Done(Stage::Vary));
    let sensitivity = sensitivity?;
    let report = match &folder {
        Some(folder) => {
            folder.json(Entry::Sensitivity, &sensitivity).map_err(LaboratoryError::Unwritable)?;
            events(Event::Begun(Stage::Draw));
            let page = write_report(folder.path(), None, jobs, events)?;
            events(Event::Done(Stage::Draw));
            folder.seal()?;
            Some(page)
        }
        None => None,
    };
    Ok(SensitivityFinished { sensitivity, report })
}

/// The results folder whose report gains the plot.
fn results_folder(request: &SensitivityRequest, plan: &Plan) -> Result<Option<PathBuf>, LaboratoryError> {
    match &request.results {
        Some(folder) if is_finished(folder) => Ok(Some(folder.clone())),
        Some(folder) => {
            Err(LaboratoryError::Unfinished { folder: folder.clone(), experiment: request.experiment.clone() })
        }
        None => Ok(Some(usual(&plan.name)).filter(|folder| is_finished(folder))),
    }
}
