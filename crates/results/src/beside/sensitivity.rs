//! What a sensitivity analysis leaves in the results folder: `sensitivity.json`.

use serde::{Deserialize, Serialize};

/// A parameter that was moved, with the range that its evidence leaves open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovedParameter {
    /// Path of the parameter.
    pub path: String,
    /// Its unit; `1` for numbers without one.
    pub unit: String,
    /// What it is.
    pub meaning: String,
    /// How sure its value is.
    pub evidence: String,
    /// Value in the experiment.
    pub value: f64,
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// One number that the experiment yields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovedOutcome {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Reference condition, for a difference from it; none for the condition itself.
    pub against: Option<String>,
    /// Value with the parameters of the experiment: % change of the fEPSP
    /// slope, or percentage points for a difference.
    pub base: f64,
}

/// What one parameter does to one outcome, in percentage points over the whole
/// range of the parameter. Numbers are missing where the model could not
/// finish.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterEffect {
    /// Outcome with the parameter at its low end, others as they are.
    pub at_low: Option<f64>,
    /// Outcome with the parameter at its high end, others as they are.
    pub at_high: Option<f64>,
    /// Mean elementary effect.
    pub mean: Option<f64>,
    /// Mean absolute elementary effect.
    pub mean_absolute: Option<f64>,
    /// Standard deviation of the elementary effects: curvature and interaction.
    pub sd: Option<f64>,
    /// Elementary effects behind these numbers.
    pub n: usize,
}

/// A sensitivity analysis of one experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// How points were chosen, in words.
    pub method: String,
    /// Seed of the points and of the slices.
    pub seed: u64,
    /// Animals and slices per animal of every simulated group.
    pub animals: u32,
    /// Slices per animal.
    pub slices_per_animal: u32,
    /// Simulations of the whole experiment.
    pub simulations: usize,
    /// Those that the model could not finish; they take part in no effect.
    pub failed: usize,
    /// Parameters that were moved.
    pub parameters: Vec<MovedParameter>,
    /// Outcomes in the order of the plan.
    pub outcomes: Vec<MovedOutcome>,
    /// `effects[parameter][outcome]`.
    pub effects: Vec<Vec<ParameterEffect>>,
}

impl Sensitivity {
    /// Parameters from the largest mean absolute effect on `outcome` to the
    /// smallest, as positions in `parameters`.
    pub fn ranked(&self, outcome: usize) -> Vec<usize> {
        let size = |parameter: usize| {
            let effect = self.effects.get(parameter).and_then(|row| row.get(outcome));
            effect.and_then(|effect| effect.mean_absolute).unwrap_or(-1.0)
        };
        let mut order: Vec<usize> = (0..self.parameters.len()).collect();
        order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
        order
    }
}
