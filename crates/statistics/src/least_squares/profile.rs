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
        Ok((limit(self, model, response, k, level, -1.0), limit(self, model, response, k, level, 1.0)))
    }
}

/// The limit of parameter `k` on one side (`direction` ±1).
fn limit(fit: &LeastSquares, model: &dyn Model, response: &[f64], k: usize, level: f64, direction: f64) -> Option<f64> {
    let variance = fit.rss / fit.df;
    let critical = student_t::quantile_upper(0.5 * (1.0 - level), fit.df);
    let se = fit.se(k);
    if variance == 0.0 || se == 0.0 {
        return Some(fit.estimates[k]);
    }
    let free: Vec<usize> = (0..fit.estimates.len()).filter(|&i| i != k).collect();
    // The last constrained fit starts the next one; should that lead nowhere, the
    // unconstrained fit does.
    let last = RefCell::new(fit.estimates.clone());
    let from = |start: &[f64], value: f64| -> Descent {
        let mut start = start.to_vec();
        start[k] = value;
        descend(model, response, &start, &free)
    };
    // Signed root of the rise of RSS in units of s²: nearly linear in the value.
    let rise = |value: f64| -> f64 {
        let mut best = from(&last.borrow(), value);
        if !best.converged {
            let other = from(&fit.estimates, value);
            if other.rss < best.rss || !best.rss.is_finite() {
                best = other;
            }
        }
        if !best.rss.is_finite() {
            return f64::NAN;
        }
        let rise = ((best.rss - fit.rss) / variance).max(0.0).sqrt();
        *last.borrow_mut() = best.theta;
        // A limit is good to 1e-11 standard errors.
        if (rise - critical).abs() < 1e-11 { 0.0 } else { rise - critical }
    };
    let mut inner = fit.estimates[k];
    let mut distance = critical * se;
    for _ in 0..DOUBLINGS {
        let outer = fit.estimates[k] + direction * distance;
        let value = rise(outer);
        if value.is_nan() {
            // Outside the domain: look between the last good point and here.
            distance = 0.5 * (distance + (inner - fit.estimates[k]).abs());
            if (distance - (inner - fit.estimates[k]).abs()).abs() <= 1e-9 * distance {
                return None;
            }
            continue;
        }
        if value >= 0.0 {
            let (low, high) = if direction > 0.0 { (inner, outer) } else { (outer, inner) };
            return quadrature::root(rise, low, high);
        }
        inner = outer;
        distance *= 2.0;
    }
    None
}
