//! Ranks of values, the mean rank for those that are tied.
//!
//! One rule says what is tied, wherever ranks are taken: two values that differ by
//! no more than either may be off from rounding (2⁻⁴² of the numbers that went into
//! it). 106.0 − 105.7 and 99.3 − 99.0 are the same difference, as they are on paper.

use crate::sample::{ROUNDING, Sample};

/// Midranks (1-based) in the order given, and Σ(t³ − t) over ties.
pub fn midranks(values: &[f64]) -> (Vec<f64>, f64) {
    let (ranks, runs) = midranks_and_runs(values);
    (ranks, tie_sum(&runs))
}

/// [`midranks`] of values that may be off by `roundings`.
pub(super) fn midranks_within(values: &[f64], roundings: &[f64]) -> (Vec<f64>, f64) {
    let (ranks, runs) = midranks_and_runs_within(values, roundings);
    (ranks, tie_sum(&runs))
}

/// Midranks (from 1) and the lengths of the runs of tied values.
pub(crate) fn midranks_and_runs(values: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let roundings: Vec<f64> = values.iter().map(|v| ROUNDING * v.abs()).collect();
    midranks_and_runs_within(values, &roundings)
}

/// [`midranks_and_runs`] of several samples together, in their order.
pub(crate) fn midranks_of_samples(samples: &[Sample]) -> (Vec<f64>, Vec<f64>) {
    let values: Vec<f64> = samples.iter().flat_map(|s| s.values().iter().copied()).collect();
    let roundings: Vec<f64> = samples.iter().flat_map(|s| s.roundings().iter().copied()).collect();
    midranks_and_runs_within(&values, &roundings)
}

fn midranks_and_runs_within(values: &[f64], roundings: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut ranks = vec![0.0; values.len()];
    let mut runs = Vec::new();
    let mut before = 0;
    let tied = |i: usize, j: usize| values[j] - values[i] <= roundings[i].max(roundings[j]);
    for run in order.chunk_by(|&i, &j| tied(i, j)) {
        let length = run.len() as f64;
        for &i in run {
            ranks[i] = before as f64 + (length + 1.0) / 2.0;
        }
        runs.push(length);
        before += run.len();
    }
    (ranks, runs)
}

/// Σ(t³ − t). Counts: every term and every sum is a whole number.
pub(crate) fn tie_sum(runs: &[f64]) -> f64 {
    runs.iter().fold(0.0, |sum, count| sum + count * (count * count - 1.0))
}

/// Whether each difference is zero up to rounding. Of differences whose members are
/// not known, those are that are nothing beside the median size of the others.
pub(crate) fn zeros(differences: &Sample) -> Vec<bool> {
    let mut sizes: Vec<f64> = differences.values().iter().map(|d| d.abs()).filter(|d| *d > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    // The rounding of a value about itself alone never reaches it.
    let off = |(value, rounding): (&f64, &f64)| value.abs() <= rounding.max(ROUNDING * usual);
    differences.values().iter().zip(differences.roundings()).map(off).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_by_rounding_alone_is_tied() {
        let sums = [0.1 + 0.2, 0.3, 0.15 + 0.15, 0.4];
        assert_eq!(midranks(&sums).0, [2.0, 2.0, 2.0, 4.0]);
        // A difference of 1e-12 of a number is none of rounding.
        assert_eq!(midranks(&[1e9, 1e9 + 1e-3, 1.0]).0, [2.0, 3.0, 1.0]);
        // An outlier does not tie the rest.
        assert_eq!(midranks(&[1e30, 1.0, 2.0, -1e30]).0, [4.0, 2.0, 3.0, 1.0]);
    }

    #[test]
    fn differences_are_zero_up_to_the_rounding_of_their_members() {
        let (first, second) = ([0.1 + 0.2, 118.8, 5.0], [0.3, 118.9, 5.0]);
        let d: Vec<f64> = first.iter().zip(&second).map(|(f, s)| s - f).collect();
        let scaled = Sample::with_scales(&d, &[0.3, 118.9, 5.0]).unwrap();
        assert_eq!(zeros(&scaled), [true, false, true]);
        assert_eq!(zeros(&Sample::new(&[1e-17, 0.5, -0.25, 0.0]).unwrap()), [true, false, false, true]);
        // Nothing but small numbers: they are what was measured.
        assert_eq!(zeros(&Sample::new(&[1e-17, 2e-17, -3e-17]).unwrap()), [false; 3]);
    }
}
