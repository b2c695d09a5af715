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
use crate::verdict::Verdict;
use serde::Serialize;
use statistics::dist::normal;
use statistics::random::Stream;

/// First and last step of the search, share of the range.
const STEPS: [f64; 2] = [0.08, 0.005];

/// How far members of an ensemble lie from the best set, standard deviation as
/// a share of the range of each parameter.
const SPREAD: f64 = 0.08;

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
    /// Seed of slices and, for ensembles, of the draws.
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

/// Draws sets around the shipped one and keeps those with which no calibration
/// row fails that the shipped set meets, until there are `wanted` or `options.evaluations` were tried.
/// `done` hears of every set. The records with the fewest pulses come first, and
/// the first failed row rejects a set.
///
/// # Errors
/// A record that is not an experiment.
pub fn accepted_sets(
    records: &[Record],
    wanted: usize,
    options: CalibrationOptions,
    done: &mut dyn FnMut(&Draw),
) -> Result<Vec<ParameterSet>, ValidationError> {
    let mut records = targets(records);
    let mut costs = Vec::with_capacity(records.len());
    for record in &records {
        costs.push((record.id.clone(), pulses(record, options)?));
    }
    let cost = |record: &Record| costs.iter().find(|(id, _)| *id == record.id).map_or(0, |(_, cost)| *cost);
    records.sort_by_key(cost);
    let centre: Vec<f64> = FREE.iter().map(FreeParameter::place_of_default).collect();
    // A row that the shipped set misses tells nothing about its neighbours.
    let missed: Vec<(String, String)> = failures(&evaluate(&records, &centre, options)?).collect();
    let mut kept = Vec::new();
    for number in 0..options.evaluations {
        if kept.len() >= wanted {
            break;
        }
        let mut stream = Stream::new(options.seed, number as u64);
        let draw = |x: &f64| (x + SPREAD * normal::quantile(stream.unit())).clamp(0.0, 1.0);
        let x: Vec<f64> = centre.iter().map(draw).collect();
        let draw = judge(&records, &x, &missed, options);
        if let Draw::Kept(misfit) = draw {
            kept.push(set_at(&x, misfit));
        }
        done(&draw);
    }
    Ok(kept)
}

/// What became of a set that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Draw {
    /// No row fails; its misfit.
    Kept(f64),
    /// A row of this record fails, or the model does under it.
    Rejected(String),
}

/// Simulates the records one by one until one of them has a failed row.
fn judge(records: &[Record], x: &[f64], missed: &[(String, String)], options: CalibrationOptions) -> Draw {
    let mut misfits = 0.0;
    for record in records {
        let record = std::slice::from_ref(record);
        let Ok(rows) = evaluate(record, x, options) else { return Draw::Rejected(record[0].id.clone()) };
        if failures(&rows).any(|failure| !missed.contains(&failure)) {
            return Draw::Rejected(record[0].id.clone());
        }
        misfits += misfit(record, &rows);
    }
    Draw::Kept(misfits)
}

/// Record and published result of every check that fails.
fn failures(rows: &[Row]) -> impl Iterator<Item = (String, String)> + '_ {
    let failed = |row: &Row| {
        let failed = row.checks.iter().filter(|check| check.verdict == Verdict::Fail);
        failed.map(|check| (row.id.clone(), check.published.clone())).collect::<Vec<_>>()
    };
    rows.iter().flat_map(failed)
}

/// Pulses that a record takes to simulate.
fn pulses(record: &Record, options: CalibrationOptions) -> Result<usize, ValidationError> {
    let mut pulses = 0;
    for arm in &record.arms {
        let plan = crate::outcomes::arm::plan(record, arm, options.animals.max(2), options.seed)?;
        pulses += plan.inductions.iter().map(experiment::protocol::Induction::len).sum::<usize>();
    }
    Ok(pulses)
}
