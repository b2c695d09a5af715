//! Sweeps from text tables. Which column is what, and in which unit, is stated
//! by the caller: headers of spreadsheets are not trusted to say it.
//!
//! Two shapes are read: wide (a column for each sweep, a row for each sample) and
//! long (a row for each sample of each sweep, with a column that names the sweep).

use crate::csv::clock::Axis;
use crate::csv::trace::{TimeAxis, Trace};
use crate::error::csv::CsvError;
use quantity::{Time, Voltage};
use recording::digitise::{Converter, DigitiseError, Digitised, SweepHead};
use recording::table::Table;
use recording::{Phase, Sweep};
use std::collections::BTreeMap;
use std::path::Path;

/// Unit of a column of potentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PotentialUnit {
    /// Volts.
    Volts,
    /// Millivolts.
    Millivolts,
    /// Microvolts.
    Microvolts,
}

impl PotentialUnit {
    fn millivolts(self) -> f64 {
        match self {
            Self::Volts => 1e3,
            Self::Millivolts => 1.0,
            Self::Microvolts => 1e-3,
        }
    }
}

/// Where the sweeps are.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
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
        /// Column with the potential.
        potential: String,
    },
}

/// When the sweeps began.
#[derive(Clone, Debug, PartialEq)]
pub enum Starts {
    /// At equal intervals from 0 on.
    Interval(Time),
    /// At these times since the start of the recording, one for each sweep.
    Listed(Vec<Time>),
}

/// What the columns of a table are.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Time within the sweep.
    pub time: TimeAxis,
    /// The sweeps.
    pub shape: Shape,
    /// Unit of the potentials.
    pub unit: PotentialUnit,
    /// Start of the sweeps.
    pub starts: Starts,
}

/// A sweep as read: potentials, not yet codes of a converter.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSweep {
    /// Name of its column, or its entry in the column of sweeps.
    pub name: String,
    /// Time of the first sample since the start of the recording, s.
    pub start_s: f64,
    /// Sampling rate, Hz.
    pub rate_hz: f64,
    /// Potential, mV.
    pub field_mv: Vec<f64>,
}

impl FieldSweep {
    /// The sweep as the recordings hold it; `index`, pathway, phase and stimulus
    /// times (ms after its first sample) are what no table of samples says.
    ///
    /// # Errors
    /// [`DigitiseError`] if a sample is no number.
    pub fn into_sweep(
        self,
        index: u32,
        pathway: &str,
        phase: Phase,
        stimulus_ms: Vec<f64>,
        converter: Converter,
    ) -> Result<Digitised, DigitiseError> {
        let (pathway, start_s, rate_hz) = (pathway.to_owned(), self.start_s, self.rate_hz);
        converter.sweep(SweepHead { index, pathway, phase, start_s, stimulus_ms, rate_hz }, &self.field_mv)
    }
}

/// The converter with the smallest range that clips no sample of these sweeps;
/// its step is 1/32,767 of the largest potential. `None` if all are zero.
fn fitting_converter(sweeps: &[FieldSweep]) -> Option<Converter> {
    let samples = sweeps.iter().flat_map(|sweep| &sweep.field_mv);
    let largest = samples.fold(0.0_f64, |largest, sample| largest.max(sample.abs()));
    Converter::new(Voltage::from_mv(largest * 32_768.0 / 32_767.0)).ok()
}

/// Sweeps of one pathway and phase, with one converter that clips nothing: a
/// piece of a [`recording::SliceRecording`]. Indices count from `first_index`.
///
/// # Errors
/// [`CsvError::Digitise`].
pub fn digitise(
    sweeps: Vec<FieldSweep>,
    first_index: u32,
    pathway: &str,
    phase: Phase,
    stimulus_ms: &[f64],
) -> Result<Vec<Sweep>, CsvError> {
    let converter = match fitting_converter(&sweeps) {
        Some(converter) => converter,
        // Nothing but zeros: any range will do.
        None => {
            Converter::new(Voltage::from_mv(1.0)).map_err(|fault| CsvError::Digitise { sweep: String::new(), fault })?
        }
    };
    (first_index..)
        .zip(sweeps)
        .map(|(index, sweep)| {
            let name = sweep.name.clone();
            sweep
                .into_sweep(index, pathway, phase, stimulus_ms.to_vec(), converter)
                .map(|digitised| digitised.sweep)
                .map_err(|fault| CsvError::Digitise { sweep: name, fault })
        })
        .collect()
}

/// Reads the sweeps of a CSV file (comma, semicolon or tab).
///
/// # Errors
/// [`CsvError`].
pub fn read(path: &Path, columns: &Columns) -> Result<Vec<FieldSweep>, CsvError> {
    sweeps(&Table::read_csv(path)?, columns)
}

/// The sweeps of a table.
///
/// # Errors
/// [`CsvError`].
pub fn sweeps(table: &Table, columns: &Columns) -> Result<Vec<FieldSweep>, CsvError> {
    let traces = traces(table, &columns.time, &columns.shape)?;
    let starts = starts(&columns.starts, traces.len())?;
    let scale = columns.unit.millivolts();
    let sweep = |(trace, start_s): (Sampled, f64)| {
        let field_mv = trace.values.iter().map(|value| value * scale).collect();
        FieldSweep { name: trace.name, start_s, rate_hz: trace.rate_hz, field_mv }
    };
    Ok(traces.into_iter().zip(starts).map(sweep).collect())
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
        Shape::Long { sweep, potential } => long(table, sweep, potential)?,
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

fn long(table: &Table, sweep: &str, potential: &str) -> Result<Vec<Trace>, CsvError> {
    let (names, values) = (table.texts(sweep)?, table.numbers(potential)?);
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

fn starts(starts: &Starts, sweeps: usize) -> Result<Vec<f64>, CsvError> {
    match starts {
        Starts::Interval(interval) => Ok((0..sweeps).map(|sweep| sweep as f64 * interval.s()).collect()),
        Starts::Listed(times) if times.len() == sweeps => Ok(times.iter().map(|time| time.s()).collect()),
        Starts::Listed(times) => Err(CsvError::Starts { stated: times.len(), sweeps }),
    }
}
