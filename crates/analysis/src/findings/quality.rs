//! What lets a reader judge the recordings: every slice with its quality, the
//! groups in % of baseline, and the outcome by every way to take the slope.

use crate::findings::number;
use serde::{Deserialize, Serialize};

/// A recorded group in % of baseline (100 = no change).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfBaseline {
    /// Condition.
    pub condition: String,
    /// Mean over animals.
    #[serde(with = "number")]
    pub mean_percent: f64,
    /// Its standard error.
    #[serde(with = "number")]
    pub sem_percent: f64,
    /// Slices that take part.
    pub n: usize,
    /// Slices recorded.
    pub recorded: usize,
    /// Slices left out, by name.
    pub left_out: Vec<String>,
    /// The group in one sentence.
    pub sentence: String,
}

/// Quality of one slice, for the diagnostic grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceDiagnostic {
    /// Condition.
    pub condition: String,
    /// Animal.
    pub animal: String,
    /// Slice number.
    pub slice: u32,
    /// Whether the slice takes part.
    pub included: bool,
    /// Why not.
    pub reason: String,
    /// Drift over the baseline, %.
    #[serde(with = "number")]
    pub drift_percent: f64,
    /// Coefficient of variation of the baseline, %.
    #[serde(with = "number")]
    pub cv_percent: f64,
    /// Change of the fibre volley, %.
    #[serde(with = "number")]
    pub volley_percent: f64,
    /// Change of the outcome, %.
    #[serde(with = "number")]
    pub potentiation_percent: f64,
    /// Bin centres, min after induction.
    pub time_min: Vec<f64>,
    /// Tetanised pathway, % of baseline per bin.
    #[serde(with = "number::list")]
    pub percent: Vec<f64>,
    /// Control pathway on the same bins; empty without one.
    #[serde(with = "number::list")]
    pub control_percent: Vec<f64>,
}

/// One method on one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MethodRow {
    /// Condition.
    pub condition: String,
    /// The method.
    pub method: String,
    /// Slices with a value.
    pub n_slices: usize,
    /// Mean of the baseline slopes, mV/ms.
    #[serde(with = "number")]
    pub baseline_slope_mv_per_ms: f64,
    /// Mean potentiation over slices, %.
    #[serde(with = "number")]
    pub potentiation_mean: f64,
    /// Its standard deviation over slices.
    #[serde(with = "number")]
    pub potentiation_sd: f64,
}
