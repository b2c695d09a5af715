//! Difference of two means, and mean of paired differences.

use crate::error::{StatisticsError, require_count, require_finite};
use crate::permutation::arrangements::{Arrangements, Subsets, sign_count, subset_count};
use crate::random::Stream;
use serde::{Deserialize, Serialize};

/// Result of a permutation test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PermutationTest {
    /// Observed difference, unit of the data.
    pub difference: f64,
    /// P value, both directions.
    pub p_two_sided: f64,
    /// P value of "above zero".
    pub p_greater: f64,
    /// P value of "below zero".
    pub p_less: f64,
    /// Arrangements counted, the observed one included.
    pub arrangements: u64,
    /// All arrangements were counted.
    pub exact: bool,
}

/// Counts of arrangements at least as far out as the observed one.
struct Tally {
    observed: f64,
    tolerance: f64,
    both: u64,
    above: u64,
    below: u64,
    total: u64,
}

impl Tally {
    fn new(observed: f64, scale: f64) -> Tally {
        Tally { observed, tolerance: 1e-9 * scale, both: 0, above: 0, below: 0, total: 0 }
    }

    fn count(&mut self, value: f64) {
        self.total += 1;
        self.both += u64::from(value.abs() >= self.observed.abs() - self.tolerance);
        self.above += u64::from(value >= self.observed - self.tolerance);
        self.below += u64::from(value <= self.observed + self.tolerance);
    }

    fn finish(mut self, exact: bool) -> PermutationTest {
        if !exact {
            // The observed arrangement is one of those possible.
            self.count(self.observed);
        }
        let share = |count: u64| count as f64 / self.total as f64;
        PermutationTest {
            difference: self.observed,
            p_two_sided: share(self.both),
            p_greater: share(self.above),
            p_less: share(self.below),
            arrangements: self.total,
            exact,
        }
    }
}

/// mean(a) − mean(b) under exchange of the labels of independent values.
///
/// # Errors
/// An empty sample, a value not finite, no draws where sampling is needed.
pub fn two_sample(a: &[f64], b: &[f64], arrangements: Arrangements) -> Result<PermutationTest, StatisticsError> {
    require_count("values of the first sample", a.len(), 1)?;
    require_count("values of the second sample", b.len(), 1)?;
    require_finite("first sample", a)?;
    require_finite("second sample", b)?;
    // A common offset would leave rounding that breaks ties.
    let origin = a.iter().copied().fold(f64::INFINITY, f64::min);
    let mut values: Vec<f64> = a.iter().chain(b).map(|v| v - origin).collect();
    // Draws must not depend on the order in which the values are listed.
    values[..a.len()].sort_by(f64::total_cmp);
    values[a.len()..].sort_by(f64::total_cmp);
    let (size, rest) = (a.len() as f64, b.len() as f64);
    let total: f64 = values.iter().sum();
    let difference = |sum: f64| sum / size - (total - sum) / rest;
    let mut tally = Tally::new(difference(values[..a.len()].iter().sum()), range(&values));
    let exact = subset_count(values.len(), a.len()) <= arrangements.exact_up_to;
    if exact {
        let mut subsets = Subsets::new(values.len(), a.len());
        // partial[i] = sum of the first i chosen values.
        let mut partial = vec![0.0; a.len() + 1];
        let mut changed = Some(0);
        while let Some(first) = changed {
            for i in first..a.len() {
                partial[i + 1] = partial[i] + values[subsets.chosen[i]];
            }
            tally.count(difference(partial[a.len()]));
            changed = subsets.advance();
        }
    } else {
        require_count("draws", arrangements.draws, 1)?;
        let mut mixed = values.clone();
        for draw in 0..arrangements.draws as u64 {
            mixed.copy_from_slice(&values);
            Stream::new(arrangements.seed, draw).shuffle(&mut mixed);
            tally.count(difference(mixed[..a.len()].iter().sum()));
        }
    }
    Ok(tally.finish(exact))
}

/// Mean of paired differences under exchange of the members of each pair, which
/// flips the sign of its difference.
///
/// # Errors
/// No difference, a value not finite, no draws where sampling is needed.
pub fn sign_flip(differences: &[f64], arrangements: Arrangements) -> Result<PermutationTest, StatisticsError> {
    let n = differences.len();
    require_count("differences", n, 1)?;
    require_finite("differences", differences)?;
    let mut differences = differences.to_vec();
    differences.sort_by(f64::total_cmp);
    let mean: f64 = differences.iter().sum::<f64>() / n as f64;
    let scale = differences.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let mut tally = Tally::new(mean, scale);
    let exact = sign_count(n) <= arrangements.exact_up_to;
    if exact {
        // Signs are those of the bits of the number of the arrangement.
        for signs in 0..sign_count(n) {
            let sum: f64 = differences.iter().enumerate().map(|(i, d)| if signs >> i & 1 == 1 { -d } else { *d }).sum();
            tally.count(sum / n as f64);
        }
    } else {
        require_count("draws", arrangements.draws, 1)?;
        for draw in 0..arrangements.draws as u64 {
            let mut stream = Stream::new(arrangements.seed, draw);
            let sum: f64 = differences.iter().map(|d| if stream.bits() >> 63 == 1 { -d } else { *d }).sum();
            tally.count(sum / n as f64);
        }
    }
    Ok(tally.finish(exact))
}

fn range(values: &[f64]) -> f64 {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high - low
}
