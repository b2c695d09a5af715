//! The results folder while it is written: who may write into it, and what an
//! earlier run left there.

use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use crate::folder::layout::{Layout, sweep_leftovers};
use crate::folder::lock::refuse_if_busy;
use crate::folder::log::RunLog;
use crate::manifest::manifest::Manifest;
use recording::{SliceKey, SliceRecording, StoreError, atomic};
use serde::Serialize;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// What to do about a folder that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Refuse it unless it is empty.
    Fresh,
    /// Keep what is complete in it and do the rest.
    Resume,
    /// Remove it, if it is a results folder, and begin anew.
    Overwrite,
}

/// How a results folder begins.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// The entry by which a folder of this kind is known.
    pub mark: Entry,
    /// What stands there before the first slice, in the order of writing; a resumed
    /// run must agree byte for byte. The mark comes last: a folder that has it has
    /// everything before it.
    pub files: &'a [(Entry, &'a [u8])],
    /// Whether a run of this kind can be gone on with.
    pub resumable: bool,
    /// Seed of the run.
    pub seed: u64,
    /// Threads, for the log.
    pub jobs: usize,
}

/// A folder that has been begun.
#[derive(Debug)]
pub struct Begun {
    /// The folder, locked.
    pub folder: ResultsFolder,
    /// Whether slices of an earlier run may lie in it.
    pub resumed: bool,
}

/// A results folder that this process alone writes into, as long as it has this value.
#[derive(Debug)]
pub struct ResultsFolder {
    dir: PathBuf,
    layout: Layout,
    log: RunLog,
}

impl ResultsFolder {
    /// Makes the folder `dir` ready, locks it and notes the start in its log. Slices
    /// lie as [`Layout::new`] has it.
    ///
    /// # Errors
    /// [`FolderError`] if another process writes there, the folder may not be used
    /// in this mode, or it cannot be written.
    pub fn begin(dir: &Path, mode: Mode, opening: &Opening<'_>) -> Result<Begun, FolderError> {
        refuse_if_busy(dir)?;
        let found = content(dir, opening)?;
        match (mode, found) {
            (_, Content::SomethingElse) => {
                return Err(FolderError::NotResults { dir: dir.to_owned(), mark: opening.mark });
            }
            (Mode::Fresh, Content::Beginnings | Content::Results) => {
                return Err(FolderError::Exists { dir: dir.to_owned(), resumable: opening.resumable });
            }
            (Mode::Overwrite, Content::Beginnings | Content::Results) => {
                clear(dir)?;
            }
            (Mode::Resume, Content::Results) => compare(dir, opening)?,
            (_, Content::Nothing) | (Mode::Resume, Content::Beginnings) => {}
        }
        fs::create_dir_all(dir).map_err(FolderError::writing(dir))?;
        let log = RunLog::open(dir)?;
        let resumed = mode == Mode::Resume && found == Content::Results;
        log.begin(opening.jobs, resumed)?;
        sweep_leftovers(dir)?;
        let folder = Self { dir: dir.to_owned(), layout: Layout::new(dir), log };
        if !resumed {
            opening.files.iter().try_for_each(|(entry, bytes)| folder.write(*entry, bytes))?;
        }
        Ok(Begun { folder, resumed })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.dir
    }

    /// Slices lie from now on as [`Layout::of`] has it, for names that differ in
    /// case or punctuation only.
    pub fn lay_out(&mut self, manifest: &Manifest) {
        self.layout = Layout::of(&self.dir, manifest);
    }

    /// Writes a file whole or not at all.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub fn write(&self, entry: Entry, bytes: &[u8]) -> Result<(), StoreError> {
        atomic::write(&entry.within(&self.dir), bytes)
    }

    /// Writes a value as JSON.
    ///
    /// # Errors
    /// As [`write_json`].
    pub fn json<T: Serialize>(&self, entry: Entry, value: &T) -> Result<(), StoreError> {
        write_json(&self.dir, entry, value)
    }

    /// Writes a slice with further files for its folder.
    ///
    /// # Errors
    /// As [`Layout::write_slice`].
    pub fn write_slice(&self, recording: &SliceRecording, files: &[(Entry, &[u8])]) -> Result<(), StoreError> {
        self.layout.write_slice(recording, files).map(drop)
    }

    /// Whether the slice is there, whole.
    pub fn is_complete(&self, key: &SliceKey) -> bool {
        self.layout.is_complete(key)
    }

    /// Adds a line to the log.
    ///
    /// # Errors
    /// [`FolderError::Write`].
    pub fn note(&self, what: &str) -> Result<(), FolderError> {
        self.log.note(what)
    }
}

/// Writes a value as JSON into a results folder, for what is added to a finished one.
///
/// # Errors
/// [`StoreError::Unwritable`]; [`StoreError::Invalid`] for a value that JSON cannot hold.
pub fn write_json<T: Serialize>(dir: &Path, entry: Entry, value: &T) -> Result<(), StoreError> {
    let path = entry.within(dir);
    let text = serde_json::to_string_pretty(value).map_err(|fault| StoreError::invalid(&path, fault.to_string()))?;
    atomic::write(&path, text.as_bytes())
}

/// What lies in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// It does not exist, or holds at most a log.
    Nothing,
    /// A run that was stopped before its mark was written.
    Beginnings,
    /// A results folder.
    Results,
    /// Something that no run has written.
    SomethingElse,
}

/// Looks at what lies in a folder.
fn content(dir: &Path, opening: &Opening<'_>) -> Result<Content, FolderError> {
    if !dir.exists() {
        return Ok(Content::Nothing);
    }
    if !dir.is_dir() {
        return Ok(Content::SomethingElse);
    }
    let entries = fs::read_dir(dir).map_err(FolderError::writing(dir))?;
    let names: Vec<OsString> = entries.flatten().map(|entry| entry.file_name()).collect();
    let is = |name: &OsString, entry: Entry| name == entry.name();
    let has = |entry: Entry| names.iter().any(|name| is(name, entry));
    let early = |name: &OsString| {
        let written =
            [Entry::Recordings, Entry::RunLog].into_iter().chain(opening.files.iter().map(|(entry, _)| *entry));
        // A study writes its manifest last of all; the log tells its folder from that of a person.
        let of_study = has(Entry::RunLog) && (is(name, Entry::Study) || is(name, Entry::Faults));
        written.into_iter().any(|entry| is(name, entry)) || of_study || atomic::is_temporary(&name.to_string_lossy())
    };
    Ok(if names.iter().all(|name| is(name, Entry::RunLog)) {
        Content::Nothing
    } else if has(opening.mark) {
        Content::Results
    } else if names.iter().all(early) {
        Content::Beginnings
    } else {
        Content::SomethingElse
    })
}

/// Removes a results folder. Of one without a manifest, as that of a fit, only what
/// a program of ours has written is removed.
fn clear(dir: &Path) -> Result<(), FolderError> {
    if Entry::Manifest.within(dir).exists() {
        return fs::remove_dir_all(dir).map_err(FolderError::writing(dir));
    }
    sweep_leftovers(dir)?;
    for path in Entry::ALL.into_iter().map(|entry| entry.within(dir)).filter(|path| path.exists()) {
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(FolderError::writing(&path))?;
    }
    Ok(())
}

/// Refuses to resume a run that was another input, seed or version.
fn compare(dir: &Path, opening: &Opening<'_>) -> Result<(), FolderError> {
    let differs = |what: String| Err(FolderError::OtherRun { dir: dir.to_owned(), what });
    for (entry, expected) in opening.files {
        let path = entry.within(dir);
        let stored = fs::read(&path).map_err(|source| StoreError::reading(&path, "a file of the results", source))?;
        if stored == *expected {
            continue;
        }
        return match entry {
            Entry::Experiment => {
                differs(format!("the experiment file was changed since (see {} in the folder)", entry.name()))
            }
            Entry::Manifest => {
                let manifest = Manifest::read(&path)?;
                differs(if manifest.seed == opening.seed {
                    format!("it was started by {} {}", manifest.program, manifest.commit).trim_end().to_owned()
                } else {
                    format!("it was started with seed {}, this run has seed {}", manifest.seed, opening.seed)
                })
            }
            other => differs(format!("{} is not as this run would write it", other.name())),
        };
    }
    Ok(())
}
