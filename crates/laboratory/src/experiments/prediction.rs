//! An experiment predicted over draws from what is not known.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener, Stage};
use crate::setting::{Setting, with_threads};
use analysis::Findings;
use experiment::Plan;
use posterior::{Asked, Posterior};
use results::beside::prediction::Prediction;
use results::{Entry, ResultsFolder};
use std::path::PathBuf;

/// Where the draws of the posterior come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Draws {
    /// Those that come with the program.
    #[default]
    Shipped,
    /// Those of a file.
    File(PathBuf),
}

impl Draws {
    /// Reads them, if the experiment is to be predicted.
    pub(crate) fn read(&self, plan: &Plan) -> Result<Option<Posterior>, LaboratoryError> {
        match self {
            Self::Shipped if plan.prediction.draws == 0 => Ok(None),
            Self::Shipped => Ok(Some(Posterior::shipped()?)),
            Self::File(path) => {
                let text = experiment::read_text(path)?;
                Ok(Some(Posterior::read(&path.display().to_string(), &text)?).filter(|_| plan.prediction.draws > 0))
            }
        }
    }
}

/// What is predicted.
pub(crate) struct Wanted<'a> {
    /// The experiment.
    pub(crate) plan: &'a Plan,
    /// Its seed.
    pub(crate) seed: u64,
    /// Draws of the parameters of the synapse.
    pub(crate) posterior: &'a Posterior,
    /// What the experiment itself gave.
    pub(crate) findings: &'a Findings,
}

/// Predicts and leaves [`Entry::Prediction`] in the results.
pub(crate) fn predict(
    wanted: &Wanted<'_>,
    results: &ResultsFolder,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<Prediction, LaboratoryError> {
    let sets = wanted.plan.prediction.draws as usize;
    events(Event::Predict { draws: 2 * sets });
    let asked =
        Asked { sets, animals: wanted.plan.prediction.animals, seed: wanted.seed, done: &|| events(Event::Simulated) };
    let prediction =
        with_threads(setting.jobs, || posterior::predict(wanted.plan, wanted.posterior, wanted.findings, &asked))?;
    events(Event::Done(Stage::Predict));
    results.json(Entry::Prediction, &prediction).map_err(LaboratoryError::Unwritable)?;
    Ok(prediction)
}
