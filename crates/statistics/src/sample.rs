//! A sample of finite numbers and its summary.

use crate::dist::student_t;
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit, require_range};
use crate::estimate::Interval;

/// Scale that makes the median absolute deviation of normal data equal to their SD:
/// 1 / Φ⁻¹(3/4), rounded to 1.4826 as other software has it.
const MAD_SCALE: f64 = 1.4826;

/// Share of the numbers that went into a value by which it may be off: 2⁻⁴², 2.3e-13.
/// A decimal fraction, a difference of two of them or a mean of a few is off by some
/// 2⁻⁵⁰; numbers that a person distinguishes have twelve digits at most.
pub(crate) const ROUNDING: f64 = 1.0 / (1_u64 << 42) as f64;

/// One or more finite values. Sums are taken after subtracting the first value,
/// so a large common offset costs no digits.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    values: Vec<f64>,
    /// By how much each value may be off; see [`Sample::with_scales`].
    roundings: Vec<f64>,
    sorted: Vec<f64>,
    mean: f64,
    /// Sum of squared deviations from the mean.
    squares: f64,
}

impl Sample {
    /// A sample of `values`.
    ///
    /// # Errors
    /// No value, or one that is not finite.
    pub fn new(values: &[f64]) -> Result<Sample, StatisticsError> {
        require_count("values of the sample", values.len(), 1)?;
        require_finite("sample", values)?;
        let origin = values[0];
        let n = values.len() as f64;
        let shift = compensated(values.iter().map(|v| v - origin)) / n;
        let square = compensated(values.iter().map(|v| (v - origin - shift).powi(2)));
        // The second term removes what the rounding of the mean left over.
        let rest = compensated(values.iter().map(|v| v - origin - shift));
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let constant = sorted[0] == sorted[sorted.len() - 1];
        Ok(Sample {
            values: values.to_vec(),
            roundings: values.iter().map(|v| ROUNDING * v.abs()).collect(),
            sorted,
            mean: if constant { origin } else { origin + (shift + rest / n) },
            squares: if constant { 0.0 } else { (square - rest * rest / n).max(0.0) },
        })
    }

    /// A sample of values that were computed from other numbers: `scales` is the
    /// largest of them in size for each value (both members of a difference, all
    /// slices of a mean). Ranks take values as tied, and differences as zero, that
    /// are equal up to the rounding of those numbers.
    ///
    /// # Errors
    /// As [`Sample::new`]; another number of scales than of values, a scale not finite.
    pub fn with_scales(values: &[f64], scales: &[f64]) -> Result<Sample, StatisticsError> {
        let mut sample = Sample::new(values)?;
        if scales.len() != values.len() {
            let (expected, found) = (values.len(), scales.len());
            return Err(StatisticsError::LengthMismatch { what: "scales of the values".to_owned(), expected, found });
        }
        require_finite("scales of the values", scales)?;
        for (rounding, scale) in sample.roundings.iter_mut().zip(scales) {
            *rounding = rounding.max(ROUNDING * scale.abs());
        }
        Ok(sample)
    }

    /// A sample of the values that are present, and how many NaN were left out.
    ///
    /// # Errors
    /// Nothing left, or an infinite value.
    pub fn present(values: &[f64]) -> Result<(Sample, usize), StatisticsError> {
        let kept: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
        let dropped = values.len() - kept.len();
        Ok((Sample::new(&kept)?, dropped))
    }

    /// The values, in the order given.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// By how much each value may be off from rounding, in the order given.
    pub(crate) fn roundings(&self) -> &[f64] {
        &self.roundings
    }

    /// The values, ascending.
    pub fn sorted(&self) -> &[f64] {
        &self.sorted
    }

    /// Number of values.
    pub fn n(&self) -> usize {
        self.values.len()
    }

    /// Arithmetic mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Sum of squared deviations from the mean.
    pub fn sum_of_squares(&self) -> f64 {
        self.squares
    }

    /// Variance with n − 1; NaN for one value.
    pub fn variance(&self) -> f64 {
        self.squares / (self.n() as f64 - 1.0)
    }

    /// Standard deviation with n − 1; NaN for one value.
    pub fn sd(&self) -> f64 {
        self.variance().sqrt()
    }

    /// Standard error of the mean; NaN for one value.
    pub fn sem(&self) -> f64 {
        self.sd() / (self.n() as f64).sqrt()
    }

    /// Smallest value.
    pub fn min(&self) -> f64 {
        self.sorted[0]
    }

    /// Largest value.
    pub fn max(&self) -> f64 {
        self.sorted[self.sorted.len() - 1]
    }

    /// Median.
    pub fn median(&self) -> f64 {
        quantile_of_sorted(&self.sorted, 0.5)
    }

    /// Quantile of type 7 (linear between order statistics; Hyndman & Fan 1996).
    ///
    /// # Errors
    /// `probability` outside 0 … 1.
    pub fn quantile(&self, probability: f64) -> Result<f64, StatisticsError> {
        require_range("probability", probability, 0.0, 1.0)?;
        Ok(quantile_of_sorted(&self.sorted, probability))
    }

    /// Median absolute deviation from the median times 1.4826.
    pub fn mad(&self) -> f64 {
        let centre = self.median();
        let mut distance: Vec<f64> = self.values.iter().map(|v| (v - centre).abs()).collect();
        distance.sort_by(f64::total_cmp);
        MAD_SCALE * quantile_of_sorted(&distance, 0.5)
    }

    /// Mean with its t interval.
    ///
    /// # Errors
    /// One value only, or a level outside (0, 1).
    pub fn mean_interval(&self, level: f64) -> Result<Interval, StatisticsError> {
        require_open_unit("confidence level", level)?;
        require_count("values of the sample", self.n(), 2)?;
        let margin = student_t::quantile_upper((1.0 - level) / 2.0, self.n() as f64 - 1.0) * self.sem();
        Ok(Interval { value: self.mean, low: self.mean - margin, high: self.mean + margin, level })
    }

    /// True if the spread is no more than rounding of the values explains.
    pub fn is_constant(&self) -> bool {
        let scale = self.min().abs().max(self.max().abs());
        self.squares.sqrt() <= 10.0 * f64::EPSILON * scale * (self.n() as f64).sqrt()
    }
}

/// Quantile of type 7 of ascending values; `probability` in 0 … 1.
pub(crate) fn quantile_of_sorted(sorted: &[f64], probability: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * probability;
    let below = (place.floor() as usize).min(sorted.len() - 1);
    let above = (below + 1).min(sorted.len() - 1);
    let part = place - below as f64;
    if part == 0.0 { sorted[below] } else { sorted[below] + part * (sorted[above] - sorted[below]) }
}

/// Sum with Neumaier's compensation: exact to one rounding of the result for
/// sums without extreme cancellation.
pub(crate) fn compensated(terms: impl Iterator<Item = f64>) -> f64 {
    let mut sum = 0.0_f64;
    let mut lost = 0.0_f64;
    for term in terms {
        let total = sum + term;
        lost += if sum.abs() >= term.abs() { (sum - total) + term } else { (term - total) + sum };
        sum = total;
    }
    sum + lost
}
