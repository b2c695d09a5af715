//! What is in a file, without its samples or with them in numbers.

use crate::abf::file::Abf;
use crate::error::exchange::ExchangeError;
use crate::inspection::kinds::Inspection;
use crate::inspection::table;
use crate::open::file::TraceFile;
use crate::open::table::Stated;
use crate::time_course::long::LongColumns;
use crate::time_course::wide::TimeCourseTable;
use std::path::Path;

/// What is in a recording file; with `statistics` its samples are read too.
///
/// # Errors
/// [`ExchangeError`] with the file, the place and what was expected there.
pub fn inspect(path: &Path, statistics: bool) -> Result<Inspection, ExchangeError> {
    inspect_stated(path, &Stated::default(), statistics)
}

/// [`inspect`] for a table of samples, with what the table does not say itself.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_stated(path: &Path, stated: &Stated, statistics: bool) -> Result<Inspection, ExchangeError> {
    match TraceFile::open_stated(path, stated) {
        Ok(file) if file.format().starts_with("ABF") => {
            Ok(Inspection::of(&if stated.salvage { Abf::salvage(path)? } else { Abf::open(path)? }, statistics)?)
        }
        Ok(file) => Inspection::of_trace(&file, statistics),
        // No recording, but still a table: one of measured values, or one that waits for a rate.
        Err(error @ ExchangeError::Unstated { .. }) => table::inspection(path, &error, statistics),
        Err(error @ ExchangeError::Kind { .. }) if is_time_course(path) => table::inspection(path, &error, statistics),
        Err(error) => Err(error),
    }
}

/// Whether a file is a table of measured values over time.
fn is_time_course(path: &Path) -> bool {
    TimeCourseTable::open(path).is_ok() || LongColumns::look(path).is_ok_and(|seen| seen.is_some())
}
