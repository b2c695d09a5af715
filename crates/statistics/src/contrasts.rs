//! Families of comparisons: marginal means, Dunnett, Tukey, Games–Howell, and
//! the interaction contrast of a 2 × 2 design.
//!
//! Dunnett (many against one reference): p = P(max|T| > |t|) with the
//! correlations of the contrasts themselves, by quadrature, with fractional
//! degrees of freedom. Tukey (all pairs): p = P(Q > √2 |t|), exact for
//! independent means of equal precision, Tukey–Kramer otherwise. Games–Howell:
//! the same with Welch's standard error and degrees of freedom for each pair.

use crate::adjust::{Adjustment, adjust};
use crate::dist::largest_t::LargestT;
use crate::dist::{max_t, student_t, studentized_range};
use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::estimate::{Comparison, DfMethod};
use crate::groups::two_sample::welch;
use crate::mixed::MixedFit;
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// A comparison with its p value and limits adjusted for the family.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AdjustedComparison {
    /// The comparison alone.
    pub comparison: Comparison,
    /// p value adjusted for the family.
    pub p_adjusted: f64,
    /// Lower simultaneous limit.
    pub ci_low_adjusted: f64,
    /// Upper simultaneous limit.
    pub ci_high_adjusted: f64,
}

impl AdjustedComparison {
    fn new(comparison: Comparison, p_adjusted: f64, critical: f64) -> Self {
        AdjustedComparison {
            comparison,
            p_adjusted,
            ci_low_adjusted: comparison.estimate - critical * comparison.se,
            ci_high_adjusted: comparison.estimate + critical * comparison.se,
        }
    }
}

/// One pair of a family of all pairs: mean of `second` minus mean of `first`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairComparison {
    /// Group subtracted.
    pub first: usize,
    /// Group it is subtracted from.
    pub second: usize,
    /// The comparison.
    pub adjusted: AdjustedComparison,
}

/// Estimated marginal means: one row of weights (on the coefficients) a mean.
///
/// # Errors
/// As [`MixedFit::contrast`].
pub fn marginal_means(
    fit: &MixedFit,
    means: &[Vec<f64>],
    df: DfMethod,
    level: f64,
) -> Result<Vec<Comparison>, StatisticsError> {
    means.iter().map(|row| fit.contrast(row, df, level)).collect()
}

/// Contrasts of a mixed model adjusted for the largest |t| of the family, each
/// with its own degrees of freedom; for comparisons with one reference this is
/// Dunnett's test.
///
/// # Errors
/// As [`MixedFit::contrast`]; no contrast.
pub fn dunnett(
    fit: &MixedFit,
    contrasts: &[Vec<f64>],
    df: DfMethod,
    level: f64,
) -> Result<Vec<AdjustedComparison>, StatisticsError> {
    require_count("contrasts", contrasts.len(), 1)?;
    let single: Vec<Comparison> = contrasts.iter().map(|row| fit.contrast(row, df, level)).collect::<Result<_, _>>()?;
    let covariance =
        if single[0].df_method == DfMethod::KenwardRoger { fit.covariance_kenward_roger()? } else { fit.covariance() };
    Ok(against_largest_of(single, contrasts, &covariance))
}

/// Adjusts comparisons for the largest |t| among them; `covariance` is that of the
/// coefficients that `contrasts` weigh.
pub(crate) fn against_largest_of(
    single: Vec<Comparison>,
    contrasts: &[Vec<f64>],
    covariance: &[Vec<f64>],
) -> Vec<AdjustedComparison> {
    let product = |a: &[f64], b: &[f64]| -> f64 {
        covariance.iter().zip(a).map(|(row, x)| x * row.iter().zip(b).map(|(c, y)| c * y).sum::<f64>()).sum()
    };
    let sd: Vec<f64> = contrasts.iter().map(|c| product(c, c).sqrt()).collect();
    let correlation: Vec<Vec<f64>> = contrasts
        .iter()
        .zip(&sd)
        .map(|(a, sa)| contrasts.iter().zip(&sd).map(|(b, sb)| product(a, b) / (sa * sb)).collect())
        .collect();
    let largest = LargestT::of(&correlation);
    single.into_iter().map(|c| against_largest(c, (correlation.len() > 1).then_some(&largest))).collect()
}

/// Adjusts one comparison for the largest |t| of its family, if it is not alone.
fn against_largest(c: Comparison, largest: Option<&LargestT>) -> AdjustedComparison {
    let Some(largest) = largest else {
        return AdjustedComparison {
            comparison: c,
            p_adjusted: c.p,
            ci_low_adjusted: c.ci_low,
            ci_high_adjusted: c.ci_high,
        };
    };
    let p = largest.upper(c.statistic.abs(), c.df);
    let critical = largest.quantile_upper(1.0 - c.level, c.df);
    AdjustedComparison::new(c, p.max(c.p), critical)
}

/// All pairs of marginal means of a mixed model with Tukey's adjustment.
///
/// # Errors
/// As [`MixedFit::contrast`]; fewer than two means.
pub fn tukey(
    fit: &MixedFit,
    means: &[Vec<f64>],
    df: DfMethod,
    level: f64,
) -> Result<Vec<PairComparison>, StatisticsError> {
    require_count("means", means.len(), 2)?;
    pairs(means.len())
        .map(|(first, second)| {
            let weights: Vec<f64> = means[second].iter().zip(&means[first]).map(|(s, f)| s - f).collect();
            let c = fit.contrast(&weights, df, level)?;
            Ok(PairComparison { first, second, adjusted: by_range(c, means.len()) })
        })
        .collect()
}

/// The interaction of a 2 × 2 design, (m₁₁ − m₁₀) − (m₀₁ − m₀₀): whether the
/// effect of one factor depends on the other. `cells` holds the weights of the
/// means 00, 10, 01, 11.
///
/// # Errors
/// As [`MixedFit::contrast`]; rows of different length.
pub fn interaction_2x2(
    fit: &MixedFit,
    cells: &[Vec<f64>; 4],
    df: DfMethod,
    level: f64,
) -> Result<Comparison, StatisticsError> {
    let length = cells[0].len();
    for cell in cells {
        if cell.len() != length {
            return Err(StatisticsError::LengthMismatch {
                what: "weights of a cell mean".to_owned(),
                expected: length,
                found: cell.len(),
            });
        }
    }
    let weights: Vec<f64> = (0..length).map(|j| cells[3][j] - cells[1][j] - cells[2][j] + cells[0][j]).collect();
    fit.contrast(&weights, df, level)
}

fn pairs(k: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..k).flat_map(move |first| (first + 1..k).map(move |second| (first, second)))
}

fn by_range(c: Comparison, means: usize) -> AdjustedComparison {
    let root = std::f64::consts::SQRT_2;
    let p = studentized_range::upper(root * c.statistic.abs(), means, c.df);
    let critical = studentized_range::quantile_upper(1.0 - c.level, means, c.df) / root;
    AdjustedComparison::new(c, p, critical)
}

/// Pooled variance and its degrees of freedom.
fn pooled(groups: &[Sample]) -> Result<(f64, f64), StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    let n: usize = groups.iter().map(Sample::n).sum();
    require_count("values beyond the number of groups", n - groups.len(), 1)?;
    if groups.iter().all(Sample::is_constant) {
        return Err(StatisticsError::ZeroVariance { what: "all groups".to_owned() });
    }
    let df = (n - groups.len()) as f64;
    Ok((groups.iter().map(Sample::sum_of_squares).sum::<f64>() / df, df))
}

fn pooled_comparison(a: &Sample, b: &Sample, variance: f64, df: f64, level: f64) -> Comparison {
    let se = (variance * (1.0 / a.n() as f64 + 1.0 / b.n() as f64)).sqrt();
    Comparison::from_t(b.mean() - a.mean(), se, df, level, DfMethod::Residual)
}

/// Dunnett's test of independent samples of equal variance: every group minus
/// `reference`, in the order of the groups.
///
/// # Errors
/// Fewer than two groups, no spare value, constant groups, `reference` out of
/// range, level outside (0, 1).
pub fn dunnett_samples(
    groups: &[Sample],
    reference: usize,
    level: f64,
) -> Result<Vec<AdjustedComparison>, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let (variance, df) = pooled(groups)?;
    let last = groups.len() as f64 - 1.0;
    crate::error::require_range("reference group", reference as f64, 0.0, last)?;
    let own = groups[reference].n() as f64;
    let others: Vec<usize> = (0..groups.len()).filter(|&g| g != reference).collect();
    let lambda: Vec<f64> = others
        .iter()
        .map(|&g| {
            let n = groups[g].n() as f64;
            (n / (n + own)).sqrt()
        })
        .collect();
    let critical = if others.len() == 1 {
        student_t::quantile_upper((1.0 - level) / 2.0, df)
    } else {
        max_t::quantile_upper(1.0 - level, &lambda, df)
    };
    Ok(others
        .iter()
        .map(|&g| {
            let c = pooled_comparison(&groups[reference], &groups[g], variance, df, level);
            let p = if others.len() == 1 { c.p } else { max_t::upper(c.statistic.abs(), &lambda, df).max(c.p) };
            AdjustedComparison::new(c, p, critical)
        })
        .collect())
}

/// Tukey's honest significant difference of independent samples of equal
/// variance (Tukey–Kramer when sizes differ).
///
/// # Errors
/// As [`dunnett_samples`].
pub fn tukey_samples(groups: &[Sample], level: f64) -> Result<Vec<PairComparison>, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let (variance, df) = pooled(groups)?;
    Ok(pairs(groups.len())
        .map(|(first, second)| {
            let c = pooled_comparison(&groups[first], &groups[second], variance, df, level);
            PairComparison { first, second, adjusted: by_range(c, groups.len()) }
        })
        .collect())
}

/// Games–Howell: all pairs, variances free (Games & Howell 1976).
///
/// # Errors
/// A group of one value, two constant groups in one pair, fewer than two
/// groups, level outside (0, 1).
pub fn games_howell(groups: &[Sample], level: f64) -> Result<Vec<PairComparison>, StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    pairs(groups.len())
        .map(|(first, second)| {
            let c = welch(&groups[second], &groups[first], level)?;
            Ok(PairComparison { first, second, adjusted: by_range(c, groups.len()) })
        })
        .collect()
}

/// All pairs by t tests with the pooled SD, p values adjusted as a family; the
/// limits are not adjusted.
///
/// # Errors
/// As [`tukey_samples`].
pub fn pairwise_pooled(
    groups: &[Sample],
    method: Adjustment,
    level: f64,
) -> Result<Vec<PairComparison>, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let (variance, df) = pooled(groups)?;
    let list: Vec<_> = pairs(groups.len())
        .map(|(i, j)| (i, j, pooled_comparison(&groups[i], &groups[j], variance, df, level)))
        .collect();
    family(list, method)
}

/// All pairs by Welch tests, p values adjusted as a family; the limits are not
/// adjusted.
///
/// # Errors
/// As [`games_howell`].
pub fn pairwise_welch(
    groups: &[Sample],
    method: Adjustment,
    level: f64,
) -> Result<Vec<PairComparison>, StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    let list = pairs(groups.len())
        .map(|(i, j)| Ok((i, j, welch(&groups[j], &groups[i], level)?)))
        .collect::<Result<Vec<_>, StatisticsError>>()?;
    family(list, method)
}

fn family(list: Vec<(usize, usize, Comparison)>, method: Adjustment) -> Result<Vec<PairComparison>, StatisticsError> {
    let p: Vec<f64> = list.iter().map(|(_, _, c)| c.p).collect();
    Ok(list
        .into_iter()
        .zip(adjust(&p, method)?)
        .map(|((first, second, c), p_adjusted)| PairComparison {
            first,
            second,
            adjusted: AdjustedComparison {
                comparison: c,
                p_adjusted,
                ci_low_adjusted: c.ci_low,
                ci_high_adjusted: c.ci_high,
            },
        })
        .collect())
}
