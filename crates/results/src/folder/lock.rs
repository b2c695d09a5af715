//! One writer at a time: whoever writes into a results folder holds the lock of its log.

use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// Fails if another run is writing into the folder, which must not be touched then.
pub(crate) fn refuse_if_busy(dir: &Path) -> Result<(), FolderError> {
    match OpenOptions::new().append(true).open(Entry::RunLog.within(dir)) {
        Ok(file) => lock(&file, dir),
        // No log, no run; other reasons show when the folder is written.
        Err(_) => Ok(()),
    }
}

/// Locks the log of a folder for this process.
pub(crate) fn lock(file: &File, dir: &Path) -> Result<(), FolderError> {
    match file.try_lock() {
        // Some network file systems have no locks; the run goes on without.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(FolderError::Busy(dir.to_owned())),
    }
}
