//! Where slices lie, and what lies there.

use crate::folder::entry::Entry;
use crate::folder::slug;
use crate::manifest::manifest::Manifest;
use crate::manifest::stamps::Stamps;
use recording::atomic::is_temporary;
use recording::store::{HEAD, read_slice};
use recording::{NaturalKey, SliceKey, SliceRecording, StoreError, store};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of a results folder.
#[derive(Clone, Debug)]
pub struct Layout {
    results: PathBuf,
    stamps: Stamps,
    inductions: BTreeMap<String, String>,
    conditions: BTreeMap<String, String>,
}

impl Layout {
    /// Folders named by [`slug::slug`] alone: for names known to differ in
    /// letters or digits. Slices bear these stamps.
    pub fn new(results: &Path, stamps: Stamps) -> Self {
        let (inductions, conditions) = (BTreeMap::new(), BTreeMap::new());
        Self { results: results.to_owned(), stamps, inductions, conditions }
    }

    /// Folders named by `slug::unique` in the order of the manifest: for any
    /// names of inductions and conditions.
    ///
    /// # Errors
    /// As [`Stamps::of`].
    pub fn of(results: &Path, manifest: &Manifest) -> Result<Self, StoreError> {
        let folders = |names: Vec<&str>| {
            let folders = slug::unique(names.iter().copied());
            names.into_iter().map(str::to_owned).zip(folders).collect()
        };
        Ok(Self {
            results: results.to_owned(),
            stamps: Stamps::of(manifest, &Entry::Manifest.within(results))?,
            inductions: folders(manifest.inductions.iter().map(|plan| plan.name.as_str()).collect()),
            conditions: folders(manifest.conditions.iter().map(|plan| plan.name.as_str()).collect()),
        })
    }

    /// The folder of a slice, whether or not it exists.
    pub fn slice_dir(&self, key: &SliceKey) -> PathBuf {
        let folder =
            |known: &BTreeMap<String, String>, name: &str| known.get(name).cloned().unwrap_or_else(|| slug::slug(name));
        Entry::Recordings
            .within(&self.results)
            .join(folder(&self.inductions, &key.induction))
            .join(folder(&self.conditions, &key.condition))
            .join(format!("{}-s{}", slug::slug(&key.animal), key.slice))
    }

    /// Whether the slice is there, whole and of this run; see [`store::is_whole`].
    pub fn is_complete(&self, key: &SliceKey) -> bool {
        store::is_whole(&self.slice_dir(key), key, self.stamps.stamp(key))
    }

    /// Writes a slice with further files for the same folder, and returns
    /// the folder. A slice of the same key is replaced.
    ///
    /// # Errors
    /// As [`store::write_slice`].
    pub fn write_slice(&self, recording: &SliceRecording, files: &[(Entry, &[u8])]) -> Result<PathBuf, StoreError> {
        let folder = self.slice_dir(&recording.key);
        let files: Vec<(&str, &[u8])> = files.iter().map(|(entry, bytes)| (entry.name(), *bytes)).collect();
        store::write_slice(&folder, recording, self.stamps.stamp(&recording.key), &files)?;
        Ok(folder)
    }
}

/// A slice found on disk.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSlice {
    /// Which slice it is.
    pub key: SliceKey,
    /// Its folder.
    pub folder: PathBuf,
}

impl StoredSlice {
    /// Reads the slice; see [`read_slice`].
    ///
    /// # Errors
    /// As [`read_slice`].
    pub fn read(&self) -> Result<SliceRecording, StoreError> {
        read_slice(&self.folder)
    }

    /// That every file of the slice has the bytes that were written.
    ///
    /// # Errors
    /// [`StoreError`] naming the first file that is absent or damaged.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        store::check_slice(&self.folder)
    }

    /// The bytes of a further file that was written with the slice; `None` if
    /// none of that name was.
    ///
    /// # Errors
    /// [`StoreError`] if the file is absent or damaged although it was written.
    pub fn beside(&self, entry: Entry) -> Result<Option<Vec<u8>>, StoreError> {
        store::read_beside(&self.folder, entry.name())
    }
}

/// The slices of a results folder in the order that [`crate::Results::slices`] says.
pub(crate) fn slices(results: &Path, manifest: &Manifest) -> Result<Vec<StoredSlice>, StoreError> {
    let stamps = Stamps::of(manifest, &Entry::Manifest.within(results))?;
    let mut placed = Vec::new();
    for induction in folders(&Entry::Recordings.within(results))? {
        for condition in folders(&induction)? {
            for folder in folders(&condition)? {
                let (key, stamp) = store::read_identity(&folder)?;
                let own = stamps.stamp(&key);
                if stamp != *own {
                    let reason = format!("this slice is {stamp}; by the manifest it should be {own}");
                    return Err(StoreError::invalid(&folder.join(HEAD), reason));
                }
                let unplanned = |what: &str, name: &str| {
                    let reason = format!("{what} \"{name}\" is not in the manifest");
                    StoreError::invalid(&folder.join(HEAD), reason)
                };
                let induction = manifest.inductions.iter().position(|plan| plan.name == key.induction);
                let induction = induction.ok_or_else(|| unplanned("induction", &key.induction))?;
                let condition = manifest.conditions.iter().position(|plan| plan.name == key.condition);
                let condition = condition.ok_or_else(|| unplanned("condition", &key.condition))?;
                placed.push(((induction, condition), StoredSlice { key, folder }));
            }
        }
    }
    placed.sort_by(|(place, one), (other_place, other)| {
        place
            .cmp(other_place)
            .then_with(|| NaturalKey::of(&one.key.animal).cmp(&NaturalKey::of(&other.key.animal)))
            .then(one.key.slice.cmp(&other.key.slice))
    });
    for pair in placed.windows(2) {
        if pair[0].1.key == pair[1].1.key {
            let held = pair[0].1.folder.display();
            let reason = format!("the same slice as in {held}: expected each slice once");
            return Err(StoreError::invalid(&pair[1].1.folder, reason));
        }
    }
    Ok(placed.into_iter().map(|(_, slice)| slice).collect())
}

/// Removes what a killed program was writing, anywhere below `dir`; returns how
/// many files and folders it removed. Not to be called while another program
/// writes there.
///
/// # Errors
/// [`StoreError::Unreadable`] or [`StoreError::Unwritable`].
pub(crate) fn sweep_leftovers(dir: &Path) -> Result<usize, StoreError> {
    let mut removed = 0;
    for entry in entries(dir)? {
        let path = entry.path();
        // Links are not followed.
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_temporary(&entry.file_name().to_string_lossy()) {
            if folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }
                .map_err(StoreError::writing(&path))?;
            removed += 1;
        } else if folder {
            removed += sweep_leftovers(&path)?;
        }
    }
    Ok(removed)
}

/// Folders within `dir`, by name, without those that are being written or
/// hidden; none if `dir` does not exist.
fn folders(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let visible = |entry: &fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let mut folders: Vec<_> = entries(dir)?
        .into_iter()
        .filter(|entry| visible(entry) && entry.path().is_dir())
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    Ok(folders)
}

fn entries(dir: &Path) -> Result<Vec<fs::DirEntry>, StoreError> {
    let unreadable = |source| StoreError::Unreadable { path: dir.to_owned(), source };
    match fs::read_dir(dir) {
        Ok(entries) => entries.map(|entry| entry.map_err(unreadable)).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(unreadable(error)),
    }
}
