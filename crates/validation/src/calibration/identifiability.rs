//! Which parameters the calibration records determine, and which they leave
//! open.
//!
//! Outcomes y (means of the arms, each in units of its tolerance) are linear in
//! the parameters x (0 to 1 across the bounds) near the best set:
//! J = ∂y/∂x by central differences. With a flat prior of standard deviation
//! s₀ = 1/√12 on every x, the covariance of x is (JᵀJ + I/s₀²)⁻¹; a parameter
//! whose standard deviation stays near s₀ is not determined.

use super::{FREE, FreeParameter};
use crate::calibration::calibrate::{CalibrationOptions, evaluate, targets};
use crate::error::ValidationError;
use crate::outcomes::record::{Quantity, Record};
use crate::outcomes::scoreboard::Row;
use nalgebra::DMatrix;
use serde::Serialize;

/// Half of the difference of two places, share of the range.
const STEP: f64 = 0.05;

/// What the outcomes say about the parameters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Identifiability {
    /// Singular values of J, largest first: tolerances per whole range.
    pub singular_values: Vec<f64>,
    /// Standard deviation left to every free parameter, as a share of that of a
    /// parameter that nothing is known about but its bounds.
    pub left_open: Vec<(String, f64)>,
}

/// Central differences at the shipped set.
///
/// # Errors
/// A record that is not an experiment, or a slice that fails near the set.
pub fn identifiability(
    records: &[Record],
    options: CalibrationOptions,
    done: &mut dyn FnMut(),
) -> Result<Identifiability, ValidationError> {
    let records = targets(records);
    let centre: Vec<f64> = FREE.iter().map(FreeParameter::place_of_default).collect();
    let mut columns = Vec::with_capacity(FREE.len());
    for parameter in 0..FREE.len() {
        let mut at = |offset: f64| -> Result<(f64, Vec<f64>), ValidationError> {
            let mut x = centre.clone();
            x[parameter] = (x[parameter] + offset).clamp(0.0, 1.0);
            let outcomes = outcomes(&evaluate(&records, &x, options)?);
            done();
            Ok((x[parameter], outcomes))
        };
        let ((from, low), (to, high)) = (at(-STEP)?, at(STEP)?);
        columns.push(low.iter().zip(&high).map(|(low, high)| (high - low) / (to - from)).collect::<Vec<_>>());
    }
    Ok(from_columns(&columns))
}

/// Means of all arms in units of their tolerance: 10 points, or 0.15 of a ratio.
fn outcomes(rows: &[Row]) -> Vec<f64> {
    let unit = |row: &Row| match row.quantity {
        Quantity::Potentiation => 10.0,
        Quantity::PairedPulseRatio => 0.15,
    };
    let of_row = |row: &Row| {
        let unit = unit(row);
        row.arms.iter().map(|arm| arm.spread.map_or(0.0, |spread| spread.mean) / unit).collect::<Vec<_>>()
    };
    rows.iter().flat_map(of_row).collect()
}

fn from_columns(columns: &[Vec<f64>]) -> Identifiability {
    let (rows, parameters) = (columns.first().map_or(0, Vec::len), columns.len());
    let jacobian = DMatrix::from_fn(rows, parameters, |row, column| columns[column][row]);
    let mut singular_values: Vec<f64> = jacobian.clone().svd(false, false).singular_values.iter().copied().collect();
    singular_values.sort_by(|a, b| b.total_cmp(a));
    // 1/s0² = 12 for a uniform prior on [0, 1].
    let information = jacobian.transpose() * &jacobian + DMatrix::identity(parameters, parameters) * 12.0;
    let covariance = information.try_inverse();
    let share = |place: usize| covariance.as_ref().map_or(f64::NAN, |c| (12.0 * c[(place, place)]).sqrt());
    let left_open = (0..parameters).map(|place| (FREE[place].path.to_owned(), share(place))).collect();
    Identifiability { singular_values, left_open }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_without_effect_stays_open_and_a_strong_one_does_not() {
        let mut columns = vec![vec![0.0, 0.0]; FREE.len()];
        columns[0] = vec![100.0, 0.0];
        let found = from_columns(&columns);
        assert!((found.singular_values[0] - 100.0).abs() < 1e-9 && found.singular_values[1].abs() < 1e-9);
        assert!((found.left_open[0].1 - (12.0_f64 / 10_012.0).sqrt()).abs() < 1e-12);
        assert!((found.left_open[1].1 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn two_parameters_that_act_alike_leave_each_other_open() {
        let mut columns = vec![vec![0.0, 0.0]; FREE.len()];
        columns[0] = vec![50.0, 0.0];
        columns[1] = vec![-50.0, 0.0];
        let found = from_columns(&columns);
        assert!(found.left_open[0].1 > 0.7 && found.left_open[1].1 > 0.7, "{:?}", found.left_open);
    }
}
