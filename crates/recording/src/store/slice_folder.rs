//! Slices on disk: one folder each, which appears only when it is complete.
//!
//! `recordings/<induction>/<condition>/<animal>-s<slice>/` holds
//! `sweeps.parquet` (one row per sweep, codes as the converter gave them) and
//! `slice.toml` (who, when, which drug, and the checksums of all files). The
//! folder is written under a temporary name, synced and renamed; readers ignore
//! temporary names and verify the checksums before they look at the content.

use crate::store::sweeps;

use crate::error::store::StoreError;
use crate::store::layout::Layout;

use crate::atomic::sha256_hex;
use crate::slice::{SliceKey, SliceRecording};
use crate::store::head::Head;
use std::fs;
use std::path::Path;

/// Name of the file with the sweeps.
pub const SWEEPS: &str = "sweeps.parquet";

/// Name of the file with everything but the sweeps.
pub const HEAD: &str = "slice.toml";

/// Reads the slice in `folder`, a folder of [`list_slices`] or [`slice_dir`].
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
pub(crate) fn read_beside(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let head = Head::read(folder)?;
    if head.files.contains_key(name) { verified(folder, name, &head).map(Some) } else { Ok(None) }
}

/// Whether the results folder holds the slice, whole: every file that was
/// written with it has the bytes that were written.
pub fn is_complete(results: &Path, key: &SliceKey) -> bool {
    Layout::new(results).is_complete(key)
}

/// Whether `folder` holds the slice `key`, whole.
pub(crate) fn is_whole(folder: &Path, key: &SliceKey) -> bool {
    match Head::read(folder) {
        Ok(head) => head.key == *key && head.files.keys().all(|name| verified(folder, name, &head).is_ok()),
        Err(_) => false,
    }
}

/// The bytes of a file of the slice, which must be those that were written.
fn verified(folder: &Path, name: &str, head: &Head) -> Result<Vec<u8>, StoreError> {
    let path = folder.join(name);
    let Some(sum) = head.files.get(name) else {
        let reason = format!("no checksum of {name}: expected one under [files]");
        return Err(StoreError::invalid(&folder.join(HEAD), reason));
    };
    let bytes = fs::read(&path).map_err(|source| StoreError::reading(&path, "a file of a slice", source))?;
    let found = sha256_hex(&bytes);
    if found == *sum { Ok(bytes) } else { Err(StoreError::damaged(&path, format!("SHA-256 {sum}"), found)) }
}
