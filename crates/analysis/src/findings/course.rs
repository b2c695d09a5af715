//! Time courses of groups, and when two of them differ.

use crate::findings::number;
use serde::{Deserialize, Serialize};

/// Time course of one group: animal means first, then mean and SEM over animals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeCourse {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Bin centres, min after induction.
    pub time_min: Vec<f64>,
    /// Mean over animals, % of baseline.
    #[serde(with = "number::list")]
    pub mean: Vec<f64>,
    /// SEM over animals.
    #[serde(with = "number::list")]
    pub sem: Vec<f64>,
    /// Animals that contribute to each bin.
    pub n_animals: Vec<usize>,
    /// Spread in each bin; missing in findings of older programs.
    #[serde(default)]
    pub spread: Option<CourseSpread>,
    /// One line per slice (same bins), % of baseline; NaN is written as null.
    pub slices: Vec<SliceCourse>,
}

/// Spread over animals and over slices in each bin of a time course, % of baseline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CourseSpread {
    /// SD over animals.
    #[serde(with = "number::list")]
    pub sd: Vec<f64>,
    /// Lower end of the confidence interval of the mean over animals (t), at the planned level.
    #[serde(with = "number::list")]
    pub ci_low: Vec<f64>,
    /// Its upper end.
    #[serde(with = "number::list")]
    pub ci_high: Vec<f64>,
    /// 5th percentile of the slices.
    #[serde(with = "number::list")]
    pub slices_low: Vec<f64>,
    /// 95th percentile of the slices.
    #[serde(with = "number::list")]
    pub slices_high: Vec<f64>,
}

/// Time course of one slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceCourse {
    /// Animal.
    pub animal: String,
    /// Slice number.
    pub slice: u32,
    /// % of baseline per bin.
    pub percent: Vec<Option<f64>>,
}

/// Time course of one excluded slice, which takes no part in the course of its group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExcludedCourse {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Animal.
    pub animal: String,
    /// Slice number.
    pub slice: u32,
    /// Bin centres, min after induction; none if nothing could be measured.
    pub time_min: Vec<f64>,
    /// % of baseline per bin.
    #[serde(with = "number::list")]
    pub percent: Vec<f64>,
}

/// A stretch of bins in which two groups differ in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CourseCluster {
    /// Start of its first bin, min after induction.
    pub from_min: f64,
    /// End of its last bin, min after induction.
    pub to_min: f64,
    /// Sum of t (or of its normal scores) over its bins; positive if the condition lies above the reference.
    #[serde(with = "number")]
    pub mass: f64,
    /// p, corrected for the search over all bins.
    #[serde(with = "number")]
    pub p: f64,
}

/// Cluster-mass permutation test of the bins after induction (Maris &
/// Oostenveld 2007, J Neurosci Methods 164:177). Animals are exchanged, never
/// slices or bins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CourseComparison {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Reference.
    pub reference: String,
    /// Bins compared, from and to, min after induction.
    pub tested_min: [f64; 2],
    /// p at which a bin enters a cluster.
    pub entry_p: f64,
    /// Animals of the condition and of the reference.
    pub n_animals: [usize; 2],
    /// Arrangements of the animals that were counted.
    pub arrangements: u64,
    /// Whether these are all there are.
    pub exact: bool,
    /// Stretches found, in the order of time; not adjusted for several conditions.
    pub clusters: Vec<CourseCluster>,
    /// The comparison in one sentence.
    pub sentence: String,
}
