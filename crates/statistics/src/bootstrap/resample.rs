//! Resampling of independent values, one stream per resample.

use crate::bootstrap::bootstrap::{Bootstrap, FEWEST_RESAMPLES};
use crate::error::{StatisticsError, require_count, require_finite};
use crate::random::Stream;

/// Bootstrap of a statistic of one sample.
///
/// # Errors
/// Fewer than two values, too few resamples, a value or replicate not finite.
pub fn one_sample(
    values: &[f64],
    statistic: impl Fn(&[f64]) -> f64,
    resamples: usize,
    seed: u64,
) -> Result<Bootstrap, StatisticsError> {
    check("sample", values)?;
    require_count("resamples", resamples, FEWEST_RESAMPLES)?;
    let values = &ascending(values)[..];
    let mut drawn = vec![0.0; values.len()];
    let replicates = (0..resamples as u64)
        .map(|index| {
            draw(values, &mut drawn, &mut Stream::new(seed, index));
            statistic(&drawn)
        })
        .collect();
    let jackknife = leave_one_out(values, &statistic);
    Bootstrap::from_replicates(statistic(values), replicates, &[jackknife])
}

/// Bootstrap of a statistic of two independent samples, each resampled by itself.
///
/// # Errors
/// Fewer than two values in a sample, too few resamples, a value or replicate
/// not finite.
pub fn two_sample(
    a: &[f64],
    b: &[f64],
    statistic: impl Fn(&[f64], &[f64]) -> f64,
    resamples: usize,
    seed: u64,
) -> Result<Bootstrap, StatisticsError> {
    check("first sample", a)?;
    check("second sample", b)?;
    require_count("resamples", resamples, FEWEST_RESAMPLES)?;
    let (a, b) = (&ascending(a)[..], &ascending(b)[..]);
    let (mut drawn_a, mut drawn_b) = (vec![0.0; a.len()], vec![0.0; b.len()]);
    let replicates = (0..resamples as u64)
        .map(|index| {
            let mut stream = Stream::new(seed, index);
            draw(a, &mut drawn_a, &mut stream);
            draw(b, &mut drawn_b, &mut stream);
            statistic(&drawn_a, &drawn_b)
        })
        .collect();
    let jackknife = [leave_one_out(a, |part| statistic(part, b)), leave_one_out(b, |part| statistic(a, part))];
    Bootstrap::from_replicates(statistic(a, b), replicates, &jackknife)
}

/// Bootstrap of mean(a) − mean(b): the same draws as [`two_sample`], with the
/// sums taken while drawing.
///
/// # Errors
/// As [`two_sample`].
pub fn mean_difference(a: &[f64], b: &[f64], resamples: usize, seed: u64) -> Result<Bootstrap, StatisticsError> {
    check("first sample", a)?;
    check("second sample", b)?;
    require_count("resamples", resamples, FEWEST_RESAMPLES)?;
    let (a, b) = (ascending(a), ascending(b));
    // A common offset is taken out first: it cancels in the difference.
    let origin = a[0];
    let (a, b): (Vec<f64>, Vec<f64>) = (a.iter().map(|v| v - origin).collect(), b.iter().map(|v| v - origin).collect());
    let (n_a, n_b) = (a.len() as f64, b.len() as f64);
    let replicates = (0..resamples as u64)
        .map(|index| {
            let mut stream = Stream::new(seed, index);
            drawn_sum(&a, &mut stream) / n_a - drawn_sum(&b, &mut stream) / n_b
        })
        .collect();
    let (sum_a, sum_b): (f64, f64) = (a.iter().sum(), b.iter().sum());
    let jackknife = [
        a.iter().map(|v| (sum_a - v) / (n_a - 1.0) - sum_b / n_b).collect(),
        b.iter().map(|v| sum_a / n_a - (sum_b - v) / (n_b - 1.0)).collect(),
    ];
    Bootstrap::from_replicates(sum_a / n_a - sum_b / n_b, replicates, &jackknife)
}

/// Bootstrap of one sample from explicit rows of indices (counted from 0), for
/// comparison with other programs.
///
/// # Errors
/// As [`one_sample`]; an index beyond the sample.
pub fn with_indices(
    values: &[f64],
    statistic: impl Fn(&[f64]) -> f64,
    indices: &[Vec<usize>],
) -> Result<Bootstrap, StatisticsError> {
    check("sample", values)?;
    let mut replicates = Vec::with_capacity(indices.len());
    for row in indices {
        let mut drawn = Vec::with_capacity(row.len());
        for &index in row {
            let value = values.get(index).ok_or(StatisticsError::OutOfRange {
                what: "resample index".to_owned(),
                value: index as f64,
                low: 0.0,
                high: values.len() as f64 - 1.0,
            })?;
            drawn.push(*value);
        }
        replicates.push(statistic(&drawn));
    }
    let jackknife = leave_one_out(values, &statistic);
    Bootstrap::from_replicates(statistic(values), replicates, &[jackknife])
}

pub(crate) fn check(what: &str, values: &[f64]) -> Result<(), StatisticsError> {
    require_count(&format!("values of the {what}"), values.len(), 2)?;
    require_finite(what, values)
}

/// The values in ascending order, so that the result does not depend on the
/// order in which they are listed.
pub(crate) fn ascending(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn draw(values: &[f64], drawn: &mut [f64], stream: &mut Stream) {
    for slot in drawn {
        *slot = values[stream.below(values.len())];
    }
}

fn drawn_sum(values: &[f64], stream: &mut Stream) -> f64 {
    (0..values.len()).map(|_| values[stream.below(values.len())]).sum()
}

fn leave_one_out(values: &[f64], statistic: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut part = values[1..].to_vec();
    let mut result = Vec::with_capacity(values.len());
    for left_out in 0..values.len() {
        result.push(statistic(&part));
        // Value `left_out` returns to its place, the next one goes.
        if left_out < part.len() {
            part[left_out] = values[left_out];
        }
    }
    result
}
