//! Sweeps from text tables whose columns and units are known.

pub(crate) mod clock;
pub(crate) mod read;
pub(crate) mod trace;

pub use crate::csv::trace::TimeUnit;
pub use crate::error::csv::CsvError;
