//! Spreadsheets of measured values over time: wide, with a column for each
//! recording, or long, with a column that names it.

pub(crate) mod clock;
pub(crate) mod kinds;
pub(crate) mod long;
pub(crate) mod wide;
