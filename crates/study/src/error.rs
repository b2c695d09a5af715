//! What can be wrong with a study: its file, the recordings it names, the folder
//! it is to be written to.

use analysis::AnalysisError;
use exchange::ExchangeError;
use form::{Faults, SourceError};
use recording::StoreError;
use results::FolderError;
use std::path::PathBuf;

/// A study that cannot be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// The study file is no text that could be a study.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file or folder cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The study file is faulty.
    #[error("{}", .0.in_lines())]
    Faulty(Faults),
    /// A recording cannot be read.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// A recording does not hold what the study says.
    #[error("{}: {reason}", path.display())]
    Recording {
        /// The recording.
        path: PathBuf,
        /// What was found, what was expected and a remedy.
        reason: String,
    },
    /// The results folder cannot be begun.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The results folder cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The recordings cannot be analysed.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// The folder holds no recording.
    #[error("{} holds no recording: expected ABF, NWB, CSV, XLSX, ODS, Parquet or WinLTP files", .0.display())]
    NoRecordings(PathBuf),
    /// The folder holds files, none of which is understood.
    #[error("{} holds nothing that is understood:\n  {}", folder.display(), reasons.join("\n  "))]
    NotUnderstood {
        /// The folder.
        folder: PathBuf,
        /// Each file with the reason.
        reasons: Vec<String>,
    },
    /// Exclusions that differ between the blinded and the unblinded analysis.
    #[error("{}: {reason}", path.display())]
    Unblinding {
        /// The exclusion log of the blinded analysis, or the key.
        path: PathBuf,
        /// What differs or is missing.
        reason: String,
    },
}

impl StudyError {
    /// A recording that is not as stated.
    pub(crate) fn recording(path: &std::path::Path, reason: impl Into<String>) -> Self {
        Self::Recording { path: path.to_owned(), reason: reason.into() }
    }
}
