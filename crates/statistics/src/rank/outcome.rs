//! What a rank test yields, and the two steps that the tests share.

use crate::sample::quantile_of_sorted;
use serde::{Deserialize, Serialize};

/// Exact one- and two-sided p values of a rank statistic.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ExactRank {
    /// Mann–Whitney U of the first sample, or the signed-rank sum V.
    pub statistic: f64,
    /// P(|T − E T| ≥ |t − E T|).
    pub p: f64,
    /// P(T ≤ t).
    pub p_less: f64,
    /// P(T ≥ t).
    pub p_greater: f64,
}

/// A normal approximation of a rank statistic.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NormalRank {
    /// Mann–Whitney U of the first sample, or the signed-rank sum V.
    pub statistic: f64,
    /// Standardised statistic.
    pub z: f64,
    /// Two-sided p value.
    pub p: f64,
}

/// Shift estimate with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// Median of the differences (two samples) or of the pairwise means.
    pub estimate: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Confidence level asked for.
    pub level: f64,
    /// Limits from the exact null distribution (no ties), or its normal
    /// approximation.
    pub exact: bool,
}

/// Distance from the mean, moved ½ towards it, in SD.
pub(super) fn standardise(distance: f64, variance: f64, continuity: bool) -> f64 {
    let shift = if continuity && distance != 0.0 { 0.5_f64.copysign(distance) } else { 0.0 };
    (distance - shift) / variance.sqrt()
}

/// Limits from sorted candidates: the `place`-th from either end.
pub(super) fn shift(mut candidates: Vec<f64>, place: usize, level: f64, exact: bool) -> Shift {
    candidates.sort_by(f64::total_cmp);
    let count = candidates.len();
    let place = place.clamp(1, count.div_ceil(2));
    Shift {
        estimate: quantile_of_sorted(&candidates, 0.5),
        low: candidates[place - 1],
        high: candidates[count - place],
        level,
        exact,
    }
}
