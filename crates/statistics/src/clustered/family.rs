//! Comparisons of groups, alone and as a family.
//!
//! ```text
//! d = Σ w_g μ̂_g   se² = Σ w_g² V_g   ν = (Σ w_g² V_g)² / Σ (w_g² V_g)²/ν_g
//! ```
//!
//! Welch 1947 and Satterthwaite 1946 for two and for more variances. A family is
//! adjusted by the largest |t| of its comparisons, each with its own degrees of
//! freedom and with the correlations of the comparisons themselves (Hasler &
//! Hothorn 2008, Biom J 50:793), or by Holm's steps. Limits are those that belong
//! to the adjusted p: they leave out 0 where it lies below α, and there only.

use crate::clustered::group::GroupMean;
use crate::contrasts::AdjustedComparison;
use crate::dist::largest_t::LargestT;
use crate::dist::student_t;
use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::estimate::{Comparison, DfMethod};

/// How a family of comparisons is adjusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Family<'a> {
    /// Not at all.
    Alone,
    /// By Holm's steps (Holm 1979, Scand J Stat 6:65). The limits of a comparison are
    /// at the level at which its step tests it, 1 − α/(m − r) with r comparisons
    /// rejected before it.
    Holm,
    /// By the largest |t|, with the correlations of the comparisons.
    Largest(&'a [Vec<f64>]),
}

/// The weighted sum of means of independent groups.
///
/// # Errors
/// Weights and means of different number; no weight other than 0; a level outside (0, 1).
pub fn combine(weights: &[f64], means: &[GroupMean], level: f64) -> Result<Comparison, StatisticsError> {
    require_open_unit("confidence level", level)?;
    if weights.len() != means.len() {
        return Err(StatisticsError::LengthMismatch {
            what: "weights of the groups".to_owned(),
            expected: means.len(),
            found: weights.len(),
        });
    }
    require_count("weights other than 0", weights.iter().filter(|w| **w != 0.0).count(), 1)?;
    let (mut estimate, mut square, mut spread) = (0.0, 0.0, 0.0);
    for (weight, group) in weights.iter().zip(means) {
        let own = weight * weight * group.variance;
        estimate += weight * group.mean;
        square += own;
        spread += own * own / group.df;
    }
    Ok(Comparison::from_t(estimate, square.sqrt(), square * square / spread, level, DfMethod::Satterthwaite))
}

/// The comparisons with p values and limits of their family.
///
/// # Errors
/// No comparison; correlations of another number.
pub fn adjusted(single: &[Comparison], family: Family<'_>) -> Result<Vec<AdjustedComparison>, StatisticsError> {
    require_count("comparisons", single.len(), 1)?;
    match family {
        Family::Largest(correlation) if single.len() > 1 => {
            if correlation.len() != single.len() {
                return Err(StatisticsError::LengthMismatch {
                    what: "correlations of the comparisons".to_owned(),
                    expected: single.len(),
                    found: correlation.len(),
                });
            }
            let largest = LargestT::of(correlation);
            Ok(single.iter().map(|c| by_largest(*c, &largest)).collect())
        }
        Family::Holm => Ok(by_holm(single)),
        Family::Alone | Family::Largest(_) => Ok(single.iter().map(|c| with_limits(*c, c.p, c.level)).collect()),
    }
}

/// The level of one comparison alone at which its limits would be those of the
/// family, e.g. 0.983 for limits of 0.95 together.
pub fn pointwise_level(c: &AdjustedComparison) -> f64 {
    let half = 0.5 * (c.ci_high_adjusted - c.ci_low_adjusted);
    1.0 - student_t::two_sided(half / c.comparison.se, c.comparison.df)
}

fn with_limits(c: Comparison, p_adjusted: f64, level: f64) -> AdjustedComparison {
    let own = c.at_level(level);
    AdjustedComparison { comparison: c, p_adjusted, ci_low_adjusted: own.ci_low, ci_high_adjusted: own.ci_high }
}

fn by_largest(c: Comparison, largest: &LargestT) -> AdjustedComparison {
    let p = largest.upper(c.statistic.abs(), c.df).max(c.p).min(1.0);
    let critical = largest.quantile_upper(1.0 - c.level, c.df);
    AdjustedComparison {
        comparison: c,
        p_adjusted: p,
        ci_low_adjusted: c.estimate - critical * c.se,
        ci_high_adjusted: c.estimate + critical * c.se,
    }
}

fn by_holm(single: &[Comparison]) -> Vec<AdjustedComparison> {
    let mut order: Vec<usize> = (0..single.len()).collect();
    order.sort_by(|&a, &b| single[a].p.total_cmp(&single[b].p));
    let mut found: Vec<AdjustedComparison> = single.iter().map(|c| with_limits(*c, c.p, c.level)).collect();
    let (mut running, mut left) = (0.0_f64, single.len());
    for (rank, at) in order.into_iter().enumerate() {
        let c = single[at];
        let alpha = 1.0 - c.level;
        running = running.max(c.p * (single.len() - rank) as f64).min(1.0);
        found[at] = with_limits(c, running, 1.0 - alpha / left as f64);
        // After the first that is not rejected all are tested at its step.
        if running < alpha {
            left -= 1;
        }
    }
    found
}
