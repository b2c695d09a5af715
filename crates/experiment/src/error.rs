//! Why a run did not finish.

use recording::StoreError;
use results::FolderError;
use thiserror::Error;

/// Why a run did not finish.
#[derive(Debug, Error)]
pub enum RunError {
    /// The results folder cannot be begun or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file of the results folder cannot be read or written.
    #[error(transparent)]
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
    #[error("threads cannot be started: {0}; --jobs says how many are wanted")]
    Threads(String),
}
