//! Why slices cannot be written as NWB.

use crate::error::exchange::ExchangeError;
use recording::StoreError;
use std::io;
use std::path::PathBuf;

/// Results that cannot be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NwbExportError {
    /// A file of the results cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A table of the results is not as expected.
    #[error(transparent)]
    Table(#[from] ExchangeError),
    /// There is no slice.
    #[error("{} holds no slice", path.display())]
    Empty {
        /// The folder of the recordings.
        path: PathBuf,
    },
    /// A slice without a sweep.
    #[error("{slice} has no sweep: expected one at least")]
    NoSweep {
        /// The slice.
        slice: String,
    },
    /// Sweeps that overlap, or of different sampling rate.
    #[error("{slice}: sweep {sweep} {found}: expected {expected}")]
    Sweeps {
        /// The slice.
        slice: String,
        /// Index of the sweep.
        sweep: u32,
        /// What it is like.
        found: String,
        /// What a series takes.
        expected: &'static str,
    },
    /// A folder or file cannot be made.
    #[error("{} cannot be written: {source}", path.display())]
    Unwritable {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The HDF5 package refuses.
    #[error("{} cannot be written: {reason}", path.display())]
    Hdf5 {
        /// The file.
        path: PathBuf,
        /// Its words.
        reason: String,
    },
}
