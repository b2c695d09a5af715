//! Input–output curves of groups: gain, half-maximum, largest response.

use crate::findings::comparisons::Contrast;
use crate::findings::groups::Group;
use crate::findings::number;
use serde::{Deserialize, Serialize};

/// All that was found of the curves of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputOutputFindings {
    /// What stands on the axis.
    pub input: String,
    /// What was measured.
    pub response: String,
    /// Mean curves of the groups.
    pub curves: Vec<GroupCurve>,
    /// What is read of every curve.
    pub measures: Vec<CurveMeasure>,
    /// Tests of equal slopes.
    pub equal_slopes: Vec<EqualSlopes>,
}

/// Mean curve of a group: slices in animals, animals in the group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupCurve {
    /// Condition.
    pub condition: String,
    /// `before`, `after` or empty.
    pub when: String,
    /// Slices.
    pub n_slices: usize,
    /// Animals.
    pub n_animals: usize,
    /// Inputs that all curves share; empty where they differ.
    pub input: Vec<f64>,
    /// Mean responses over animals.
    #[serde(with = "number::list")]
    pub mean: Vec<f64>,
    /// Standard errors over animals.
    #[serde(with = "number::list")]
    pub sem: Vec<f64>,
}

/// One measure of the curves in all groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurveMeasure {
    /// `gain`, `half-maximum` or `largest response`.
    pub name: String,
    /// `before`, `after`, `change` (% of before, within slices) or empty.
    pub when: String,
    /// Groups; means over animals.
    pub groups: Vec<Group>,
    /// Conditions against the reference.
    pub contrasts: Vec<Contrast>,
}

/// A test whether response per input is the same: the interaction of a factor with the
/// input in a linear mixed model with random intercepts and slopes of animals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EqualSlopes {
    /// What is compared, e.g. `conditions, before` or `before and after, control`.
    pub of: String,
    /// F statistic.
    #[serde(with = "number")]
    pub f: f64,
    /// Numerator degrees of freedom.
    #[serde(with = "number")]
    pub df1: f64,
    /// Denominator degrees of freedom (Kenward–Roger).
    #[serde(with = "number")]
    pub df2: f64,
    /// p.
    #[serde(with = "number")]
    pub p: f64,
    /// One sentence.
    pub sentence: String,
}
