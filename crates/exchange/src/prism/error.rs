//! Why results cannot be written as tables for Prism.

use recording::StoreError;
use recording::table::TableError;
use std::io;
use std::path::PathBuf;

/// Results that cannot be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrismError {
    /// A file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A table without the columns that it must have.
    #[error("{}: {fault}", path.display())]
    Table {
        /// The table.
        path: PathBuf,
        /// What is wrong.
        fault: TableError,
    },
    /// A row of a condition or induction that was not planned.
    #[error("{}: row {row} belongs to {what} \"{found}\": expected one of {expected}", path.display())]
    Unplanned {
        /// The table.
        path: PathBuf,
        /// Row, from 1, without the header.
        row: usize,
        /// Condition or induction.
        what: &'static str,
        /// Its name.
        found: String,
        /// The names in the manifest.
        expected: String,
    },
    /// One slice in two rows.
    #[error("{}: row {row} is {slice} again: expected a row for each slice", path.display())]
    Twice {
        /// The table.
        path: PathBuf,
        /// Row, from 1, without the header.
        row: usize,
        /// The slice.
        slice: String,
    },
    /// The folder cannot be made.
    #[error("{} cannot be made: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}
