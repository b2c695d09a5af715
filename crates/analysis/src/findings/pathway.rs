//! What the tetanised pathway does beyond the control pathway.

use crate::findings::interval::Interval;
use crate::findings::number;
use serde::{Deserialize, Serialize};

/// Mean difference of the two pathways of a slice in one group, from the model
/// `difference ~ 1 + (1 | animal)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathwayEffect {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Tetanised pathway.
    pub tetanised: String,
    /// Control pathways, separated by commas.
    pub control: String,
    /// Slices with both pathways.
    pub n_slices: usize,
    /// Animals they come from.
    pub n_animals: usize,
    /// Mean change of the control pathway over animals, %.
    #[serde(with = "number")]
    pub control_mean: f64,
    /// Tetanised minus control pathway, percentage points.
    #[serde(with = "number")]
    pub estimate: f64,
    /// Standard error.
    #[serde(with = "number")]
    pub se: f64,
    /// Interval at the planned level.
    pub ci: Interval,
    /// t statistic.
    #[serde(with = "number")]
    pub statistic: f64,
    /// Degrees of freedom.
    #[serde(with = "number")]
    pub df: f64,
    /// e.g. `Kenward-Roger`; `residual` for one slice per animal.
    pub df_method: String,
    /// Two-sided p, not adjusted.
    #[serde(with = "number")]
    pub p: f64,
    /// SD of the difference between animals, percentage points.
    #[serde(with = "number")]
    pub sd_animal: f64,
    /// SD of the difference between slices of an animal.
    #[serde(with = "number")]
    pub sd_slice: f64,
    /// Whether the variance between animals was estimated as zero.
    pub singular: bool,
    /// The effect in one sentence for the paper.
    pub sentence: String,
}
