//! The version of a stored file, looked at before the rest of it.

use crate::error::store::StoreError;
use serde::Deserialize;
use std::path::Path;

/// Refuses a text whose `format` is not the one expected, before the rest of
/// it, which may be of an unknown layout, is looked at.
///
/// # Errors
/// [`StoreError::Format`]; [`StoreError::Invalid`] if there is none.
pub fn check_format(path: &Path, text: &str, expected: u32) -> Result<(), StoreError> {
    #[derive(Deserialize)]
    struct Version {
        format: Option<u64>,
    }
    let version: Version = toml::from_str(text).map_err(|error| StoreError::invalid(path, error.to_string()))?;
    match version.format {
        Some(found) if found == u64::from(expected) => Ok(()),
        Some(found) => Err(StoreError::Format { path: path.to_owned(), found, expected }),
        None => Err(StoreError::invalid(path, format!("no format: expected format = {expected}"))),
    }
}
