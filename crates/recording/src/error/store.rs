//! What can go wrong with stored files.

use crate::error::table::TableError;
use crate::slice::SliceKey;
use std::io;
use std::path::{Path, PathBuf};

/// A file or folder of the store that cannot be written, read or believed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Something that should be there is not.
    #[error("{} does not exist: expected {expected}", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
        /// What it would be.
        expected: &'static str,
    },
    /// The system refuses to read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system refuses to write.
    #[error("{} cannot be written: {source}", path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The bytes are not those that were written.
    #[error("{} is damaged: expected {expected}, found {found}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What an intact file has.
        expected: String,
        /// What is there instead.
        found: String,
    },
    /// A layout of another version.
    #[error("{} has format {found}, but this program reads format {expected}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The version in the file.
        found: u64,
        /// The version that is understood.
        expected: u32,
    },
    /// Well-formed content that makes no sense.
    #[error("{} is not valid: {reason}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, with what was expected.
        reason: String,
    },
    /// A table with a fault in it.
    #[error("{} is not a table as expected: {fault}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// The fault.
        fault: TableError,
    },
    /// Two slices whose names differ in case or punctuation only.
    #[error("{} holds {held}; {asked} would have the same folder: give them names that differ in letters or digits", path.display())]
    Collision {
        /// The folder.
        path: PathBuf,
        /// The slice that it holds.
        held: Box<SliceKey>,
        /// The slice that was to be written.
        asked: Box<SliceKey>,
    },
}

impl StoreError {
    /// Whether the system would refuse every other file as well: for want of space or of
    /// permission, not for what lies in the place of this one.
    pub fn is_of_the_disk(&self) -> bool {
        use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let Self::Unwritable { source, .. } = self else { return false };
        matches!(source.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem | PermissionDenied)
    }

    /// An error of reading, with absent files told apart.
    pub fn reading(path: &Path, expected: &'static str, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path, expected },
            _ => Self::Unreadable { path, source },
        }
    }

    /// An error of writing.
    pub fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Unwritable { path, source }
    }

    /// Content that makes no sense.
    pub fn invalid(path: &Path, reason: impl Into<String>) -> Self {
        Self::Invalid { path: path.to_owned(), reason: reason.into() }
    }

    /// Bytes that are not those written.
    pub fn damaged(path: &Path, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), expected: expected.into(), found: found.into() }
    }

    /// A table with a fault.
    pub fn table(path: &Path, fault: TableError) -> Self {
        Self::Table { path: path.to_owned(), fault }
    }
}
