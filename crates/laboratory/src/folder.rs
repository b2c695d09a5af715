//! Results folders: where a job writes if it is not told, and which folders are some.

use crate::error::LaboratoryError;
use recording::StoreError;
use results::Entry;
use std::path::{Path, PathBuf};

/// Where the results of that name lie if nothing else is said.
pub(crate) fn usual(name: &str) -> PathBuf {
    Path::new("results").join(name)
}

/// The folder, if it is a results folder.
pub(crate) fn existing(folder: &Path) -> Result<&Path, LaboratoryError> {
    if !folder.is_dir() {
        return Err(LaboratoryError::NoFolder(folder.to_owned()));
    }
    // A folder that may not be looked into is no folder of something else.
    std::fs::read_dir(folder)
        .map_err(|source| LaboratoryError::Unreadable(StoreError::Unreadable { path: folder.to_owned(), source }))?;
    if !Entry::Manifest.within(folder).is_file() {
        return Err(LaboratoryError::NotResults(folder.to_owned()));
    }
    Ok(folder)
}

/// Whether the folder holds results up to their findings.
pub(crate) fn is_finished(folder: &Path) -> bool {
    Entry::Findings.within(folder).exists() && Entry::Manifest.within(folder).exists()
}
