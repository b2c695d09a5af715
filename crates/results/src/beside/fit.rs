//! What a fit of the model to a recorded study leaves: `fit.json`.

use serde::{Deserialize, Serialize};

/// How far the recordings determine a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Determined {
    /// Less than a third of the prior uncertainty is left.
    Yes,
    /// Between a third and two thirds.
    Partly,
    /// More than two thirds: the value says little.
    No,
}

impl Determined {
    /// The answer for the share of the prior standard deviation that is left.
    pub fn of(left_open: f64) -> Self {
        if left_open < 1.0 / 3.0 {
            Self::Yes
        } else if left_open < 2.0 / 3.0 {
            Self::Partly
        } else {
            Self::No
        }
    }

    /// The answer in a table.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Yes => "determined",
            Self::Partly => "partly determined",
            Self::No => "not determined",
        }
    }
}

/// A parameter that the fit moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedParameter {
    /// Path of the parameter.
    pub path: String,
    /// Its unit; `1` for numbers without one.
    pub unit: String,
    /// What it is.
    pub meaning: String,
    /// Bounds of the search.
    pub bounds: [f64; 2],
    /// Value that the search began with.
    pub start: f64,
    /// Value found.
    pub value: f64,
    /// 95 % interval that bounds and recordings leave, to first order.
    pub interval: [f64; 2],
    /// Standard deviation left, as a share of what the bounds alone leave.
    pub left_open: f64,
    /// The same in three steps.
    pub determined: Determined,
}

/// A number of the control group that the model was fitted to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedNumber {
    /// What it is, e.g. `potentiation, 50–60 min`.
    pub what: String,
    /// Its unit.
    pub unit: String,
    /// As recorded.
    pub recorded: f64,
    /// Error by which a difference is judged: of the recorded and the simulated number together.
    pub error: f64,
    /// Weight among the squared residuals.
    pub weight: f64,
    /// Simulated before the fit.
    pub before: f64,
    /// Simulated after it.
    pub fitted: f64,
}

/// A number that is predicted, with what is known about it from the recordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PredictedNumber {
    /// Predicted value.
    pub value: f64,
    /// 95 % interval of the model's mean: parameters left open, and a finite number of virtual animals.
    pub model: [f64; 2],
    /// 95 % interval in which the mean of a recorded group of this size is expected.
    pub group: [f64; 2],
    /// As recorded, where the study has the group.
    pub recorded: Option<f64>,
    /// 95 % interval of the recorded value.
    pub recorded_interval: Option<[f64; 2]>,
    /// Whether the recorded value lies in `group`.
    pub agrees: Option<bool>,
}

/// The prediction of one condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// Condition.
    pub condition: String,
    /// Compounds with concentrations.
    pub compounds: Vec<String>,
    /// Recorded animals that the interval of a group is made for.
    pub n_animals: usize,
    /// Mean potentiation, % change.
    pub potentiation: PredictedNumber,
    /// Difference from the reference, percentage points.
    pub difference: PredictedNumber,
    /// What the prediction rests on.
    pub rests_on: Vec<String>,
}

/// A condition about which the model can say nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotPredicted {
    /// Condition.
    pub condition: String,
    /// Why.
    pub reason: String,
}

/// A fit with its predictions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// Version of this layout; now 1.
    pub format: u32,
    /// Name of the study.
    pub study: String,
    /// Condition that was fitted to.
    pub reference: String,
    /// Induction protocol of the model that stands for the recorded one.
    pub induction: String,
    /// Seed.
    pub seed: u64,
    /// Virtual animals per group.
    pub animals: u32,
    /// Slices of each.
    pub slices_per_animal: u32,
    /// Parameter sets tried in the search.
    pub evaluations: usize,
    /// Parameter sets drawn for the intervals.
    pub draws: usize,
    /// Sum of squared residuals before the fit.
    pub misfit_before: f64,
    /// After it.
    pub misfit: f64,
    /// Parameters.
    pub parameters: Vec<FittedParameter>,
    /// Numbers fitted to.
    pub numbers: Vec<FittedNumber>,
    /// Predictions.
    pub predictions: Vec<Prediction>,
    /// Conditions without one.
    pub not_predicted: Vec<NotPredicted>,
    /// What was assumed, and what to bear in mind.
    pub remarks: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_steps_of_being_determined() {
        assert_eq!(Determined::of(0.1), Determined::Yes);
        assert_eq!(Determined::of(0.5), Determined::Partly);
        assert_eq!(Determined::of(0.9), Determined::No);
        assert_eq!(Determined::of(f64::NAN), Determined::No);
    }
}
