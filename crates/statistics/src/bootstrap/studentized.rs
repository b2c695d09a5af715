//! The studentized bootstrap (bootstrap-t) of a mean and of a difference of means.
//!
//!   t* = (x̄* − x̄)/SE*,   limits  x̄ − q_{1−α/2}(t*) SE  and  x̄ − q_{α/2}(t*) SE
//!   SE² = Σ s²ᵢ/nᵢ over the groups
//!
//! (Efron & Tibshirani 1993, ch. 12.5; Hall 1988, Ann Stat 16:927.) A percentile or BCa
//! interval takes its width from the spread of resampled means, which is too small by
//! √((n−1)/n), and knows no degrees of freedom: at n = 6 it covers about 0.89 of the time
//! instead of 0.95. Here each resample brings its own standard error, so that what few
//! units do not know of the variance widens the interval, and skew shifts it.
//!
//! For units in clusters hand in the means of the clusters: their spread holds that of
//! the units, and clusters are what was sampled.

use crate::bootstrap::bootstrap::FEWEST_RESAMPLES;
use crate::bootstrap::resample::{ascending, check};
use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::estimate::Interval;
use crate::random::Stream;
use crate::sample::{Sample, quantile_of_sorted};

/// Fewest units of a group: with three, one resample in nine repeats a single unit and
/// has no standard error.
const FEWEST_UNITS: usize = 4;

/// A mean, or a difference of means, with its resampled t statistics.
#[derive(Debug, Clone, PartialEq)]
pub struct Studentized {
    estimate: f64,
    se: f64,
    /// Ascending; infinite where a resample has no variance.
    statistics: Vec<f64>,
}

impl Studentized {
    /// The mean or difference, in the unit of the data.
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// Its standard error from the variances of the groups.
    pub fn se(&self) -> f64 {
        self.se
    }

    /// The bootstrap-t interval.
    ///
    /// # Errors
    /// Level outside (0, 1); so few units that a limit would rest on resamples without
    /// variance.
    pub fn interval(&self, level: f64) -> Result<Interval, StatisticsError> {
        require_open_unit("confidence level", level)?;
        let tail = 0.5 * (1.0 - level);
        let low = self.estimate - quantile_of_sorted(&self.statistics, 1.0 - tail) * self.se;
        let high = self.estimate - quantile_of_sorted(&self.statistics, tail) * self.se;
        if low.is_finite() && high.is_finite() {
            return Ok(Interval { value: self.estimate, low, high, level });
        }
        Err(StatisticsError::Undefined {
            what: format!("bootstrap-t interval of level {level}"),
            why: "too many resamples of so few units have no variance".to_owned(),
        })
    }
}

/// Bootstrap-t of the mean of one sample. With few units of a skewed distribution no
/// interval of a mean keeps its level: lognormal values of log-SD 1 are covered 0.89 of
/// the time at n = 6 (0.82 by the t interval, 0.74 by percentiles).
///
/// # Errors
/// Fewer than four values, fewer than 100 resamples, a value not finite, no
/// variance.
pub fn studentized_mean(values: &[f64], resamples: usize, seed: u64) -> Result<Studentized, StatisticsError> {
    studentized(&[("sample", values, 1.0)], resamples, seed)
}

/// Bootstrap-t of mean(a) − mean(b), each group resampled by itself; the groups may
/// differ in variance.
///
/// # Errors
/// As [`studentized_mean`], for each group; no variance in both groups.
pub fn studentized_difference(
    a: &[f64],
    b: &[f64],
    resamples: usize,
    seed: u64,
) -> Result<Studentized, StatisticsError> {
    studentized(&[("first sample", a, 1.0), ("second sample", b, -1.0)], resamples, seed)
}

/// The sum of signed means.
fn studentized(groups: &[(&str, &[f64], f64)], resamples: usize, seed: u64) -> Result<Studentized, StatisticsError> {
    require_count("resamples", resamples, FEWEST_RESAMPLES)?;
    let (mut estimate, mut variance, mut parts) = (0.0, 0.0, Vec::new());
    for (what, values, sign) in groups {
        check(what, values)?;
        require_count(&format!("values of the {what}"), values.len(), FEWEST_UNITS)?;
        let sample = Sample::new(&ascending(values))?;
        estimate += sign * sample.mean();
        variance += if sample.is_constant() { 0.0 } else { sample.sem() * sample.sem() };
        // Deviations: a resample of them has the mean x̄* − x̄.
        parts.push((sample.sorted().iter().map(|v| v - sample.mean()).collect::<Vec<f64>>(), *sign));
    }
    if variance == 0.0 {
        return Err(StatisticsError::ZeroVariance { what: "every group".to_owned() });
    }
    let mut statistics: Vec<f64> = (0..resamples as u64)
        .map(|index| {
            let mut stream = Stream::new(seed, index);
            let (mut shift, mut square) = (0.0, 0.0);
            for (deviations, sign) in &parts {
                let (mean, sem_squared) = drawn(deviations, &mut stream);
                shift += sign * mean;
                square += sem_squared;
            }
            // A resample that repeats one unit of each group has an SE of rounding only.
            if square <= 1e-24 * variance { f64::INFINITY.copysign(shift) } else { shift / square.sqrt() }
        })
        .collect();
    statistics.sort_unstable_by(f64::total_cmp);
    Ok(Studentized { estimate, se: variance.sqrt(), statistics })
}

/// Mean of a resample and its squared standard error.
fn drawn(deviations: &[f64], stream: &mut Stream) -> (f64, f64) {
    let n = deviations.len() as f64;
    let (mut sum, mut squares) = (0.0, 0.0);
    for _ in 0..deviations.len() {
        let value = deviations[stream.below(deviations.len())];
        sum += value;
        squares += value * value;
    }
    let mean = sum / n;
    (mean, ((squares - n * mean * mean) / ((n - 1.0) * n)).max(0.0))
}
