//! Wilcoxon signed-rank test and the pseudomedian of differences.

use crate::dist::normal;
use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::rank::counting::{discrete_quantile, refuse_work, sign_sums, signed_rank_distribution, tails};
use crate::rank::midranks::{midranks_within, zeros};
use crate::rank::outcome::{ExactRank, NormalRank, Shift, shift, standardise};
use crate::sample::Sample;

/// Non-zero differences, their signed ranks and the tie sum.
fn signed_ranks(sample: &Sample) -> Result<(Vec<f64>, Vec<f64>, f64), StatisticsError> {
    let zeros = zeros(sample);
    let present = |list: &[f64]| -> Vec<f64> {
        list.iter().zip(&zeros).filter(|(_, zero)| !**zero).map(|(value, _)| *value).collect()
    };
    let kept = present(sample.values());
    require_count("differences that are not zero", kept.len(), 1)?;
    let sizes: Vec<f64> = kept.iter().map(|d| d.abs()).collect();
    let (ranks, ties) = midranks_within(&sizes, &present(sample.roundings()));
    Ok((kept, ranks, ties))
}

/// How many differences are zero up to rounding: the tests leave them out.
pub fn zero_differences(differences: &Sample) -> usize {
    zeros(differences).into_iter().filter(|zero| *zero).count()
}

/// Exact Wilcoxon signed-rank test of differences; zeros are left out, ties
/// take midranks.
///
/// # Errors
/// All differences zero, or too many to count.
pub fn wilcoxon_exact(differences: &Sample) -> Result<ExactRank, StatisticsError> {
    let (kept, ranks, ties) = signed_ranks(differences)?;
    let unit = if ties > 0.0 { 2.0 } else { 1.0 };
    let weights: Vec<usize> = ranks.iter().map(|r| (r * unit) as usize).collect();
    let all: usize = weights.iter().sum();
    if weights.len() > 1000 {
        refuse_work("the signed-rank sum", f64::INFINITY)?;
    }
    let observed: usize = kept.iter().zip(&weights).filter(|(d, _)| **d > 0.0).map(|(_, w)| *w).sum();
    let (p, p_less, p_greater) = tails(&sign_sums(&weights), observed, all);
    Ok(ExactRank { statistic: observed as f64 / unit, p, p_less, p_greater })
}

/// Wilcoxon signed-rank test by the normal approximation; zeros are left out.
///
/// # Errors
/// All differences zero.
pub fn wilcoxon_normal(differences: &Sample, continuity: bool) -> Result<NormalRank, StatisticsError> {
    let (kept, ranks, ties) = signed_ranks(differences)?;
    let n = kept.len() as f64;
    let v: f64 = kept.iter().zip(&ranks).filter(|(d, _)| **d > 0.0).map(|(_, r)| *r).sum();
    let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ties / 48.0;
    let z = standardise(v - n * (n + 1.0) / 4.0, variance, continuity);
    Ok(NormalRank { statistic: v, z, p: normal::two_sided(z).min(1.0) })
}

/// Hodges–Lehmann pseudomedian of differences: median of the pairwise means
/// (each value with itself too).
///
/// # Errors
/// Level outside (0, 1), all differences zero.
pub fn pseudomedian(differences: &Sample, level: f64) -> Result<Shift, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let (kept, _, ties) = signed_ranks(differences)?;
    let n = kept.len();
    let mut means = Vec::with_capacity(n * (n + 1) / 2);
    for i in 0..n {
        means.extend((0..=i).map(|j| 0.5 * (kept[i] + kept[j])));
    }
    let exact = ties == 0.0 && n == differences.n() && n < 100;
    let half = (1.0 - level) / 2.0;
    let place = if exact {
        discrete_quantile(&signed_rank_distribution(n), half)
    } else {
        let m = n as f64;
        let sd = (m * (m + 1.0) * (2.0 * m + 1.0) / 24.0).sqrt();
        (m * (m + 1.0) / 4.0 - normal::quantile_upper(half) * sd).round().max(1.0) as usize
    };
    Ok(shift(means, place, level, exact))
}
