//! Recordings that come without a file: formats are read at many places of one, so the
//! bytes are first put into a temporary file.

use crate::error::LaboratoryError;
use recording::atomic::temporary_beside;
use std::path::{Path, PathBuf};

/// A temporary file with a recording; it is removed with the value.
#[derive(Debug)]
pub struct HeldRecording {
    folder: PathBuf,
    file: PathBuf,
}

impl HeldRecording {
    /// Puts `bytes` into a file of a folder that no other process has.
    ///
    /// # Errors
    /// [`LaboratoryError::Scratch`] if it cannot be written.
    pub fn of(bytes: &[u8]) -> Result<Self, LaboratoryError> {
        let folder = temporary_beside(&std::env::temp_dir().join("schaffer-input"));
        let scratch = |reason| LaboratoryError::Scratch { path: folder.clone(), reason };
        std::fs::create_dir(&folder).map_err(scratch)?;
        let held = Self { file: folder.join("recording"), folder: folder.clone() };
        std::fs::write(&held.file, bytes).map_err(scratch)?;
        Ok(held)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.file
    }
}

impl Drop for HeldRecording {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own tidying.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
