//! The rule by which a simulated outcome is judged.
//!
//! | published | pass | near | fail |
//! |---|---|---|---|
//! | a mean | within the tolerance | within twice the tolerance | further away |
//! | a range | mean inside | 95 % interval of the mean reaches into it | outside |
//! | a difference with its size | 95 % interval above 0, at least half of the size inside the prediction interval, at most twice the size | 95 % interval above 0 and at least a quarter of the size | otherwise |
//! | a direction, or an order | every difference has a 95 % interval above 0 | – | otherwise |
//!
//! The tolerance is the stated one, otherwise twice the standard error of the
//! difference, 2 √(SEM² published + SEM² simulated). Differences are taken animal by
//! animal: the arms of a record have the same virtual animals. The prediction interval is that of the mean
//! difference in an experiment of the published n animals,
//! d ± t s √(1/n simulated + 1/n published). A direction that the virtual animals do not
//! show for sure fails: more of them can be simulated at will.

use serde::Serialize;
use statistics::dist::student_t;
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

/// Animals of an experiment whose n is not visible.
const USUAL_N: u32 = 8;

/// Judges a difference taken animal by animal. With the published `size` it must be of
/// that size in an experiment of `published_n` animals (0: not visible), without it
/// above 0 for sure.
pub(crate) fn against_difference(difference: &Spread, size: Option<f64>, published_n: u32) -> Verdict {
    let sure = difference.interval[0] > 0.0;
    let Some(size) = size else { return verdict(sure, false) };
    let [_, high] = prediction_interval(difference, published_n);
    let large = high >= 0.5 * size && difference.mean <= 2.0 * size;
    verdict(sure && large, sure && difference.mean >= 0.25 * size)
}

/// 95 % interval of the mean difference in an experiment of `published_n` animals.
pub(crate) fn prediction_interval(difference: &Spread, published_n: u32) -> [f64; 2] {
    let published = f64::from(if published_n == 0 { USUAL_N } else { published_n });
    let n = difference.n as f64;
    let t = student_t::quantile(0.5 + 0.5 * LEVEL, (n - 1.0).max(1.0));
    let half = t * difference.sd * (1.0 / n + 1.0 / published).sqrt();
    [difference.mean - half, difference.mean + half]
}

/// Judges an order, the largest first, by the differences of neighbours animal by animal:
/// the arms of a record have the same virtual animals.
///
/// # Errors
/// Groups of fewer than two values, or of unequal numbers.
pub(crate) fn against_order(groups: &[&[f64]]) -> Result<Verdict, StatisticsError> {
    let mut sure = true;
    for pair in groups.windows(2) {
        let differences: Vec<f64> = pair[0].iter().zip(pair[1]).map(|(one, other)| one - other).collect();
        sure &= pair[0].len() == pair[1].len() && Spread::of(&differences)?.interval[0] > 0.0;
    }
    Ok(verdict(sure, false))
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
    fn a_direction_is_judged_by_its_interval_and_a_size_by_the_prediction() {
        let spread = |values: &[f64]| Spread::of(values).unwrap();
        assert_eq!(against_difference(&spread(&[2.0, 3.0, 2.5]), None, 0), Verdict::Pass);
        assert_eq!(against_difference(&spread(&[9.0, -3.0, 2.5]), None, 0), Verdict::Fail);
        assert_eq!(against_difference(&spread(&[-2.0, -3.0, 2.5]), None, 0), Verdict::Fail);
        // One point where 65 were published is neither.
        let one = spread(&[0.9, 1.0, 1.1, 1.0]);
        assert_eq!(against_difference(&one, Some(65.0), 8), Verdict::Fail);
        assert_eq!(against_difference(&one, Some(3.5), 8), Verdict::Near);
        assert_eq!(against_difference(&one, Some(2.0), 8), Verdict::Pass);
        // Three times the size is another effect.
        assert_eq!(against_difference(&one, Some(0.3), 8), Verdict::Near);
    }

    /// t of 3 degrees of freedom at 97.5 %: 3.182446.
    #[test]
    fn the_prediction_interval_is_that_of_two_means() {
        let spread = Spread::of(&[8.0, 10.0, 12.0, 10.0]).unwrap();
        let [low, high] = prediction_interval(&spread, 4);
        let half = 3.182_446_305 * spread.sd * 0.5_f64.sqrt();
        assert!((high - low - 2.0 * half).abs() < 1e-6 && (0.5 * (low + high) - 10.0).abs() < 1e-12);
    }

    #[test]
    fn an_order_is_sure_only_with_intervals_above_zero() {
        let (a, b, c) = ([60.0, 61.0, 59.0], [20.0, 21.0, 19.5], [20.1, 18.0, 21.0]);
        // Animals differ far more than the arms of each: animal by animal the order is sure.
        let (high, low) = ([10.0, 40.0, 70.0, 20.0], [8.0, 37.5, 68.1, 17.9]);
        assert_eq!(against_order(&[&high, &low]).unwrap(), Verdict::Pass);
        assert_eq!(against_order(&[&a, &b]).unwrap(), Verdict::Pass);
        assert_eq!(against_order(&[&a, &b, &c]).unwrap(), Verdict::Fail);
        assert_eq!(against_order(&[&b, &a]).unwrap(), Verdict::Fail);
    }
}
