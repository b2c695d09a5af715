//! What is wrong with an ABF file, and where.

use std::io;
use std::path::PathBuf;

/// A file that cannot be read as ABF, or a question that it cannot answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AbfError {
    /// The system refuses to read.
    #[error("{} cannot be read at byte {offset}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Where reading began, bytes from the start of the file.
        offset: u64,
        /// What the system says.
        source: io::Error,
    },
    /// Content that contradicts the format or the length of the file.
    #[error("{}: {fault}", path.display())]
    Faulty {
        /// The file.
        path: PathBuf,
        /// The fault.
        fault: Fault,
    },
    /// A sweep that the file does not have.
    #[error("{} has no sweep {asked}: expected 0 to {}", path.display(), count.saturating_sub(1))]
    NoSweep {
        /// The file.
        path: PathBuf,
        /// The sweep asked for, from 0.
        asked: usize,
        /// Number of sweeps.
        count: usize,
    },
    /// A channel that the file does not have.
    #[error("{} has no channel {asked}: expected 0 to {}", path.display(), count.saturating_sub(1))]
    NoChannel {
        /// The file.
        path: PathBuf,
        /// The channel asked for, from 0.
        asked: usize,
        /// Number of channels.
        count: usize,
    },
}

/// A fault in the content: where, what is there, what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {field} is {found}: expected {expected}")]
pub struct Fault {
    /// Bytes from the start of the file.
    pub offset: u64,
    /// The field of the format, or the part of the file.
    pub field: String,
    /// What is there.
    pub found: String,
    /// What the format or the length of the file allows.
    pub expected: String,
}

impl Fault {
    /// A fault of one field.
    pub(crate) fn new(
        offset: u64,
        field: impl Into<String>,
        found: impl ToString,
        expected: impl Into<String>,
    ) -> Self {
        Self { offset, field: field.into(), found: found.to_string(), expected: expected.into() }
    }
}

/// Why a part of a file is not to be had; [`crate::abf::Abf`] adds the path.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The content is faulty.
    Content(Fault),
    /// The system refused.
    System { offset: u64, source: io::Error },
}

/// What stands behind the samples: nothing, if it is lost and may be.
pub(crate) fn behind<T: Default>(part: Result<T, Problem>, salvage: bool) -> Result<T, Problem> {
    match part {
        Err(Problem::Content(_)) if salvage => Ok(T::default()),
        other => other,
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Content(fault)
    }
}

impl Problem {
    /// The problem with the file's name.
    pub(crate) fn of(self, path: impl Into<PathBuf>) -> AbfError {
        let path = path.into();
        match self {
            Self::Content(fault) => AbfError::Faulty { path, fault },
            Self::System { offset, source } => AbfError::Unreadable { path, offset, source },
        }
    }
}
