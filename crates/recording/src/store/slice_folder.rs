//! A slice on disk: one folder, which appears only when it is complete.
//!
//! It holds `sweeps.parquet` (one row per sweep, codes as the converter gave them) and
//! `slice.toml` (who, when, which drug, and the checksums of all files). The
//! folder is written under a temporary name, synced and renamed; readers ignore
//! temporary names and verify the checksums before they look at the content.

use crate::digest::sha256_hex;
use crate::error::store::StoreError;
use crate::input;
use crate::slice::{SliceKey, SliceRecording};
use crate::stamp::Stamp;
use crate::store::head::Head;
use crate::store::names::{HEAD, SWEEPS};
use crate::store::sweeps;
use std::path::Path;

/// Reads the slice in `folder`.
///
/// # Errors
/// [`StoreError`] naming the file that is absent, damaged or of another format.
pub fn read_slice(folder: &Path) -> Result<SliceRecording, StoreError> {
    let head = Head::read(folder)?;
    let path = folder.join(SWEEPS);
    let bytes = verified(folder, SWEEPS, &head)?;
    let sweeps = sweeps::decode(&path, &bytes)?;
    Ok(head.into_recording(sweeps))
}

/// A further file of the slice in `folder`, if one of that name was written with it.
///
/// # Errors
/// [`StoreError`] if the file is absent or damaged although it was written.
pub fn read_beside(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let head = Head::read(folder)?;
    if head.files.contains_key(name) { verified(folder, name, &head).map(Some) } else { Ok(None) }
}

/// Which slice `folder` holds, and of which run, by its description.
///
/// # Errors
/// [`StoreError`] if the description is absent or damaged.
pub fn read_identity(folder: &Path) -> Result<(SliceKey, Stamp), StoreError> {
    let head = Head::read(folder)?;
    Ok((head.key, head.stamp))
}

/// Whether `folder` holds the slice `key` of a run, whole: every file that was written with
/// it has the bytes that were written.
pub fn is_whole(folder: &Path, key: &SliceKey, stamp: &Stamp) -> bool {
    match Head::read(folder) {
        Ok(head) => {
            let files = || head.files.keys().all(|name| verified(folder, name, &head).is_ok());
            head.key == *key && head.stamp == *stamp && files()
        }
        Err(_) => false,
    }
}

/// That every file of the slice in `folder` has the bytes that were written.
///
/// # Errors
/// [`StoreError`] naming the first file that is absent or damaged.
pub fn check_slice(folder: &Path) -> Result<(), StoreError> {
    let head = Head::read(folder)?;
    head.files.keys().try_for_each(|name| verified(folder, name, &head).map(drop))
}

/// The bytes of a file of the slice, which must be those that were written.
fn verified(folder: &Path, name: &str, head: &Head) -> Result<Vec<u8>, StoreError> {
    let path = folder.join(name);
    let Some(sum) = head.files.get(name) else {
        let reason = format!("no checksum of {name}: expected one under [files]");
        return Err(StoreError::invalid(&folder.join(HEAD), reason));
    };
    let bytes =
        input::read(&path, input::LARGEST).map_err(|source| StoreError::reading(&path, "a file of a slice", source))?;
    let found = sha256_hex(&bytes);
    if found == *sum { Ok(bytes) } else { Err(StoreError::damaged(&path, format!("SHA-256 {sum}"), found)) }
}
