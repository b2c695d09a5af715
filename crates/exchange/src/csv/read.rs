//! Sweeps from text tables of two shapes: wide (a column for each sweep, a row for
//! each sample) and long (a row for each sample of each sweep, with a column that
//! names the sweep).

use crate::csv::clock::Axis;
use crate::csv::trace::{TimeAxis, Trace};
use crate::error::csv::CsvError;
use recording::table::Table;
use std::collections::BTreeMap;

/// Where the sweeps are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Each of these columns is a sweep, in this order.
    Wide {
        /// Names of the columns.
        sweeps: Vec<String>,
    },
    /// Sweeps below one another.
    Long {
        /// Column that names the sweep; sweeps are taken in the order of their
        /// first row.
        sweep: String,
        /// Column with the samples.
        samples: String,
    },
}

/// Samples of one sweep as the table has them, with their rate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sampled {
    pub name: String,
    pub rate_hz: f64,
    pub values: Vec<f64>,
}

/// The sweeps of a table in its own unit.
pub(crate) fn traces(table: &Table, time: &TimeAxis, shape: &Shape) -> Result<Vec<Sampled>, CsvError> {
    let axis = Axis::of(table, time)?;
    let traces = match shape {
        Shape::Wide { sweeps } => wide(table, sweeps)?,
        Shape::Long { sweep, samples } => long(table, sweep, samples)?,
    };
    let sampled = |trace: Trace| {
        let rate_hz = axis.rate_hz(&trace)?;
        Ok(Sampled { name: trace.name, rate_hz, values: trace.samples.into_iter().map(|(_, value)| value).collect() })
    };
    traces.into_iter().map(sampled).collect()
}

fn wide(table: &Table, names: &[String]) -> Result<Vec<Trace>, CsvError> {
    if names.is_empty() {
        return Err(CsvError::NoSweep);
    }
    names.iter().map(|name| column(name, &table.numbers(name)?)).collect()
}

/// A column of a wide table. Cells may be missing at its end only: sweeps may
/// differ in length.
fn column(name: &str, cells: &[Option<f64>]) -> Result<Trace, CsvError> {
    let length = cells.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let sample = |(place, cell): (usize, &Option<f64>)| {
        cell.map(|value| (place + 1, value)).ok_or_else(|| CsvError::Gap { sweep: name.to_owned(), row: place + 1 })
    };
    let samples: Vec<_> = cells[..length].iter().enumerate().map(sample).collect::<Result<_, _>>()?;
    checked(Trace { name: name.to_owned(), samples })
}

fn long(table: &Table, sweep: &str, samples: &str) -> Result<Vec<Trace>, CsvError> {
    let (names, values) = (table.texts(sweep)?, table.numbers(samples)?);
    let mut places = BTreeMap::new();
    let mut traces: Vec<Trace> = Vec::new();
    for (place, (name, value)) in names.into_iter().zip(values).enumerate() {
        let row = place + 1;
        if name.is_empty() {
            return Err(CsvError::Unnamed { column: sweep.to_owned(), row });
        }
        let value = value.ok_or_else(|| CsvError::Gap { sweep: name.clone(), row })?;
        let at = *places.entry(name.clone()).or_insert_with(|| {
            traces.push(Trace { name, samples: Vec::new() });
            traces.len() - 1
        });
        traces[at].samples.push((row, value));
    }
    if traces.is_empty() {
        return Err(CsvError::NoSweep);
    }
    traces.into_iter().map(checked).collect()
}

/// A trace with two samples at least, all finite.
fn checked(trace: Trace) -> Result<Trace, CsvError> {
    if let Some(&(row, value)) = trace.samples.iter().find(|(_, value)| !value.is_finite()) {
        return Err(CsvError::NotFinite { sweep: trace.name, row, value });
    }
    if trace.samples.len() < 2 {
        return Err(CsvError::Short { samples: trace.samples.len(), sweep: trace.name });
    }
    Ok(trace)
}
