//! The manifest as a file.

use crate::manifest::manifest::{FORMAT, Manifest};
use recording::input;
use recording::store::check_format;
use recording::{StoreError, atomic};
use std::path::Path;

impl Manifest {
    /// The manifest as TOML; the bytes depend on the content only.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming `path` if the manifest contradicts itself.
    pub fn to_text(&self, path: &Path) -> Result<String, StoreError> {
        self.check().map_err(|reason| StoreError::invalid(path, reason))?;
        toml::to_string(self).map_err(|error| StoreError::invalid(path, error.to_string()))
    }

    /// Reads a manifest from TOML; `path` is for messages.
    ///
    /// # Errors
    /// [`StoreError::Format`] if it is of another version, whatever else it
    /// holds; [`StoreError::Invalid`] with line and column, or with the contradiction.
    pub fn from_text(text: &str, path: &Path) -> Result<Self, StoreError> {
        check_format(path, text, FORMAT)?;
        let manifest: Self = toml::from_str(text).map_err(|error| StoreError::invalid(path, error.to_string()))?;
        manifest.check().map_err(|reason| StoreError::invalid(path, reason))?;
        Ok(manifest)
    }

    /// Writes a file that is whole or absent.
    ///
    /// # Errors
    /// As [`Manifest::to_text`]; [`StoreError::Unwritable`].
    pub fn write(&self, path: &Path) -> Result<(), StoreError> {
        atomic::write(path, self.to_text(path)?.as_bytes())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// As [`Manifest::from_text`]; [`StoreError::Missing`], [`StoreError::Unreadable`].
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let bytes = input::read(path, input::LARGEST)
            .map_err(|source| StoreError::reading(path, "the manifest of a results folder", source))?;
        let text = String::from_utf8(bytes).map_err(|_| StoreError::damaged(path, "UTF-8 text", "other bytes"))?;
        Self::from_text(&text, path)
    }
}
