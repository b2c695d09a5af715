//! TODO: what the room `csv` holds.

pub(crate) mod clock;
pub mod read;

pub use crate::error::csv::CsvError;
pub use read::{
    Columns, FieldSweep, PotentialUnit, Shape, Starts, TimeAxis, TimeUnit, digitise, fitting_converter, read, sweeps,
};
