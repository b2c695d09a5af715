//! The results folder while it is read.

use crate::folder::entry::Entry;
use crate::folder::layout::{StoredSlice, slices};
use crate::manifest::manifest::Manifest;
use recording::StoreError;
use std::path::{Path, PathBuf};

/// A results folder to read, known by its manifest.
#[derive(Clone, Debug)]
pub struct Results {
    dir: PathBuf,
    /// What was planned.
    pub manifest: Manifest,
}

impl Results {
    /// Opens the results folder `dir`.
    ///
    /// # Errors
    /// [`StoreError`] if it has no manifest, or one that cannot be read.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Ok(Self { dir: dir.to_owned(), manifest: Manifest::read(&Entry::Manifest.within(dir))? })
    }

    /// What the reader must know if recording was stopped before its end.
    pub fn unfinished(&self, slices: usize) -> Option<String> {
        let planned = self.manifest.planned_slices().filter(|planned| *planned > slices)?;
        let kind = if Entry::Rig.within(&self.dir).exists() { "cells" } else { "slices" };
        Some(format!(
            "Recording is not finished: {slices} of {planned} {kind} are there, and every number here may change. Go \
             on with the option --resume."
        ))
    }

    /// All slices, by induction and condition in the order of the manifest, then by
    /// animal (numbers in names count as numbers: `A2` before `A10`), then by slice.
    ///
    /// # Errors
    /// [`StoreError`] if a slice cannot be read, if the manifest does not have its
    /// induction or condition, or if it is there twice.
    pub fn slices(&self) -> Result<Vec<StoredSlice>, StoreError> {
        slices(&self.dir, &self.manifest)
    }
}
