//! What can be wrong with a study: its file, the recordings it names, the folder
//! it is to be written to.

use analysis::AnalysisError;
use exchange::ExchangeError;
use recording::StoreError;
use std::path::PathBuf;

/// One fault of a study file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1; `None` for the file as a whole.
    pub line: Option<usize>,
    /// What was found and what is accepted.
    pub text: String,
}

/// All faults of a study file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    /// The file as named by the user.
    pub file: String,
    /// The faults.
    pub list: Vec<Fault>,
}

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (k, fault) in self.list.iter().enumerate() {
            if k > 0 {
                writeln!(f)?;
            }
            match fault.line {
                Some(line) => write!(f, "{}:{line}: {}", self.file, fault.text)?,
                None => write!(f, "{}: {}", self.file, fault.text)?,
            }
        }
        Ok(())
    }
}

/// A study that cannot be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// The study file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The study file is faulty.
    #[error("{0}")]
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
    /// The results folder is there already.
    #[error("{} exists: give another folder with --out, or --overwrite", .0.display())]
    Exists(PathBuf),
    /// The results folder cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The recordings cannot be analysed.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// The folder holds no recording.
    #[error("{} holds no recording: expected ABF, NWB, CSV, Parquet or WinLTP files", .0.display())]
    NoRecordings(PathBuf),
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
