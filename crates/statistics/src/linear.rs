//! Linear regression by least squares.
//!
//!   b = argmin |y − X b|²,  s² = |y − X b|²/(n − p),  cov(b) = s² (X'X)⁻¹
//!
//! Householder QR of the columns scaled to length 1, then refinement of the
//! augmented system (Björck 1967, BIT 7:257) with residuals summed in twice the
//! working precision, so that nearly collinear columns cost few digits.
//!
//! When to use it: a continuous response, independent observations of one
//! variance. Limits: no clusters (see [`crate::mixed`]), no weights.

use crate::design::Design;
use crate::error::{StatisticsError, require_count, require_finite};
use crate::estimate::{Comparison, DfMethod};
use crate::sample::Sample;
use nalgebra::{DMatrix, DVector};

/// A column shorter than this after removing the columns before it, of length 1
/// at first, is a combination of them.
const RANK_TOLERANCE: f64 = 1e-13;
/// Refinements; each gains the digits that the conditioning leaves.
const REFINEMENTS: usize = 4;

/// A fitted linear model.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearFit {
    /// Names of the columns.
    pub names: Vec<String>,
    /// Coefficients.
    pub coefficients: Vec<f64>,
    /// Covariance of the coefficients.
    pub covariance: Vec<Vec<f64>>,
    /// Residual sum of squares.
    pub rss: f64,
    /// Residual degrees of freedom.
    pub df: f64,
    /// Residual standard deviation.
    pub sigma: f64,
    /// Share of the variance about the mean that is explained; for designs that
    /// hold a constant.
    pub r_squared: f64,
}

impl LinearFit {
    /// Standard error of a coefficient.
    pub fn se(&self, k: usize) -> f64 {
        self.covariance[k][k].sqrt()
    }

    /// Σ weights × coefficients, tested against zero with the residual degrees
    /// of freedom.
    ///
    /// # Errors
    /// Wrong number of weights, residuals of zero.
    pub fn contrast(&self, weights: &[f64], level: f64) -> Result<Comparison, StatisticsError> {
        crate::error::require_open_unit("confidence level", level)?;
        let (estimate, variance) = combination(&self.coefficients, &self.covariance, weights)?;
        if variance <= 0.0 {
            return Err(StatisticsError::ZeroVariance { what: "residuals of the regression".to_owned() });
        }
        Ok(Comparison::from_t(estimate, variance.sqrt(), self.df, level, DfMethod::Residual))
    }
}

/// Σ weights × coefficients with its variance, w′Vw.
///
/// # Errors
/// Wrong number of weights.
pub(crate) fn combination(
    coefficients: &[f64],
    covariance: &[Vec<f64>],
    weights: &[f64],
) -> Result<(f64, f64), StatisticsError> {
    if weights.len() != coefficients.len() {
        let (expected, found) = (coefficients.len(), weights.len());
        return Err(StatisticsError::LengthMismatch { what: "contrast weights".to_owned(), expected, found });
    }
    let product = |row: &[f64]| row.iter().zip(weights).map(|(v, w)| v * w).sum::<f64>();
    let variance = covariance.iter().zip(weights).map(|(row, w)| w * product(row)).sum();
    Ok((product(coefficients), variance))
}

/// Fits `response` to the columns of `design`.
///
/// # Errors
/// Lengths that differ, values not finite, no residual degree of freedom, a
/// column that is a combination of earlier ones.
pub fn fit(design: &Design, response: &[f64]) -> Result<LinearFit, StatisticsError> {
    let (n, p) = (design.rows(), design.columns());
    if response.len() != n {
        return Err(StatisticsError::LengthMismatch {
            what: "response".to_owned(),
            expected: n,
            found: response.len(),
        });
    }
    require_finite("response", response)?;
    require_count("observations", n, p + 1)?;
    let x = DMatrix::from_fn(n, p, |i, j| design.row(i)[j]);
    // Powers of two: scaling changes no digit.
    let scale: Vec<f64> = (0..p).map(|j| 2f64.powi(libm::log2(x.column(j).norm()).round() as i32)).collect();
    if let Some(zero) = (0..p).find(|&j| x.column(j).norm() == 0.0) {
        return Err(deficient(design, zero));
    }
    let scaled = DMatrix::from_fn(n, p, |i, j| x[(i, j)] / scale[j]);
    let qr = scaled.clone().qr();
    let (q, r) = (qr.q(), qr.r());
    if let Some(short) = (0..p).find(|&j| r[(j, j)].abs() < RANK_TOLERANCE * scaled.column(j).norm()) {
        return Err(deficient(design, short));
    }
    let y = DVector::from_column_slice(response);
    let (b, residual) = refined(&scaled, &q, &r, &y).ok_or_else(|| deficient(design, p - 1))?;
    let coefficients: Vec<f64> = b.iter().zip(&scale).map(|(b, s)| b / s).collect();
    let rss = residual.norm_squared();
    let df = (n - p) as f64;
    let inverse = r.solve_upper_triangular(&DMatrix::identity(p, p)).ok_or_else(|| deficient(design, p - 1))?;
    let unit = &inverse * inverse.transpose();
    let covariance =
        (0..p).map(|i| (0..p).map(|j| rss / df * unit[(i, j)] / (scale[i] * scale[j])).collect()).collect();
    let total = Sample::new(response)?.sum_of_squares();
    Ok(LinearFit {
        names: design.names().to_vec(),
        coefficients,
        covariance,
        rss,
        df,
        sigma: (rss / df).sqrt(),
        r_squared: 1.0 - rss / total,
    })
}

/// Coefficients and residuals of `y` on the columns of `x` = QR, refined in the
/// augmented system; `None` if R is singular.
fn refined(
    x: &DMatrix<f64>,
    q: &DMatrix<f64>,
    r: &DMatrix<f64>,
    y: &DVector<f64>,
) -> Option<(DVector<f64>, DVector<f64>)> {
    let (n, p) = x.shape();
    let (mut b, mut residual) = (DVector::<f64>::zeros(p), DVector::<f64>::zeros(n));
    for _ in 0..=REFINEMENTS {
        // f = y − r − X b and g = −X' r, the residuals of the augmented system.
        let f = DVector::from_fn(n, |i, _| {
            let row = x.row(i);
            let mut sum = Twice::of(y[i]).plus(-residual[i]);
            for j in 0..p {
                sum = sum.minus_product(row[j], b[j]);
            }
            sum.value()
        });
        let g = DVector::from_fn(p, |j, _| {
            let mut sum = Twice::of(0.0);
            for i in 0..n {
                sum = sum.minus_product(x[(i, j)], residual[i]);
            }
            sum.value()
        });
        let h = r.tr_solve_upper_triangular(&g)?;
        let inside = q.tr_mul(&f);
        b += r.solve_upper_triangular(&(&inside - &h))?;
        // What lies outside the columns, and what g asks for inside.
        residual += &f - q * (inside - h);
    }
    Some((b, residual))
}

fn deficient(design: &Design, column: usize) -> StatisticsError {
    StatisticsError::RankDeficient { column, name: design.names()[column].clone() }
}

/// A sum in twice the working precision (Dekker 1971; Knuth).
#[derive(Clone, Copy)]
struct Twice {
    high: f64,
    low: f64,
}

impl Twice {
    fn of(value: f64) -> Twice {
        Twice { high: value, low: 0.0 }
    }

    fn plus(self, value: f64) -> Twice {
        let high = self.high + value;
        let part = high - self.high;
        let error = (self.high - (high - part)) + (value - part);
        Twice { high, low: self.low + error }
    }

    fn minus_product(self, a: f64, b: f64) -> Twice {
        let product = a * b;
        let error = a.mul_add(b, -product);
        let sum = self.plus(-product);
        Twice { low: sum.low - error, ..sum }
    }

    fn value(self) -> f64 {
        self.high + self.low
    }
}
