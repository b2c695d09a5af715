//! Calibration: the free parameters moved until the calibration records are
//! met as closely as the model allows, and what the records leave open.
//!
//! The misfit is the sum of squared residuals over all published results; see
//! [`misfit`]. It is minimised inside bounds by BOBYQA (Powell 2009,
//! Cambridge report NA06), on the logarithm of each parameter across its range.
//! Every evaluation uses the same random numbers, so the misfit is a smooth
//! function of the parameters apart from single spikes and releases.

use crate::calibration::free::{FREE, FreeParameter};
use crate::calibration::residuals::misfit;

use crate::error::ValidationError;
use crate::outcomes::record::{Record, Role};
use crate::outcomes::scoreboard::{Options, Row, scoreboard};
use crate::search::minimise;
use serde::Serialize;

/// First and last step of the search, share of the range.
const STEPS: [f64; 2] = [0.08, 0.005];

/// A point of the search: the free parameters with their values, in the order
/// of [`FREE`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ParameterSet {
    /// Values in the units of the parameter table.
    pub values: Vec<(String, f64)>,
    /// Sum of squared residuals.
    pub misfit: f64,
}

/// What a calibration did.
#[derive(Clone, Debug, Serialize)]
pub struct Calibration {
    /// Set that the search began with.
    pub start: ParameterSet,
    /// Best set found.
    pub best: ParameterSet,
    /// Sets tried.
    pub evaluations: usize,
    /// The scoreboard of the best set.
    pub rows: Vec<Row>,
}

/// How to calibrate.
#[derive(Clone, Copy, Debug)]
pub struct CalibrationOptions {
    /// Animals per arm.
    pub animals: u32,
    /// Most sets to try.
    pub evaluations: usize,
    /// Seed of slices.
    pub seed: u64,
}

/// The calibration records of `records`; nothing else may set a parameter.
pub(crate) fn targets(records: &[Record]) -> Vec<Record> {
    records.iter().filter(|record| record.role == Role::Calibration).cloned().collect()
}

/// Simulates the calibration records with the parameters at `x`.
pub(crate) fn evaluate(
    records: &[Record],
    x: &[f64],
    options: CalibrationOptions,
) -> Result<Vec<Row>, ValidationError> {
    let changes = FREE.iter().zip(x).map(|(free, x)| (free.path.to_owned(), free.value_at(*x))).collect();
    let options = Options { animals: options.animals, seed: options.seed, changes };
    scoreboard(records, &options, &mut |_| ())
}

fn set_at(x: &[f64], misfit: f64) -> ParameterSet {
    ParameterSet {
        values: FREE.iter().zip(x).map(|(free, x)| (free.path.to_owned(), free.value_at(*x))).collect(),
        misfit,
    }
}

/// Searches for the set of free parameters that meets the calibration records
/// best, from the shipped one on. `done` hears of every set with its misfit.
///
/// # Errors
/// A record that is not an experiment, or a search that cannot start.
pub fn calibrate(
    records: &[Record],
    options: CalibrationOptions,
    done: &mut dyn FnMut(f64),
) -> Result<Calibration, ValidationError> {
    let records = targets(records);
    let mut x: Vec<f64> = FREE.iter().map(FreeParameter::place_of_default).collect();
    let start = set_at(&x, misfit(&records, &evaluate(&records, &x, options)?));
    let mut evaluations = 0;
    let objective = |x: &[f64]| {
        evaluations += 1;
        // A set with which the model fails is as bad as any.
        let value = evaluate(&records, x, options).map_or(f64::MAX.sqrt(), |rows| misfit(&records, &rows));
        done(value);
        value
    };
    minimise(objective, &mut x, STEPS, options.evaluations)?;
    let rows = evaluate(&records, &x, options)?;
    let best = set_at(&x, misfit(&records, &rows));
    Ok(Calibration { start, best, evaluations, rows })
}
