//! One writer at a time: whoever writes into a results folder holds the lock of its log,
//! from the first file to the last page.

use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// How often a folder that changes under the hand is tried again.
const ATTEMPTS: usize = 20;

/// The log of a results folder, open and locked. Closing the file, or the end of the
/// process in any way, releases the lock.
#[derive(Debug)]
pub(crate) struct Lock {
    dir: PathBuf,
    log: File,
}

impl Lock {
    /// Locks the folder `dir`, which must exist; makes its log if there is none.
    ///
    /// # Errors
    /// [`FolderError::Busy`] if another writer has it, [`FolderError::Write`] if the
    /// log cannot be opened.
    pub(crate) fn take(dir: &Path) -> Result<Self, FolderError> {
        let path = Entry::RunLog.within(dir);
        if path.is_symlink() {
            let reason = std::io::Error::other("it is a link; expected a file of its own");
            return Err(FolderError::Write { path, reason });
        }
        for _ in 0..ATTEMPTS {
            let log = OpenOptions::new().create(true).append(true).open(&path);
            let log = log.map_err(FolderError::writing(&path))?;
            match log.try_lock() {
                // Some network file systems have no locks; the run goes on without.
                Ok(()) | Err(TryLockError::Error(_)) => {}
                Err(TryLockError::WouldBlock) => return Err(FolderError::Busy(dir.to_owned())),
            }
            let lock = Self { dir: dir.to_owned(), log };
            // Between opening and locking another writer may have put a new folder here.
            if lock.holds() {
                return Ok(lock);
            }
        }
        Err(FolderError::Busy(dir.to_owned()))
    }

    /// Whether the folder of that name still is the one that was locked.
    pub(crate) fn holds(&self) -> bool {
        let path = Entry::RunLog.within(&self.dir);
        match (self.log.metadata(), std::fs::metadata(path)) {
            (Ok(held), Ok(there)) => is_same(&held, &there),
            _ => false,
        }
    }

    /// The same lock, after the folder was renamed to `dir`.
    pub(crate) fn renamed(self, dir: &Path) -> Self {
        Self { dir: dir.to_owned(), ..self }
    }
}

/// Whether two entries are one file.
#[cfg(unix)]
fn is_same(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Elsewhere an open file cannot be renamed or removed.
#[cfg(not(unix))]
fn is_same(_: &std::fs::Metadata, _: &std::fs::Metadata) -> bool {
    true
}
