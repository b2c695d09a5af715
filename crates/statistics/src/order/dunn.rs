//! Dunn's comparison of all pairs of groups by their mean ranks (Dunn 1964,
//! Technometrics 6:241).
//!
//!   z = (r̄ᵢ − r̄ⱼ) / √( (N(N+1)/12 − Σ(t³ − t)/(12(N − 1))) (1/nᵢ + 1/nⱼ) )

use crate::dist::normal;
use crate::error::{StatisticsError, require_count};
use crate::rank::midranks::{midranks_of_samples, tie_sum};
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// One pair of groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DunnPair {
    /// First group, counted from 0.
    pub first: usize,
    /// Second group.
    pub second: usize,
    /// Mean rank of the first minus that of the second.
    pub rank_difference: f64,
    /// Statistic.
    pub z: f64,
    /// Two-sided p value, not adjusted.
    pub p: f64,
}

/// All pairs, (0, 1), (0, 2) … (k − 2, k − 1). Adjust the p values.
///
/// # Errors
/// Fewer than two groups, all values tied.
pub fn dunn(groups: &[Sample]) -> Result<Vec<DunnPair>, StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    let (ranks, runs) = midranks_of_samples(groups);
    let n = ranks.len() as f64;
    let ties = tie_sum(&runs);
    let variance = n * (n + 1.0) / 12.0 - ties / (12.0 * (n - 1.0));
    if variance <= 1e-12 * n * n {
        return Err(StatisticsError::ZeroVariance { what: "all groups together".to_owned() });
    }
    let mut means = Vec::with_capacity(groups.len());
    let mut place = 0;
    for group in groups {
        means.push(ranks[place..place + group.n()].iter().sum::<f64>() / group.n() as f64);
        place += group.n();
    }
    let mut pairs = Vec::new();
    for first in 0..groups.len() {
        for second in first + 1..groups.len() {
            let per = 1.0 / groups[first].n() as f64 + 1.0 / groups[second].n() as f64;
            let rank_difference = means[first] - means[second];
            let z = rank_difference / (variance * per).sqrt();
            pairs.push(DunnPair { first, second, rank_difference, z, p: normal::two_sided(z) });
        }
    }
    Ok(pairs)
}
