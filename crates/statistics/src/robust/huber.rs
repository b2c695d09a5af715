//! Huber's M-estimates of a linear model.
//!
//!   Σ ψ(rᵢ/s) xᵢ = 0,  ψ(z) = max(−k, min(k, z)),  k = 1.345
//!   s = median |rᵢ| / 0.6745
//!   cov = K² · [Σ ψ² s²/(n − p)] / (Σ ψ′/n)² · (X'X)⁻¹,  K = 1 + (p/n) Var(ψ′)/(mean ψ′)²
//!
//! Huber 1981, Robust Statistics, 7.6 (the form "H1" of statsmodels `RLM`), by iterated
//! weights min(1, k/|z|). k = 1.345 keeps 95 % of the efficiency with normal residuals.

use crate::design::Design;
use crate::dist::normal;
use crate::error::{StatisticsError, require_open_unit};
use crate::estimate::{Comparison, DfMethod};
use crate::linear;
use nalgebra::{DMatrix, DVector};

/// Bend of ψ.
const BEND: f64 = 1.345;

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct HuberFit {
    /// Coefficients.
    pub coefficients: Vec<f64>,
    /// Covariance of the coefficients.
    pub covariance: Vec<Vec<f64>>,
    /// Robust residual SD s.
    pub scale: f64,
    /// Residual degrees of freedom n − p.
    pub df: f64,
    /// Weight of each observation, 1 for those that the fit follows fully.
    pub weights: Vec<f64>,
}

impl HuberFit {
    /// Σ weights × coefficients against 0, with t of the residual degrees of freedom.
    ///
    /// # Errors
    /// Wrong number of weights, level outside (0, 1).
    pub fn contrast(&self, weights: &[f64], level: f64) -> Result<Comparison, StatisticsError> {
        require_open_unit("confidence level", level)?;
        let (estimate, variance) = linear::combination(&self.coefficients, &self.covariance, weights)?;
        Ok(Comparison::from_t(estimate, variance.sqrt(), self.df, level, DfMethod::Residual))
    }
}

/// Fits `response` to the columns of `design`.
///
/// # Errors
/// As [`linear::fit`]; more than half of the residuals 0.
pub fn huber(design: &Design, response: &[f64]) -> Result<HuberFit, StatisticsError> {
    let start = linear::fit(design, response)?;
    let (n, p) = (design.rows(), design.columns());
    let x = DMatrix::from_fn(n, p, |i, j| design.row(i)[j]);
    let y = DVector::from_column_slice(response);
    let mut beta = DVector::from_column_slice(&start.coefficients);
    let singular = || StatisticsError::ZeroVariance { what: "more than half of the residuals".to_owned() };
    let mut settled = false;
    for _ in 0..500 {
        let residual = &y - &x * &beta;
        let scale = median_scale(&residual).ok_or_else(singular)?;
        let weight = residual.map(|r| weight(r / scale));
        let weighted = DMatrix::from_fn(n, p, |i, j| x[(i, j)] * weight[i]);
        let factor = (x.transpose() * &weighted).cholesky().ok_or_else(singular)?;
        let next = factor.solve(&(weighted.transpose() * &y));
        let relative = |j: usize| (next[j] - beta[j]).abs() / start.se(j).max(1e-300);
        let largest = (0..p).map(relative).fold(0.0, f64::max);
        beta = next;
        if largest < 1e-12 {
            settled = true;
            break;
        }
    }
    if !settled {
        return Err(StatisticsError::NotConverged { what: "Huber's estimate".to_owned(), iterations: 500 });
    }
    let residual = &y - &x * &beta;
    let scale = median_scale(&residual).ok_or_else(singular)?;
    let (size, columns) = (n as f64, p as f64);
    let inside: f64 = residual.iter().filter(|r| (*r / scale).abs() <= BEND).count() as f64 / size;
    let squares: f64 = residual.iter().map(|r| (r / scale).clamp(-BEND, BEND) * scale).map(|v| v * v).sum();
    let correction = 1.0 + columns / size * inside * (1.0 - inside) / (inside * inside);
    let variance = correction * correction * squares / (size - columns) / (inside * inside);
    let inverse = (x.transpose() * &x).cholesky().ok_or_else(singular)?.inverse();
    Ok(HuberFit {
        coefficients: beta.iter().copied().collect(),
        covariance: (0..p).map(|i| (0..p).map(|j| variance * inverse[(i, j)]).collect()).collect(),
        scale,
        df: size - columns,
        weights: residual.iter().map(|r| weight(r / scale)).collect(),
    })
}

fn weight(z: f64) -> f64 {
    if z.abs() <= BEND { 1.0 } else { BEND / z.abs() }
}

/// Median of |r| as an SD; `None` if it is 0.
fn median_scale(residual: &DVector<f64>) -> Option<f64> {
    let mut size: Vec<f64> = residual.iter().map(|r| r.abs()).collect();
    size.sort_by(f64::total_cmp);
    let median = crate::sample::quantile_of_sorted(&size, 0.5);
    (median > 0.0).then(|| median / normal::quantile(0.75))
}
