//! Profile-likelihood intervals: all v with
//! RSS(θ_k = v) ≤ RSS_min (1 + F_{1,df}/df)
//! (Bates & Watts 1988, Nonlinear Regression Analysis, section 6.1).

use crate::dist::{quadrature, student_t};
use crate::error::{StatisticsError, require_open_unit};
use crate::least_squares::descent::{Descent, descend};
use crate::least_squares::model::{LeastSquares, Model};
use std::cell::RefCell;

/// Doublings of the distance after which a side counts as unbounded.
const DOUBLINGS: usize = 22;

impl LeastSquares {
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
        let critical = student_t::quantile_upper(0.5 * (1.0 - level), self.df);
        Ok(self.profile_at(model, response, k, (self.rss / self.df, critical)))
    }

    /// Limits of parameter `k` where the residual sum of squares has risen by
    /// `critical`² times `variance`.
    pub(crate) fn profile_at(
        &self,
        model: &dyn Model,
        response: &[f64],
        k: usize,
        (variance, critical): (f64, f64),
    ) -> (Option<f64>, Option<f64>) {
        // Each side starts from the unconstrained fit.
        let side = |direction: f64| Profile::new(self, model, response, k, (variance, critical)).limit(direction);
        (side(-1.0), side(1.0))
    }
}

/// The profile of one parameter.
struct Profile<'a> {
    fit: &'a LeastSquares,
    model: &'a dyn Model,
    response: &'a [f64],
    k: usize,
    /// The other parameters.
    free: Vec<usize>,
    /// s².
    variance: f64,
    /// Root of the rise of RSS, in units of s², at the limits.
    critical: f64,
    /// The last constrained fit starts the next one; should that lead nowhere, the
    /// unconstrained fit does.
    last: RefCell<Vec<f64>>,
}

impl<'a> Profile<'a> {
    fn new(
        fit: &'a LeastSquares,
        model: &'a dyn Model,
        response: &'a [f64],
        k: usize,
        (variance, critical): (f64, f64),
    ) -> Self {
        let free = (0..fit.estimates.len()).filter(|&i| i != k).collect();
        let last = RefCell::new(fit.estimates.clone());
        Self { fit, model, response, k, free, variance, critical, last }
    }

    /// The best fit with the parameter at `value`, from one start.
    fn constrained(&self, start: &[f64], value: f64) -> Descent {
        let mut start = start.to_vec();
        start[self.k] = value;
        descend(self.model, self.response, &start, &self.free)
    }

    /// Signed root of the rise of RSS in units of s², less its bound: nearly linear
    /// in the value.
    fn rise(&self, value: f64) -> f64 {
        let mut best = self.constrained(&self.last.borrow(), value);
        if !best.converged {
            let other = self.constrained(&self.fit.estimates, value);
            if other.rss < best.rss || !best.rss.is_finite() {
                best = other;
            }
        }
        if !best.rss.is_finite() {
            return f64::NAN;
        }
        let rise = ((best.rss - self.fit.rss) / self.variance).max(0.0).sqrt();
        *self.last.borrow_mut() = best.theta;
        // A limit is good to 1e-11 standard errors.
        if (rise - self.critical).abs() < 1e-11 { 0.0 } else { rise - self.critical }
    }

    /// The limit on one side (`direction` ±1).
    fn limit(&self, direction: f64) -> Option<f64> {
        let estimate = self.fit.estimates[self.k];
        let se = self.fit.se(self.k);
        if self.variance == 0.0 || se == 0.0 {
            return Some(estimate);
        }
        let mut inner = estimate;
        let mut distance = self.critical * se;
        for _ in 0..DOUBLINGS {
            let outer = estimate + direction * distance;
            let value = self.rise(outer);
            if value.is_nan() {
                // Outside the domain: look between the last good point and here.
                distance = 0.5 * (distance + (inner - estimate).abs());
                if (distance - (inner - estimate).abs()).abs() <= 1e-9 * distance {
                    return None;
                }
                continue;
            }
            if value >= 0.0 {
                let (low, high) = if direction > 0.0 { (inner, outer) } else { (outer, inner) };
                return quadrature::root(|value| self.rise(value), low, high);
            }
            inner = outer;
            distance *= 2.0;
        }
        None
    }
}
