//! What the control group leaves open of the fitted parameters.
//!
//! Residuals r = √w (simulated − recorded) / error are linear in the parameters
//! x (0 to 1 across the bounds) near the best set: J = ∂r/∂x by central
//! differences. With a flat prior of standard deviation s₀ = 1/√12 on every x,
//! the covariance of x is (JᵀJ + I/s₀²)⁻¹.

use super::numbers::Model;
use crate::error::ValidationError;
use nalgebra::DMatrix;
use statistics::dist::normal;
use statistics::random::Stream;

/// Half of the difference of two places, share of the range.
const STEP: f64 = 0.05;

/// Variance of a uniform prior on [0, 1], inverted.
const PRIOR: f64 = 12.0;

/// Covariance of the parameters, in shares of their ranges.
pub(super) struct LeftOpen {
    covariance: DMatrix<f64>,
}

/// Central differences around `best`.
pub(super) fn left_open(model: &Model, best: &[f64], done: &mut dyn FnMut()) -> Result<LeftOpen, ValidationError> {
    let mut columns = Vec::with_capacity(best.len());
    for place in 0..best.len() {
        let mut at = |offset: f64| -> Result<(f64, Vec<f64>), ValidationError> {
            let mut x = best.to_vec();
            x[place] = (x[place] + offset).clamp(0.0, 1.0);
            let found = model.simulate(&x)?;
            done();
            Ok((x[place], found))
        };
        let ((from, low), (to, high)) = (at(-STEP)?, at(STEP)?);
        let scaled = model.targets.iter().zip(low.iter().zip(&high)).map(|(target, (low, high))| {
            let change = target.weight.sqrt() * (high - low) / target.error / (to - from);
            // A number that cannot be measured on one side says nothing.
            if change.is_finite() { change } else { 0.0 }
        });
        columns.push(scaled.collect::<Vec<f64>>());
    }
    Ok(from_columns(&columns))
}

fn from_columns(columns: &[Vec<f64>]) -> LeftOpen {
    let (rows, parameters) = (columns.first().map_or(0, Vec::len), columns.len());
    let jacobian = DMatrix::from_fn(rows, parameters, |row, column| columns[column][row]);
    let information = jacobian.transpose() * &jacobian + DMatrix::identity(parameters, parameters) * PRIOR;
    // Positive definite: the smallest eigenvalue is that of the prior at least.
    let covariance = information.try_inverse().unwrap_or_else(|| DMatrix::identity(parameters, parameters) / PRIOR);
    LeftOpen { covariance }
}

impl LeftOpen {
    /// Standard deviation of a parameter, share of its range.
    pub(super) fn sd(&self, place: usize) -> f64 {
        self.covariance[(place, place)].max(0.0).sqrt()
    }

    /// The same as a share of what the bounds alone leave.
    pub(super) fn share(&self, place: usize) -> f64 {
        self.sd(place) * PRIOR.sqrt()
    }

    /// Sets drawn around `best`, kept inside the bounds.
    pub(super) fn draws(&self, best: &[f64], count: usize, seed: u64) -> Vec<Vec<f64>> {
        let n = best.len();
        let root = self.covariance.clone().cholesky().map_or_else(|| DMatrix::zeros(n, n), |found| found.l());
        let one = |number: usize| {
            let mut stream = Stream::new(seed, number as u64);
            let z: Vec<f64> = (0..n).map(|_| normal::quantile(stream.unit().max(1e-12))).collect();
            let offset = |row: usize| (0..=row).map(|column| root[(row, column)] * z[column]).sum::<f64>();
            (0..n).map(|row| (best[row] + offset(row)).clamp(0.0, 1.0)).collect()
        };
        (0..count).map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_without_effect_stays_open_and_draws_show_it() {
        let left = from_columns(&[vec![100.0, 0.0], vec![0.0, 0.0]]);
        assert!(left.share(0) < 0.05 && (left.share(1) - 1.0).abs() < 1e-12);
        let draws = left.draws(&[0.5, 0.5], 400, 1);
        let spread =
            |place: usize| (draws.iter().map(|x| (x[place] - 0.5).powi(2)).sum::<f64>() / draws.len() as f64).sqrt();
        assert!((spread(0) / left.sd(0) - 1.0).abs() < 0.1, "{}", spread(0));
        // The bounds cut the tails of an open parameter.
        assert!(spread(1) > 0.2 && spread(1) < left.sd(1), "{}", spread(1));
    }

    #[test]
    fn parameters_that_act_alike_leave_each_other_open_but_not_their_sum() {
        let left = from_columns(&[vec![50.0], vec![50.0]]);
        assert!(left.share(0) > 0.7 && left.share(1) > 0.7);
        let draws = left.draws(&[0.5, 0.5], 200, 7);
        let inside = draws.iter().filter(|x| x.iter().all(|x| *x > 0.0 && *x < 1.0));
        for x in inside {
            assert!((x[0] + x[1] - 1.0).abs() < 0.1, "{x:?}");
        }
    }
}
