//! Why a file cannot be opened or read.

use crate::error::abf::{AbfError, Fault, Problem};
use crate::error::csv::CsvError;
use recording::StoreError;
use recording::table::TableError;
use std::io;
use std::path::{Path, PathBuf};

/// A recording file that cannot be read, or a question that it cannot answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// The system refuses to read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Content of no known format.
    #[error("{}: byte 0: the content begins with {found}: expected {expected}", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The first bytes, as text.
        found: String,
        /// The formats that are read.
        expected: &'static str,
    },
    /// A format that is known and not read, with the way out.
    #[error("{} is a file of {program}, which is not read: {remedy}", path.display())]
    NotRead {
        /// The file.
        path: PathBuf,
        /// The program that writes such files.
        program: &'static str,
        /// What to do.
        remedy: String,
    },
    /// A fault of an Axon file.
    #[error(transparent)]
    Abf(#[from] AbfError),
    /// A fault in a binary file, with its place.
    #[error("{}: {fault}", path.display())]
    Faulty {
        /// The file.
        path: PathBuf,
        /// The fault.
        fault: Fault,
    },
    /// A fault in an HDF5 file: the object and what was expected of it.
    #[error("{}: {object}: {found}: expected {expected}", path.display())]
    Object {
        /// The file.
        path: PathBuf,
        /// Path of the object within the file.
        object: String,
        /// What is there.
        found: String,
        /// What the format wants.
        expected: String,
    },
    /// A fault in a line of a text file.
    #[error("{}: line {line}: {found}: expected {expected}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is there.
        found: String,
        /// What is accepted.
        expected: String,
    },
    /// A table that does not hold the sweeps that it should.
    #[error("{}: {fault}", path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// The fault.
        fault: CsvError,
    },
    /// A table with a faulty column.
    #[error("{}: {fault}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// The fault.
        fault: TableError,
    },
    /// A table file that cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something that the file does not say and that has to be stated.
    #[error("{}: {what} is not in the file: state {remedy}", path.display())]
    Unstated {
        /// The file.
        path: PathBuf,
        /// What is missing.
        what: &'static str,
        /// What to state.
        remedy: &'static str,
    },
    /// A table of measured values where samples were asked for, or the reverse.
    #[error("{} holds {found}: expected {expected}", path.display())]
    Kind {
        /// The file.
        path: PathBuf,
        /// What it holds.
        found: &'static str,
        /// What was asked for.
        expected: &'static str,
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
    /// A channel that was not recorded in a sweep.
    #[error("{}: channel {channel} was not recorded in sweep {sweep}", path.display())]
    NotRecorded {
        /// The file.
        path: PathBuf,
        /// The sweep, from 0.
        sweep: usize,
        /// The channel, from 0.
        channel: usize,
    },
}

impl ExchangeError {
    /// Whether the file is missing, rather than faulty.
    pub fn is_missing(&self) -> bool {
        let missing = |source: &io::Error| source.kind() == io::ErrorKind::NotFound;
        match self {
            Self::Unreadable { source, .. } | Self::Abf(AbfError::Unreadable { source, .. }) => missing(source),
            _ => false,
        }
    }

    /// A problem of a binary file.
    pub(crate) fn problem(path: &Path, problem: Problem) -> Self {
        match problem {
            Problem::Content(fault) => Self::Faulty { path: path.to_owned(), fault },
            Problem::System { source, .. } => Self::Unreadable { path: path.to_owned(), source },
        }
    }

    /// The fault of a line.
    pub(crate) fn line(path: &Path, line: usize, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::Line { path: path.to_owned(), line, found: found.into(), expected: expected.into() }
    }

    /// The fault of a table of sweeps.
    pub(crate) fn csv(path: &Path) -> impl Fn(CsvError) -> Self {
        move |fault| Self::Csv { path: path.to_owned(), fault }
    }

    /// The fault of a table.
    pub(crate) fn table(path: &Path) -> impl Fn(TableError) -> Self {
        move |fault| Self::Table { path: path.to_owned(), fault }
    }
}
