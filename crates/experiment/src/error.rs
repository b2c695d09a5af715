//! Why a run did not finish.

use recording::store::StoreError;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a run did not finish.
#[derive(Debug, Error)]
pub enum RunError {
    /// The results folder exists.
    #[error(
        "{} exists; add --resume to go on with it, --overwrite to begin anew, or --out for another folder",
        .0.display()
    )]
    Exists(PathBuf),
    /// The folder holds something that no run has written.
    #[error("{} is not a results folder (it has no manifest.toml) and is left alone; use --out for another folder", .0.display())]
    NotResults(PathBuf),
    /// Another process is running into the folder.
    #[error("another run is writing into {}; wait for it, or use --out for another folder", .0.display())]
    Busy(PathBuf),
    /// The folder belongs to another run.
    #[error("{} cannot be resumed: {what}; use --overwrite to begin anew, or --out for another folder", dir.display())]
    OtherRun {
        /// The folder.
        dir: PathBuf,
        /// In what it differs.
        what: String,
    },
    /// A file of an earlier run cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A file or folder cannot be written.
    #[error("{} cannot be written: {reason}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A file of the results folder cannot be read or written.
    #[error("{}", with_cause(.0))]
    Store(#[from] StoreError),
    /// Slices failed; the others are on disk.
    #[error("{failed} of {slices} slices failed; the first: {first}")]
    SlicesFailed {
        /// How many.
        failed: usize,
        /// Of how many.
        slices: usize,
        /// The first in the order of the plan, with its reason.
        first: String,
    },
    /// The caller asked to stop.
    #[error("interrupted with {done} of {slices} slices on disk; add --resume to go on")]
    Interrupted {
        /// Complete slices.
        done: usize,
        /// Of how many.
        slices: usize,
    },
    /// No threads could be started.
    #[error("no threads: {0}")]
    Threads(String),
}

impl RunError {
    /// A fault of writing.
    pub(crate) fn unwritable(path: &Path, reason: std::io::Error) -> Self {
        Self::Write { path: path.to_owned(), reason: reason.to_string() }
    }
}

/// An error of the store with what the system said.
pub(crate) fn with_cause(error: &StoreError) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
