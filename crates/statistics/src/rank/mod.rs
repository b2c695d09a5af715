//! Rank tests: Mann–Whitney, Wilcoxon signed rank, Brunner–Munzel, and the
//! Hodges–Lehmann estimates that go with the first two.
//!
//! Exact null distributions are counted (also with ties, by midranks), so p is
//! a ratio of integers; the normal versions carry the tie correction and an
//! optional continuity correction of ½.
//!
//! When to use them: few values, outliers, ordered scores. Mann–Whitney tests
//! equality of the distributions (a shift if shapes agree); Brunner–Munzel
//! tests P(X < Y) + ½P(X = Y) = ½ without assuming equal shapes.

mod brunner_munzel;
mod counting;
mod mann_whitney;
mod signed_rank;

pub use brunner_munzel::{BrunnerMunzel, brunner_munzel};
pub use counting::{mann_whitney_distribution, signed_rank_distribution};
pub use mann_whitney::{hodges_lehmann, mann_whitney_exact, mann_whitney_normal};
pub use signed_rank::{pseudomedian, wilcoxon_exact, wilcoxon_normal};

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

/// Midranks (1-based) in the order given, and Σ(t³ − t) over ties.
pub fn midranks(values: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut ranks = vec![0.0; values.len()];
    let mut ties = 0.0;
    let mut start = 0;
    while start < order.len() {
        let mut end = start + 1;
        while end < order.len() && values[order[end]] == values[order[start]] {
            end += 1;
        }
        let count = (end - start) as f64;
        ties += count * (count * count - 1.0);
        for &i in &order[start..end] {
            ranks[i] = 0.5 * (start + end + 1) as f64;
        }
        start = end;
    }
    (ranks, ties)
}

/// Distance from the mean, moved ½ towards it, in SD.
fn standardise(distance: f64, variance: f64, continuity: bool) -> f64 {
    let shift = if continuity && distance != 0.0 { 0.5_f64.copysign(distance) } else { 0.0 };
    (distance - shift) / variance.sqrt()
}

/// Limits from sorted candidates: the `place`-th from either end.
fn shift(mut candidates: Vec<f64>, place: usize, level: f64, exact: bool) -> Shift {
    candidates.sort_by(f64::total_cmp);
    let count = candidates.len();
    let place = place.clamp(1, count.div_ceil(2));
    Shift {
        estimate: crate::sample::quantile_of_sorted(&candidates, 0.5),
        low: candidates[place - 1],
        high: candidates[count - place],
        level,
        exact,
    }
}
