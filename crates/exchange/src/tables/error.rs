//! Why the tables of a results folder cannot be exported.

use crate::error::exchange::ExchangeError;
use recording::StoreError;
use std::io;
use std::path::PathBuf;

/// Tables that cannot be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TablesError {
    /// A file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A table is not as expected.
    #[error(transparent)]
    Table(#[from] ExchangeError),
    /// A file or folder cannot be read or made.
    #[error("{} cannot be read or made: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no table.
    #[error("{} holds no table: expected slices.csv, measures.parquet or figures/", path.display())]
    Empty {
        /// The results folder.
        path: PathBuf,
    },
    /// A table that no sheet can hold.
    #[error("table \"{table}\" has {found}: expected {expected} at most in a sheet; export csv or parquet instead")]
    Large {
        /// The table.
        table: String,
        /// Its rows or columns.
        found: String,
        /// What a sheet holds.
        expected: String,
    },
    /// The workbook package refuses.
    #[error("the workbook cannot be written: {0}")]
    Workbook(String),
    /// The system refuses the threads of the workbook package, one for each sheet.
    #[error("the workbook cannot be written on so few threads: {0}; export csv or parquet instead")]
    Threads(String),
}

impl TablesError {
    /// Whether the output, not the input, is at fault.
    pub fn is_output(&self) -> bool {
        matches!(self, Self::Store(StoreError::Unwritable { .. }) | Self::Folder { .. } | Self::Workbook(_))
    }
}
