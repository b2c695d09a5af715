//! Mann–Whitney test and the Hodges–Lehmann shift of two samples.

use crate::dist::normal;
use crate::error::{StatisticsError, require_open_unit};
use crate::rank::counting::{discrete_quantile, mann_whitney_distribution, refuse_work, subset_sums, tails};
use crate::rank::midranks::{midranks_of_samples, tie_sum};
use crate::rank::outcome::{ExactRank, NormalRank, Shift, shift, standardise};
use crate::sample::Sample;

const MOST_DIFFERENCES: f64 = 5e7;

/// Ranks of both samples together, tie sum, and U of the first sample.
pub(super) fn ranked(a: &Sample, b: &Sample) -> (Vec<f64>, f64, f64) {
    let (ranks, runs) = midranks_of_samples(&[a.clone(), b.clone()]);
    let ties = tie_sum(&runs);
    let n1 = a.n() as f64;
    let u = ranks[..a.n()].iter().sum::<f64>() - n1 * (n1 + 1.0) / 2.0;
    (ranks, ties, u)
}

/// Whether any values of both samples together are tied.
pub fn are_tied(a: &Sample, b: &Sample) -> bool {
    ranked(a, b).1 > 0.0
}

/// Exact Mann–Whitney test, ties by midranks. All values equal gives p = 1.
///
/// # Errors
/// More values than can be counted (several hundred).
pub fn mann_whitney_exact(a: &Sample, b: &Sample) -> Result<ExactRank, StatisticsError> {
    let (ranks, ties, u) = ranked(a, b);
    let n = ranks.len();
    // Whole ranks without ties, doubled midranks with.
    let unit = if ties > 0.0 { 2.0 } else { 1.0 };
    let weights: Vec<usize> = ranks.iter().map(|r| (r * unit) as usize).collect();
    let all: usize = weights.iter().sum();
    let smaller = a.n().min(b.n());
    refuse_work("the Mann-Whitney statistic", n as f64 * smaller as f64 * all as f64)?;
    let first: usize = weights[..a.n()].iter().sum();
    let counts = subset_sums(&weights, smaller);
    // Mean of a sum of `smaller` ranks is smaller · (n + 1)/2.
    let twice_mean = smaller * (n + 1) * unit as usize;
    let of_first = smaller == a.n();
    let observed = if of_first { first } else { all - first };
    let (p, less, greater) = tails(&counts, observed, twice_mean);
    let (p_less, p_greater) = if of_first { (less, greater) } else { (greater, less) };
    Ok(ExactRank { statistic: u, p, p_less, p_greater })
}

/// Mann–Whitney test by the normal approximation with tie correction.
///
/// # Errors
/// All values equal.
pub fn mann_whitney_normal(a: &Sample, b: &Sample, continuity: bool) -> Result<NormalRank, StatisticsError> {
    let (ranks, ties, u) = ranked(a, b);
    let (n1, n2, n) = (a.n() as f64, b.n() as f64, ranks.len() as f64);
    let variance = n1 * n2 / 12.0 * ((n + 1.0) - ties / (n * (n - 1.0)));
    if variance <= 0.0 {
        return Err(StatisticsError::ZeroVariance { what: "both samples".to_owned() });
    }
    let z = standardise(u - n1 * n2 / 2.0, variance, continuity);
    Ok(NormalRank { statistic: u, z, p: normal::two_sided(z).min(1.0) })
}

/// Hodges–Lehmann shift of two samples: median of all differences a − b, limits
/// from the order statistics of the differences (exact without ties up to 50
/// values a sample, normal approximation otherwise).
///
/// # Errors
/// Level outside (0, 1), or more than fifty million differences.
pub fn hodges_lehmann(a: &Sample, b: &Sample, level: f64) -> Result<Shift, StatisticsError> {
    require_open_unit("confidence level", level)?;
    if a.n() as f64 * b.n() as f64 > MOST_DIFFERENCES {
        return Err(StatisticsError::Undefined {
            what: "Hodges-Lehmann shift".to_owned(),
            why: "more than fifty million differences would have to be sorted".to_owned(),
        });
    }
    let mut differences = Vec::with_capacity(a.n() * b.n());
    for x in a.values() {
        differences.extend(b.values().iter().map(|y| x - y));
    }
    let (_, ties, _) = ranked(a, b);
    let exact = ties == 0.0 && a.n() < 50 && b.n() < 50;
    let half = (1.0 - level) / 2.0;
    let place = if exact {
        discrete_quantile(&mann_whitney_distribution(a.n(), b.n()), half)
    } else {
        let (m, n) = (a.n() as f64, b.n() as f64);
        let sd = (m * n * (m + n + 1.0) / 12.0).sqrt();
        (m * n / 2.0 - normal::quantile_upper(half) * sd).round().max(1.0) as usize
    };
    Ok(shift(differences, place, level, exact))
}
