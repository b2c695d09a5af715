//! Sweeps from text tables whose columns and units the caller states.

pub(crate) mod clock;
pub(crate) mod read;
pub(crate) mod trace;

pub use crate::csv::read::{Columns, FieldSweep, PotentialUnit, Shape, Starts, digitise, read, sweeps};
pub use crate::csv::trace::{TimeAxis, TimeUnit};
pub use crate::error::csv::CsvError;
