//! What the model predicts of an experiment, with what it does not know:
//! `prediction.json`.

use serde::{Deserialize, Serialize};

/// The prediction of an experiment: the same virtual slices with and without each
/// treatment, over draws of everything that is uncertain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// Sets of synapse parameters, drawn from the posterior.
    pub sets: usize,
    /// Draws: each set stands with two draws of the constants of the compounds.
    pub draws: usize,
    /// Draws that the model could not finish; they take part in nothing.
    pub failed: usize,
    /// Animals of a draw, one slice each.
    pub animals: u32,
    /// Seed.
    pub seed: u64,
    /// Draws of the posterior in all, and how many of equal weight they are worth.
    pub posterior: [f64; 2],
    /// Why the parameters are not conditioned on published outcomes; empty if they are.
    pub unconditioned: String,
    /// Parameters that the experiment states itself and that therefore do not move.
    pub stated: Vec<String>,
    /// Uncertain constants of the compounds.
    pub constants: usize,
    /// Bound of practical equivalence, percentage points, if one is planned.
    pub bound: Option<f64>,
    /// Change of the response of every condition, then every effect and interaction, in the
    /// order of the plan.
    pub outcomes: Vec<Predicted>,
}

/// What an outcome is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PredictedKind {
    /// Change of the response of one condition, % of baseline.
    Change,
    /// Difference from the reference, percentage points.
    Effect,
    /// A difference of differences, percentage points.
    Interaction,
}

/// One predicted number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Predicted {
    /// What it is.
    pub kind: PredictedKind,
    /// Induction protocol.
    pub induction: String,
    /// Condition, or the interaction in words.
    pub condition: String,
    /// Reference of an effect; empty otherwise.
    pub reference: String,
    /// Mean over the draws.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// Central 50 % of the draws.
    pub central_50: [f64; 2],
    /// Central 95 %.
    pub central_95: [f64; 2],
    /// Share of the draws above zero.
    pub above_zero: f64,
    /// Share of the draws below zero.
    pub below_zero: f64,
    /// Share of the draws beyond the bound of practical equivalence to either side, if one
    /// is planned.
    pub beyond_bound: Option<f64>,
    /// Standard deviation over the draws: what is not known.
    pub sd: f64,
    /// Standard error of a draw from its few animals, taken out of the numbers above.
    pub sd_monte_carlo: f64,
    /// Share of the variance that comes with the parameters of the synapse, and with the
    /// constants of the compounds; none where neither can be told.
    pub shares: Option<[f64; 2]>,
    /// Which single quantities go with it, the most important first.
    pub sources: Vec<Source>,
    /// Animals per group of a laboratory's experiment (within animals: in all) and the
    /// probability that it shows a difference, over the draws.
    pub assurance: Vec<[f64; 2]>,
    /// The draws, with what its few animals add taken out.
    pub values: Vec<f64>,
}

/// A quantity that an outcome depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Path of a parameter, or compound and constant.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// Share of the variance that would go if it were known (first-order, linear).
    pub share: f64,
    /// Whether the outcome rises with it.
    pub rises: bool,
}

/// A difference that nobody would look for, points.
const NEGLIGIBLE: f64 = 0.05;

impl Predicted {
    /// Whether all of the central 95 % is so near to zero that its direction means nothing.
    pub fn is_negligible(&self) -> bool {
        self.central_95.iter().all(|end| end.abs() < NEGLIGIBLE)
    }
}

impl Prediction {
    /// The outcomes of a kind.
    pub fn of(&self, kind: PredictedKind) -> impl Iterator<Item = &Predicted> {
        self.outcomes.iter().filter(move |outcome| outcome.kind == kind)
    }

    /// An effect.
    pub fn effect(&self, induction: &str, condition: &str) -> Option<&Predicted> {
        self.of(PredictedKind::Effect).find(|one| one.induction == induction && one.condition == condition)
    }
}
