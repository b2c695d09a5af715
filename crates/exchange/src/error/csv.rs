//! What is wrong with a table of sweeps.

use recording::table::TableError;

/// A table that is not the sweeps that it was said to be. Rows count from 1,
/// without the header line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// A column is missing or of another kind.
    #[error(transparent)]
    Table(#[from] TableError),
    /// No sweep at all.
    #[error("no sweep: expected a column or a row of samples at least")]
    NoSweep,
    /// A row without the name of its sweep.
    #[error("row {row}: column \"{column}\" is empty: expected the name of a sweep")]
    Unnamed {
        /// The column.
        column: String,
        /// The row.
        row: usize,
    },
    /// A missing sample within a sweep.
    #[error("row {row}: sweep \"{sweep}\" has no value: expected a number in each row up to its last")]
    Gap {
        /// The sweep.
        sweep: String,
        /// The row.
        row: usize,
    },
    /// A sample that is infinite.
    #[error("row {row}: sweep \"{sweep}\" is {value}: expected a finite number")]
    NotFinite {
        /// The sweep.
        sweep: String,
        /// The row.
        row: usize,
        /// The sample.
        value: f64,
    },
    /// A sweep too short to have a sampling rate.
    #[error("sweep \"{sweep}\" has {samples} samples: expected 2 or more")]
    Short {
        /// The sweep.
        sweep: String,
        /// Its samples.
        samples: usize,
    },
    /// A row without time.
    #[error("row {row}: column \"{column}\" has no time")]
    NoTime {
        /// The column.
        column: String,
        /// The row.
        row: usize,
    },
    /// Times that are not evenly spaced, or run backwards.
    #[error("row {row}: the time of sweep \"{sweep}\" is {found_s} s: expected {expected_s} s for even sampling")]
    Uneven {
        /// The sweep.
        sweep: String,
        /// The row.
        row: usize,
        /// The time found, s.
        found_s: f64,
        /// The time of an even axis through the first and last sample, s.
        expected_s: f64,
    },
    /// A sampling rate that is none.
    #[error("the sampling rate is {rate_hz} Hz: expected a finite rate above zero")]
    Rate {
        /// The rate, Hz.
        rate_hz: f64,
    },
}
