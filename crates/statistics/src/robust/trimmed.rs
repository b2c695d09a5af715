//! Trimmed means and Yuen's test.
//!
//!   g = ⌊γ n⌋ values are cut at either end, h = n − 2g are left,
//!   d = (n − 1) s_w² / (h (h − 1)),  s_w: SD of the winsorized values
//!   t = (x̄_t − ȳ_t)/√(d_x + d_y),  ν = (d_x + d_y)²/(d_x²/(h_x − 1) + d_y²/(h_y − 1))
//!
//! Yuen 1974 (Biometrika 61:165); pairs: Wilcox 2012, Introduction to Robust Estimation, 5.9.3.

use crate::error::{StatisticsError, require_count, require_finite, require_range};
use crate::estimate::{Comparison, DfMethod};
use crate::sample::Sample;

/// Usual share of values cut at either end.
pub const TRIM: f64 = 0.2;

/// A trimmed mean with the squared standard error of Yuen's test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrimmedMean {
    /// Mean of the values that are left.
    pub mean: f64,
    /// d above: (n − 1) s_w²/(h (h − 1)).
    pub square_se: f64,
    /// Values left, h.
    pub left: usize,
}

/// Trimmed mean of `values`, a share of `trim` (0 to below ½) cut at either end.
///
/// # Errors
/// Fewer than two values left, a value not finite, `trim` out of range.
pub fn trimmed_mean(values: &[f64], trim: f64) -> Result<TrimmedMean, StatisticsError> {
    require_range("share cut at either end", trim, 0.0, 0.499)?;
    require_finite("sample", values)?;
    let cut = (trim * values.len() as f64 + 1e-9).floor() as usize;
    let left = values.len().saturating_sub(2 * cut);
    require_count("values left after trimming", left, 2)?;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted[cut], sorted[values.len() - 1 - cut]);
    let winsorized: Vec<f64> = sorted.iter().map(|v| v.clamp(low, high)).collect();
    let h = left as f64;
    let square_se = Sample::new(&winsorized)?.sum_of_squares() / (h * (h - 1.0));
    Ok(TrimmedMean { mean: Sample::new(&sorted[cut..cut + left])?.mean(), square_se, left })
}

/// Yuen's test of two independent samples, first minus second.
///
/// # Errors
/// As [`trimmed_mean`]; no spread in either group.
pub fn yuen(first: &[f64], second: &[f64], trim: f64, level: f64) -> Result<Comparison, StatisticsError> {
    crate::error::require_open_unit("confidence level", level)?;
    let (a, b) = (trimmed_mean(first, trim)?, trimmed_mean(second, trim)?);
    let total = a.square_se + b.square_se;
    if total <= 0.0 {
        return Err(StatisticsError::ZeroVariance { what: "winsorized values of both groups".to_owned() });
    }
    let part = |t: &TrimmedMean| t.square_se * t.square_se / (t.left as f64 - 1.0);
    let df = total * total / (part(&a) + part(&b));
    Ok(Comparison::from_t(a.mean - b.mean, total.sqrt(), df, level, DfMethod::Satterthwaite))
}

/// Yuen's test of pairs, first minus second: the marginal trimmed means, with the
/// winsorized covariance.
///
/// # Errors
/// As [`yuen`]; samples of different length.
pub fn yuen_paired(first: &[f64], second: &[f64], trim: f64, level: f64) -> Result<Comparison, StatisticsError> {
    crate::error::require_open_unit("confidence level", level)?;
    if first.len() != second.len() {
        let (expected, found) = (first.len(), second.len());
        return Err(StatisticsError::LengthMismatch { what: "second sample".to_owned(), expected, found });
    }
    let (a, b) = (trimmed_mean(first, trim)?, trimmed_mean(second, trim)?);
    let winsorize = |values: &[f64]| {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let cut = (values.len() - a.left) / 2;
        let (low, high) = (sorted[cut], sorted[values.len() - 1 - cut]);
        values.iter().map(|v| v.clamp(low, high)).collect::<Vec<f64>>()
    };
    let (x, y) = (Sample::new(&winsorize(first))?, Sample::new(&winsorize(second))?);
    let product: f64 = x.values().iter().zip(y.values()).map(|(u, v)| (u - x.mean()) * (v - y.mean())).sum();
    let h = a.left as f64;
    let square = a.square_se + b.square_se - 2.0 * product / (h * (h - 1.0));
    if square <= 1e-28 * (a.square_se + b.square_se) {
        return Err(StatisticsError::ZeroVariance { what: "winsorized differences".to_owned() });
    }
    Ok(Comparison::from_t(a.mean - b.mean, square.sqrt(), h - 1.0, level, DfMethod::Residual))
}
