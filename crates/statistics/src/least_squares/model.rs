//! What is fitted, and the fit.

use crate::dist::student_t;

/// A model y = f(θ) with derivatives, one prediction per observation.
pub trait Model {
    /// Number of parameters.
    fn parameters(&self) -> usize;
    /// Prediction for observation `row`; NaN where θ is outside the domain.
    fn value(&self, theta: &[f64], row: usize) -> f64;
    /// Derivatives of [`Model::value`] along each parameter.
    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]);
}

/// A least-squares fit.
#[derive(Debug, Clone, PartialEq)]
pub struct LeastSquares {
    /// Estimates.
    pub estimates: Vec<f64>,
    /// Covariance s² (J′J)⁻¹.
    pub covariance: Vec<Vec<f64>>,
    /// Residual sum of squares.
    pub rss: f64,
    /// Observations.
    pub n: usize,
    /// Residual degrees of freedom n − p.
    pub df: f64,
}

impl LeastSquares {
    /// Residual standard deviation.
    pub fn sigma(&self) -> f64 {
        (self.rss / self.df).sqrt()
    }

    /// Standard error of parameter `k`.
    pub fn se(&self, k: usize) -> f64 {
        self.covariance[k][k].sqrt()
    }

    /// Wald limits of parameter `k`, t with the residual degrees of freedom.
    pub fn wald(&self, k: usize, level: f64) -> (f64, f64) {
        let margin = student_t::quantile_upper(0.5 * (1.0 - level), self.df) * self.se(k);
        (self.estimates[k] - margin, self.estimates[k] + margin)
    }

    /// Gaussian log-likelihood with the variance at its maximum, RSS/n.
    pub fn log_likelihood(&self) -> f64 {
        let n = self.n as f64;
        -0.5 * n * (libm::log(2.0 * std::f64::consts::PI * self.rss / n) + 1.0)
    }

    /// Akaike's criterion; the variance counts as a parameter.
    pub fn aic(&self) -> f64 {
        -2.0 * self.log_likelihood() + 2.0 * (self.estimates.len() as f64 + 1.0)
    }

    /// Schwarz's criterion; the variance counts as a parameter.
    pub fn bic(&self) -> f64 {
        -2.0 * self.log_likelihood() + libm::log(self.n as f64) * (self.estimates.len() as f64 + 1.0)
    }
}
