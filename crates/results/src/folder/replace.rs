//! A results folder in place of an older one.

use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use crate::folder::layout::sweep_leftovers;
use crate::folder::lock::Lock;
use recording::atomic::{is_temporary_of, temporary_beside};
use std::fs;
use std::path::Path;

/// Puts an empty, locked folder in the place of the results in `dir`, which the caller
/// has locked; the old ones are renamed aside and then removed, so that at no moment a
/// part of them stands under their name. Of results without a manifest, as those of a
/// fit, only what a program of ours has written is removed.
pub(crate) fn replace(dir: &Path, old: Lock) -> Result<Lock, FolderError> {
    if !Entry::Manifest.within(dir).exists() {
        empty(dir)?;
        return Ok(old);
    }
    // A link goes on leading to where it did: what it leads to is replaced.
    let place = fs::canonicalize(dir).map_err(FolderError::writing(dir))?;
    let (fresh, aside) = (temporary_beside(&place), temporary_beside(&place));
    if fs::create_dir(&fresh).is_err() {
        return in_place(dir, old);
    }
    let new = Lock::take(&fresh)?;
    if fs::rename(&place, &aside).is_err() {
        // A mount point, for one, cannot be renamed.
        remove(&fresh)?;
        return in_place(dir, old);
    }
    if let Err(reason) = fs::rename(&fresh, &place) {
        let _ = fs::rename(&aside, &place);
        let _ = fs::remove_dir_all(&fresh);
        return Err(FolderError::writing(dir)(reason));
    }
    remove(&aside)?;
    drop(old);
    Ok(new.renamed(dir))
}

/// Removes what killed programs left beside `dir` while they replaced it. What another
/// writer has locked is left alone.
pub(crate) fn sweep_beside(dir: &Path) {
    let Ok(place) = fs::canonicalize(dir) else { return };
    let Some(entries) = place.parent().and_then(|above| fs::read_dir(above).ok()) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let left = is_temporary_of(&entry.file_name().to_string_lossy(), &place) && !path.is_symlink();
        if left && path.is_dir() && Lock::take(&path).is_ok() {
            // Another start may be sweeping, too.
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Removes the content of a folder that cannot be renamed; its log stays, locked.
fn in_place(dir: &Path, lock: Lock) -> Result<Lock, FolderError> {
    for entry in fs::read_dir(dir).map_err(FolderError::writing(dir))?.flatten() {
        if entry.file_name() != Entry::RunLog.name() {
            remove(&entry.path())?;
        }
    }
    Ok(lock)
}

/// Removes what a program of ours has written into `dir`, but its log.
fn empty(dir: &Path) -> Result<(), FolderError> {
    sweep_leftovers(dir)?;
    let written = Entry::ALL.into_iter().filter(|entry| *entry != Entry::RunLog);
    written.map(|entry| entry.within(dir)).filter(|path| path.exists()).try_for_each(|path| remove(&path))
}

/// Removes a file, a link or a folder.
fn remove(path: &Path) -> Result<(), FolderError> {
    let folder = path.is_dir() && !path.is_symlink();
    let removed = if folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.map_err(FolderError::writing(path))
}
