//! Nonlinear least squares: multi-start Levenberg–Marquardt, covariance from
//! J′J, and profile-likelihood intervals.
//!
//! Steps solve (J′J + λD²) δ = J′r by orthogonal factorisation (Moré 1978,
//! Lecture Notes in Mathematics 630:105). Convergence is the relative offset of
//! Bates & Watts (1981, Technometrics 23:179): the part of the residual that
//! the tangent plane still explains, over the part that it does not.
//!
//! Profile interval: all v with RSS(θ_k = v) ≤ RSS_min (1 + F_{1,df}/df)
//! (Bates & Watts 1988, Nonlinear Regression Analysis, section 6.1).

use crate::least_squares::descent;
use crate::least_squares::profile;

use crate::dist::student_t;
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit};
use crate::least_squares::descent::{Descent, descend};
use crate::least_squares::factor::Factor;

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
        -0.5 * n * ((2.0 * std::f64::consts::PI * self.rss / n).ln() + 1.0)
    }

    /// Akaike's criterion; the variance counts as a parameter.
    pub fn aic(&self) -> f64 {
        -2.0 * self.log_likelihood() + 2.0 * (self.estimates.len() as f64 + 1.0)
    }

    /// Schwarz's criterion; the variance counts as a parameter.
    pub fn bic(&self) -> f64 {
        -2.0 * self.log_likelihood() + (self.n as f64).ln() * (self.estimates.len() as f64 + 1.0)
    }

    /// Profile-likelihood limits of parameter `k`; `None` on a side where the
    /// residual sum of squares never reaches its bound.
    ///
    /// # Errors
    /// Level outside (0, 1).
    pub fn profile(
        &self,
        model: &dyn Model,
        response: &[f64],
        k: usize,
        level: f64,
    ) -> Result<(Option<f64>, Option<f64>), StatisticsError> {
        require_open_unit("confidence level", level)?;
        Ok((
            profile::limit(self, model, response, k, level, -1.0),
            profile::limit(self, model, response, k, level, 1.0),
        ))
    }
}

/// Descents that must end in the same best minimum before the other starting
/// points are left out.
const AGREEING_STARTS: usize = 3;

/// The best fit from several starting points, the most promising first.
///
/// # Errors
/// No more observations than parameters, a response not finite, no start given;
/// [`StatisticsError::NotConverged`] if no start converges;
/// [`StatisticsError::Undefined`] if J is singular at the best point, so that
/// the data do not determine all parameters.
pub fn fit(model: &dyn Model, response: &[f64], starts: &[Vec<f64>]) -> Result<LeastSquares, StatisticsError> {
    let p = model.parameters();
    require_finite("response", response)?;
    require_count("observations", response.len(), p + 1)?;
    require_count("starting points", starts.len(), 1)?;
    let free: Vec<usize> = (0..p).collect();
    let mut best: Option<Descent> = None;
    let mut agreeing = 0;
    for start in starts {
        let found = descend(model, response, start, &free);
        // A converged point is preferred; a diverging one may lie a hair lower
        // on its way to infinity.
        let better = best.as_ref().is_none_or(|b| {
            let margin = if b.converged == found.converged { 0.0 } else { 1e-7 * b.rss };
            if found.converged && !b.converged { found.rss < b.rss + margin } else { found.rss < b.rss - margin }
        });
        let same =
            best.as_ref().is_some_and(|b| b.converged && found.converged && (found.rss - b.rss).abs() <= 1e-9 * b.rss);
        if same {
            agreeing += 1;
        } else if better {
            agreeing = 1;
        }
        if found.rss.is_finite() && better {
            best = Some(found);
        }
        if agreeing == AGREEING_STARTS {
            break;
        }
    }
    let not_converged =
        || StatisticsError::NotConverged { what: "least squares".to_owned(), iterations: descent::ITERATIONS };
    let best = best.ok_or_else(not_converged)?;
    let factor = Factor::new(model, response, &best.theta, &free);
    let Some(inverse) = factor.and_then(|f| f.inverse_of_gram()) else {
        return Err(StatisticsError::Undefined {
            what: "covariance of the parameters".to_owned(),
            why: "the data do not determine all parameters".to_owned(),
        });
    };
    if !best.converged {
        return Err(not_converged());
    }
    let n = response.len();
    let df = (n - p) as f64;
    let scale = best.rss / df;
    let covariance = inverse.iter().map(|row| row.iter().map(|v| v * scale).collect()).collect();
    Ok(LeastSquares { estimates: best.theta, covariance, rss: best.rss, n, df })
}
