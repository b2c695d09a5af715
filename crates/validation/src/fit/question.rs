//! What is asked of a fit, how it is done, and what comes of it.

use crate::error::ValidationError;
use crate::fit::bounded::Bounded;
use analysis::Findings;
use pharmacology::Library;
use results::beside::fit::Fit;

/// A recorded paired-pulse ratio of the control group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedPulse {
    /// Second over first response.
    pub ratio: f64,
    /// Its standard error over animals.
    pub sem: f64,
    /// Interval of the pulses, ms.
    pub interval_ms: f64,
}

/// What is to be fitted.
#[derive(Debug)]
pub struct Question<'a> {
    /// The study file, as messages name it.
    pub study: String,
    /// The study as an experiment file with all its conditions, without `[synapse]`.
    pub experiment: toml::Table,
    /// What was recorded.
    pub recorded: &'a Findings,
    /// Condition that is fitted to.
    pub reference: String,
    /// Parameters that may move; [`USUAL`](crate::fit::USUAL) if there are none.
    pub parameters: Vec<Bounded>,
    /// Paired-pulse ratio, if one was recorded.
    pub paired_pulse: Option<PairedPulse>,
    /// Compounds that the model knows.
    pub library: &'a Library,
    /// What was assumed on the way from the study to the experiment.
    pub assumed: Vec<String>,
}

impl Question<'_> {
    /// The study cannot be fitted.
    pub(crate) fn fault(&self, what: String) -> ValidationError {
        ValidationError::Fit { study: self.study.clone(), what }
    }
}

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct FitOptions {
    /// Most parameter sets tried in the search.
    pub evaluations: usize,
    /// Parameter sets drawn for the intervals.
    pub draws: usize,
    /// Seed of slices and draws.
    pub seed: u64,
}

/// A fit and the experiment that repeats it.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// Parameters, numbers, predictions.
    pub fit: Fit,
    /// The fitted experiment file.
    pub experiment: String,
}

/// A step of the fit that took a simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FitEvent {
    /// A set was tried: its misfit.
    Tried(f64),
    /// A difference quotient was taken.
    Moved,
    /// A drawn set was simulated.
    Drawn,
}
