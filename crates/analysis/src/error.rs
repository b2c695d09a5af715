//! What can go wrong when a results folder is analysed.

use recording::StoreError;
use recording::table::TableError;
use std::path::PathBuf;

/// A results folder that cannot be analysed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalysisError {
    /// A file cannot be read, written or believed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing to analyse.
    #[error("{} holds no complete recording: expected slices in {}/recordings", folder.display(), folder.display())]
    NoRecordings {
        /// The results folder.
        folder: PathBuf,
    },
    /// A table of measures cannot be put together.
    #[error("table of measures: {0}")]
    Table(#[from] TableError),
    /// Power that cannot be computed from what is given.
    #[error("power: {0}")]
    Power(String),
    /// Findings that cannot be written as, or read from, JSON.
    #[error("{}: {fault}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: serde_json::Error,
    },
}
