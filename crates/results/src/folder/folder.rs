//! The results folder while it is written: who may write into it, and what an
//! earlier run left there.

use crate::folder::compare::compare;
use crate::folder::content::{Content, content};
use crate::folder::demand::{Reach, demanded};
use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use crate::folder::layout::{Layout, sweep_leftovers};
use crate::folder::lock::Lock;
use crate::folder::log::RunLog;
use crate::folder::opening::{Mode, Opening};
use crate::folder::replace::{replace, sweep_beside};
use crate::folder::sums::Sums;
use crate::manifest::manifest::Manifest;
use crate::manifest::stamps::Stamps;
use recording::{SliceKey, SliceRecording, StoreError, atomic};
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

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
    lock: Lock,
    /// What was sealed when the results were opened to be measured again.
    before: Option<Sums>,
}

impl ResultsFolder {
    /// Makes the folder `dir` ready, locks it and notes the start in its log. Slices
    /// lie as [`Layout::new`] has it.
    ///
    /// # Errors
    /// [`FolderError`] if another process writes there, the folder may not be used
    /// in this mode, or it cannot be written.
    pub fn begin(dir: &Path, mode: Mode, opening: &Opening<'_>) -> Result<Begun, FolderError> {
        // What is not ours gets not so much as a log.
        if content(dir, opening)? == Content::SomethingElse {
            return Err(FolderError::NotResults { dir: dir.to_owned(), mark: opening.mark });
        }
        fs::create_dir_all(dir).map_err(FolderError::writing(dir))?;
        let mut lock = Lock::take(dir)?;
        // Another writer may have come and gone before the lock.
        let found = content(dir, opening)?;
        match (mode, found) {
            (_, Content::SomethingElse) => {
                return Err(FolderError::NotResults { dir: dir.to_owned(), mark: opening.mark });
            }
            (Mode::Fresh, Content::Beginnings | Content::Results) => {
                return Err(FolderError::Exists { dir: dir.to_owned(), resumable: opening.resumable });
            }
            (Mode::Overwrite, Content::Beginnings | Content::Results) => lock = replace(dir, lock)?,
            (Mode::Resume, Content::Results) => compare(dir, opening)?,
            (_, Content::Nothing) | (Mode::Resume, Content::Beginnings) => {}
        }
        let resumed = mode == Mode::Resume && found == Content::Results;
        let folder = Self::locked(dir, lock, opening.stamps.clone())?;
        folder.log.begin(opening.jobs, resumed)?;
        let sealed = Entry::Seal.within(dir);
        if sealed.exists() {
            // A resumed run is unfinished until it ends.
            fs::remove_file(&sealed).map_err(FolderError::writing(&sealed))?;
        }
        if !resumed {
            opening.files.iter().try_for_each(|(entry, bytes)| folder.write(*entry, bytes))?;
        }
        Ok(Begun { folder, resumed })
    }

    /// Locks the results in `dir` to write anew what follows from them as far as they
    /// are used. The seal of that goes until [`Self::seal`].
    ///
    /// # Errors
    /// [`FolderError`] if another process writes there, nothing can be written, or
    /// what is used is unfinished or damaged.
    pub fn reopen(dir: &Path, reach: Reach) -> Result<Self, FolderError> {
        let lock = Lock::take(dir)?;
        let sums = demanded(dir, reach)?;
        let manifest = Manifest::read(&Entry::Manifest.within(dir))?;
        let stamps = Stamps::of(&manifest, &Entry::Manifest.within(dir))?;
        let mut folder = Self::locked(dir, lock, stamps)?;
        if let Some(sums) = sums {
            folder.before = (reach == Reach::Recordings).then(|| sums.clone());
            sums.without(reach.anew()).write(dir)?;
        }
        Ok(folder)
    }

    /// Seals the folder: the job is done, and everything is as it shall stay. Figures and
    /// pages that lay there when the recordings were measured again stay sealed as they
    /// were if the findings are the same; else they are of other findings, and are not
    /// sealed.
    ///
    /// # Errors
    /// [`FolderError::Gone`] if the folder is no longer where it was begun; else
    /// [`FolderError::Store`].
    pub fn seal(&self) -> Result<(), FolderError> {
        self.confirm()?;
        let sums = Sums::of(&self.dir)?;
        let sums = if let Some(before) = &self.before { sums.measured_again(before) } else { sums };
        sums.write(&self.dir)?;
        self.confirm()
    }

    /// A locked folder without what killed programs left.
    fn locked(dir: &Path, lock: Lock, stamps: Stamps) -> Result<Self, FolderError> {
        sweep_beside(dir);
        sweep_leftovers(dir)?;
        Ok(Self { dir: dir.to_owned(), layout: Layout::new(dir, stamps), log: RunLog::of(dir), lock, before: None })
    }

    /// That the folder still is where it was begun: not moved, replaced or removed by
    /// another program.
    fn confirm(&self) -> Result<(), FolderError> {
        if self.lock.holds() { Ok(()) } else { Err(FolderError::Gone(self.dir.clone())) }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.dir
    }

    /// Where its slices lie.
    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Slices lie from now on as [`Layout::of`] has it, for names that differ in
    /// case or punctuation only.
    ///
    /// # Errors
    /// As [`Layout::of`].
    pub fn lay_out(&mut self, manifest: &Manifest) -> Result<(), StoreError> {
        self.layout = Layout::of(&self.dir, manifest)?;
        Ok(())
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
    /// [`StoreError::Unwritable`]; [`StoreError::Invalid`] for a value that JSON cannot hold.
    pub fn json<T: Serialize>(&self, entry: Entry, value: &T) -> Result<(), StoreError> {
        let path = entry.within(&self.dir);
        let text =
            serde_json::to_string_pretty(value).map_err(|fault| StoreError::invalid(&path, fault.to_string()))?;
        atomic::write(&path, text.as_bytes())
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
