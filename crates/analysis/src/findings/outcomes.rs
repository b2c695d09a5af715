//! What was found of outcomes beside the primary one, and of every pulse of sweeps with
//! several.

use crate::findings::comparisons::Contrast;
use crate::findings::course::TimeCourse;
use crate::findings::groups::Group;
use crate::findings::number;
use serde::{Deserialize, Serialize};

/// A further outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FurtherOutcome {
    /// Its name in the study.
    pub name: String,
    /// What is measured, e.g. `fEPSP amplitude`.
    pub quantity: String,
    /// Unit of the measure; empty for a ratio.
    pub unit: String,
    /// Unit of the change: `%` of the reference, or that of the measure.
    pub change_unit: String,
    /// What its values are, where and in which unit, in one sentence.
    pub definition: String,
    /// Reference, min from induction.
    pub reference_min: [f64; 2],
    /// Window, min after induction.
    pub window_min: [f64; 2],
    /// Start of its own induction, min after the first; `None` if it is no stage.
    #[serde(default)]
    pub stage_min: Option<f64>,
    /// Groups, in the order of the plan.
    pub groups: Vec<OutcomeGroup>,
    /// Conditions against the reference.
    pub contrasts: Vec<OutcomeContrast>,
    /// Time courses, % of the reference; empty where they are those of the primary
    /// outcome.
    #[serde(default)]
    pub time_courses: Vec<TimeCourse>,
}

/// One comparison of a further outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeContrast {
    /// The comparison; differences are in the unit of the change.
    pub contrast: Contrast,
    /// Two-sided p, adjusted over all outcomes; that of the comparison alone if the plan
    /// adjusts none.
    #[serde(with = "number")]
    pub p_over_outcomes: f64,
}

/// One group of a further outcome: means over animals. What the primary outcome has
/// besides (short-term change, effect of the drug) is NaN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeGroup {
    /// Its slices and animals; `mean`, `sd`, `sem` and interval are those of the change.
    pub group: Group,
    /// Included slices without a value.
    pub n_without: usize,
    /// In the reference, unit of the measure.
    #[serde(with = "number")]
    pub before: f64,
    /// In the window.
    #[serde(with = "number")]
    pub after: f64,
    /// The group in one sentence.
    pub sentence: String,
}

/// Every pulse of the sweeps with one interval, in one group: slopes over that of the
/// first pulse, means over animals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PulseGroup {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Interval of the first two pulses, ms.
    pub interval_ms: f64,
    /// Slices.
    pub n_slices: usize,
    /// Animals.
    pub n_animals: usize,
    /// In the reference window; empty without a sweep.
    #[serde(with = "number::list")]
    pub before: Vec<f64>,
    /// Its standard error.
    #[serde(with = "number::list")]
    pub before_sem: Vec<f64>,
    /// In the outcome window.
    #[serde(with = "number::list")]
    pub after: Vec<f64>,
    /// Its standard error.
    #[serde(with = "number::list")]
    pub after_sem: Vec<f64>,
}
