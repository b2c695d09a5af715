//! The sampling rate, from a column of times or as stated.

use crate::csv::trace::{TimeAxis, Trace};
use crate::error::csv::CsvError;
use crate::sweeps::rate::{SLACK, whole_hz};
use recording::table::Table;

/// Times of the rows.
pub(super) enum Axis {
    /// Seconds of each row, with the name of the column.
    Times(String, Vec<Option<f64>>),
    /// One rate.
    Rate(f64),
}

impl Axis {
    /// The times of the rows of a table.
    pub fn of(table: &Table, time: &TimeAxis) -> Result<Self, CsvError> {
        match time {
            TimeAxis::Column { name, unit } => {
                let seconds = |cell: &Option<f64>| cell.map(|time| time * unit.seconds());
                Ok(Self::Times(name.clone(), table.numbers(name)?.iter().map(seconds).collect()))
            }
            TimeAxis::Rate(rate) => Ok(Self::Rate(positive(rate.hz())?)),
        }
    }

    /// The rate of a sweep, Hz: number of intervals over the time from the first
    /// to the last sample, each sample being where that rate has it.
    pub fn rate_hz(&self, trace: &Trace) -> Result<f64, CsvError> {
        let (column, times) = match self {
            Self::Rate(rate) => return Ok(*rate),
            Self::Times(column, times) => (column, times),
        };
        let time = |row: usize| {
            let missing = || CsvError::NoTime { column: column.clone(), row };
            times.get(row - 1).copied().flatten().ok_or_else(missing)
        };
        // `checked` has seen to two samples.
        let [(first, _), .., (last, _)] = trace.samples[..] else {
            return Err(CsvError::Short { sweep: trace.name.clone(), samples: trace.samples.len() });
        };
        let (start, end) = (time(first)?, time(last)?);
        let intervals = (trace.samples.len() - 1) as f64;
        let rate_hz = positive(intervals / (end - start))?;
        for (place, &(row, _)) in trace.samples.iter().enumerate() {
            let (found_s, expected_s) = (time(row)?, start + place as f64 / rate_hz);
            if (found_s - expected_s).abs() * rate_hz > SLACK {
                return Err(CsvError::Uneven { sweep: trace.name.clone(), row, found_s, expected_s });
            }
        }
        Ok(whole_hz(rate_hz, 1e-9))
    }
}

fn positive(rate_hz: f64) -> Result<f64, CsvError> {
    if rate_hz.is_finite() && rate_hz > 0.0 { Ok(rate_hz) } else { Err(CsvError::Rate { rate_hz }) }
}
