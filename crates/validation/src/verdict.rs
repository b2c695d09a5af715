//! The rule by which a simulated outcome is judged.
//!
//! | published | pass | near | fail |
//! |---|---|---|---|
//! | a mean | within the tolerance | within twice the tolerance | further away |
//! | a range | mean inside | 95 % interval of the mean reaches into it | outside |
//! | a difference of two arms | its 95 % interval, animal by animal, above 0 | its mean above 0 | otherwise |
//! | an order | every neighbouring difference has a 95 % interval above 0 | every difference above 0 | otherwise |
//!
//! The tolerance is the stated one, otherwise twice the standard error of the
//! difference, 2 √(SEM² published + SEM² simulated).

use serde::Serialize;
use statistics::{Sample, StatisticsError, two_sample};

/// How the model stands to an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Within the tolerance.
    Pass,
    /// Within twice the tolerance.
    Near,
    /// Beyond.
    Fail,
}

impl Verdict {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Near => "near",
            Self::Fail => "fail",
        }
    }
}

/// Confidence level of the intervals.
pub const LEVEL: f64 = 0.95;

fn verdict(pass: bool, near: bool) -> Verdict {
    match (pass, near) {
        (true, _) => Verdict::Pass,
        (false, true) => Verdict::Near,
        (false, false) => Verdict::Fail,
    }
}

/// Mean with its spread; of slices of different animals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Slices.
    pub n: usize,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Standard error of the mean.
    pub sem: f64,
    /// 95 % interval of the mean.
    pub interval: [f64; 2],
}

impl Spread {
    /// The spread of one value per animal; identical values have no spread.
    ///
    /// # Errors
    /// Fewer than two values, or values that are not finite.
    pub fn of(values: &[f64]) -> Result<Self, StatisticsError> {
        let sample = Sample::new(values)?;
        let (mean, n) = (sample.mean(), values.len());
        if sample.is_constant() {
            return Ok(Self { n, mean, sd: 0.0, sem: 0.0, interval: [mean; 2] });
        }
        let estimate = two_sample::one_sample(&sample, LEVEL)?;
        let sd = estimate.se * (n as f64).sqrt();
        Ok(Self { n, mean, sd, sem: estimate.se, interval: [estimate.ci_low, estimate.ci_high] })
    }
}

/// Judges a mean.
pub(crate) fn against_mean(spread: &Spread, mean: f64, sem: Option<f64>, tolerance: Option<f64>) -> Verdict {
    let joint = 2.0 * libm::hypot(sem.unwrap_or(0.0), spread.sem);
    let tolerance = tolerance.unwrap_or(joint);
    let apart = (spread.mean - mean).abs();
    verdict(apart <= tolerance, apart <= 2.0 * tolerance)
}

/// Judges a range; an open end has no limit.
pub(crate) fn against_range(spread: &Spread, low: Option<f64>, high: Option<f64>) -> Verdict {
    let (low, high) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
    let inside = (low..=high).contains(&spread.mean);
    verdict(inside, spread.interval[0] <= high && spread.interval[1] >= low)
}

/// Judges a difference taken animal by animal: sure if its interval lies above 0.
pub(crate) fn against_zero(difference: &Spread) -> Verdict {
    verdict(difference.interval[0] > 0.0, difference.mean > 0.0)
}

/// Judges an order, the largest first.
///
/// # Errors
/// Groups of fewer than two values.
pub(crate) fn against_order(groups: &[&[f64]]) -> Result<Verdict, StatisticsError> {
    let (mut sure, mut right) = (true, true);
    for pair in groups.windows(2) {
        let (larger, smaller) = (Sample::new(pair[0])?, Sample::new(pair[1])?);
        let difference = larger.mean() - smaller.mean();
        right &= difference > 0.0;
        sure &= if larger.is_constant() && smaller.is_constant() {
            difference > 0.0
        } else {
            two_sample::welch(&larger, &smaller, LEVEL)?.ci_low > 0.0
        };
    }
    Ok(verdict(sure, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_judged_by_its_tolerance() {
        let spread = Spread::of(&[58.0, 62.0, 60.0, 60.0]).unwrap();
        assert_eq!(spread.mean, 60.0);
        assert_eq!(against_mean(&spread, 70.0, None, Some(10.0)), Verdict::Pass);
        assert_eq!(against_mean(&spread, 75.0, None, Some(10.0)), Verdict::Near);
        assert_eq!(against_mean(&spread, 81.0, None, Some(10.0)), Verdict::Fail);
        // SEM 0.816 and 3: twice the joint error is 6.2.
        assert_eq!(against_mean(&spread, 66.2, Some(3.0), None), Verdict::Pass);
        assert_eq!(against_mean(&spread, 66.3, Some(3.0), None), Verdict::Near);
    }

    #[test]
    fn a_range_may_be_open() {
        let spread = Spread::of(&[-3.0, 1.0, -1.0, 2.0]).unwrap();
        assert_eq!(against_range(&spread, None, Some(0.0)), Verdict::Pass);
        assert_eq!(against_range(&spread, Some(0.0), None), Verdict::Near);
        assert_eq!(against_range(&spread, Some(20.0), None), Verdict::Fail);
    }

    #[test]
    fn a_difference_is_judged_by_its_interval() {
        let spread = |values: &[f64]| Spread::of(values).unwrap();
        assert_eq!(against_zero(&spread(&[2.0, 3.0, 2.5])), Verdict::Pass);
        assert_eq!(against_zero(&spread(&[9.0, -3.0, 2.5])), Verdict::Near);
        assert_eq!(against_zero(&spread(&[-2.0, -3.0, 2.5])), Verdict::Fail);
    }

    #[test]
    fn an_order_is_sure_only_with_intervals_above_zero() {
        let (a, b, c) = ([60.0, 61.0, 59.0], [20.0, 21.0, 19.5], [20.1, 18.0, 21.0]);
        assert_eq!(against_order(&[&a, &b]).unwrap(), Verdict::Pass);
        assert_eq!(against_order(&[&a, &b, &c]).unwrap(), Verdict::Near);
        assert_eq!(against_order(&[&b, &a]).unwrap(), Verdict::Fail);
    }
}
