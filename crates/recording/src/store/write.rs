//! Writing a slice: its folder appears by one rename.

use crate::atomic::{folder_of, sync_folder, temporary_beside};
use crate::digest::sha256_hex;
use crate::error::store::StoreError;
use crate::slice::{SliceKey, SliceRecording};
use crate::stamp::Stamp;
use crate::store::head::Head;
use crate::store::names::{HEAD, SWEEPS};
use crate::store::sweeps;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a slice of the run `stamp` as `folder`, with further files by name. A slice of the same
/// key is replaced.
///
/// # Errors
/// [`StoreError::Unwritable`]; [`StoreError::Invalid`] if a number is not finite,
/// or for a name that is no plain file name or already taken;
/// [`StoreError::Collision`] if the folder holds another slice.
pub fn write_slice(
    folder: &Path,
    recording: &SliceRecording,
    stamp: &Stamp,
    files: &[(&str, &[u8])],
) -> Result<(), StoreError> {
    check(folder, recording)?;
    refuse_other_slice(folder, &recording.key)?;
    let content = content(folder, recording, stamp, files)?;
    let unwritable = |source| StoreError::Unwritable { path: folder.to_owned(), source };
    create_folders(folder_of(folder)).map_err(unwritable)?;
    let temporary = temporary_beside(folder);
    let placed = fill(&temporary, &content).and_then(|()| place(&temporary, folder));
    placed.map_err(|source| {
        // The first error is the one to report.
        let _ = fs::remove_dir_all(&temporary);
        unwritable(source)
    })
}

/// The files of a slice folder.
fn content(
    folder: &Path,
    recording: &SliceRecording,
    stamp: &Stamp,
    files: &[(&str, &[u8])],
) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
    let encoded = sweeps::encode(&recording.sweeps)
        .map_err(|error| StoreError::invalid(&folder.join(SWEEPS), error.to_string()))?;
    let mut content = BTreeMap::from([(SWEEPS.to_owned(), encoded)]);
    for (name, bytes) in files {
        let plain = Path::new(name).file_name().is_some_and(|plain| plain == *name);
        let free = *name != HEAD && !content.contains_key(*name);
        if !plain || !free || name.starts_with('.') {
            let reason = format!("\"{name}\" cannot be added: expected a plain file name that is free");
            return Err(StoreError::invalid(folder, reason));
        }
        content.insert((*name).to_owned(), bytes.to_vec());
    }
    let sums = content.iter().map(|(name, bytes)| (name.clone(), sha256_hex(bytes))).collect();
    let head = Head::new(recording, stamp, sums)
        .to_text()
        .map_err(|error| StoreError::invalid(&folder.join(HEAD), error.to_string()))?;
    content.insert(HEAD.to_owned(), head.into_bytes());
    Ok(content)
}

/// All files are written before the first is synced, so that the file system can
/// take them to the disk together.
fn fill(folder: &Path, content: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    fs::create_dir(folder)?;
    let mut files = Vec::with_capacity(content.len());
    for (name, bytes) in content {
        let mut file = File::create(folder.join(name))?;
        file.write_all(bytes)?;
        files.push(file);
    }
    files.iter().try_for_each(File::sync_all)?;
    sync_folder(folder)
}

/// Renames the filled folder to its name, out of which an older one goes first.
fn place(temporary: &Path, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        let old = temporary_beside(folder);
        fs::rename(folder, &old)?;
        fs::rename(temporary, folder)?;
        fs::remove_dir_all(&old)?;
    } else {
        fs::rename(temporary, folder)?;
    }
    sync_folder(folder_of(folder))
}

/// Creates a folder with those above it, each synced into the one above.
fn create_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder_of(folder);
    create_folders(above)?;
    match fs::create_dir(folder) {
        Ok(()) => sync_folder(above),
        // Another thread was faster.
        Err(_) if folder.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

/// A folder may be replaced by the same slice only; one that cannot be read is
/// a broken copy of it.
fn refuse_other_slice(folder: &Path, key: &SliceKey) -> Result<(), StoreError> {
    match Head::read(folder) {
        Ok(head) if head.key != *key => Err(StoreError::Collision {
            path: folder.to_owned(),
            held: Box::new(head.key),
            asked: Box::new(key.clone()),
        }),
        _ => Ok(()),
    }
}

/// Numbers that a reader could not use are refused here, where the cause is near.
fn check(folder: &Path, recording: &SliceRecording) -> Result<(), StoreError> {
    let finite = |what: &str, value: f64| {
        if value.is_finite() {
            Ok(())
        } else {
            let reason = format!("{what} is {value}: expected a finite number");
            Err(StoreError::invalid(folder, reason))
        }
    };
    let above_zero = |what: &str, value: f64| {
        finite(what, value)?;
        if value > 0.0 {
            Ok(())
        } else {
            let reason = format!("{what} is {value}: expected a number above zero");
            Err(StoreError::invalid(folder, reason))
        }
    };
    for time_s in recording.induction_s.into_iter().chain(recording.drug_on_s) {
        finite("time of induction or drug", time_s)?;
    }
    for sweep in &recording.sweeps {
        finite("start of a sweep", sweep.start_s)?;
        finite("offset of a sweep", sweep.offset)?;
        above_zero("sampling rate of a sweep", sweep.rate_hz)?;
        above_zero("scale of a sweep", sweep.scale)?;
        sweep.stimulus_ms.iter().try_for_each(|&ms| finite("time of a stimulus", ms))?;
    }
    recording.events.iter().try_for_each(|event| finite("time of an event", event.time_s))?;
    for exposure in &recording.exposure {
        exposure.time_s.iter().try_for_each(|&time| finite("time of an exposure", time))?;
        exposure.tissue_um.iter().try_for_each(|&um| finite("concentration", um))?;
        if exposure.time_s.len() != exposure.tissue_um.len() {
            let (times, values) = (exposure.time_s.len(), exposure.tissue_um.len());
            let reason = format!(
                "exposure to {} has {times} times and {values} concentrations: expected as many",
                exposure.compound
            );
            return Err(StoreError::invalid(folder, reason));
        }
    }
    Ok(())
}
