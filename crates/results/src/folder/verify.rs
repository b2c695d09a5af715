//! What of a results folder is as it was written.

use crate::folder::entry::Entry;
use crate::folder::open::Results;
use crate::folder::sums::{Part, Sums};
use recording::StoreError;
use serde::Serialize;
use std::path::Path;

/// What of a results folder is as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Files that are listed in the seal; `None` without a seal: the folder is
    /// unfinished, or older than seals.
    pub sealed: Option<usize>,
    /// Slices whose files all have their checksums.
    pub whole_slices: usize,
    /// Listed files that are gone, by path within the folder.
    pub missing: Vec<String>,
    /// Listed files whose bytes are others.
    pub changed: Vec<String>,
    /// Slices, figures and pages that are not listed.
    pub foreign: Vec<String>,
    /// What is wrong with slices, in words.
    pub slices: Vec<String>,
}

impl Verified {
    /// Whether everything is sealed and as it was.
    pub fn is_intact(&self) -> bool {
        let nothing = [&self.missing, &self.changed, &self.foreign, &self.slices].into_iter().all(Vec::is_empty);
        self.sealed.is_some() && nothing
    }
}

impl Verified {
    /// Adds the results in a folder within.
    fn add(&mut self, name: &str, within: Self) {
        self.sealed = self.sealed.zip(within.sealed).map(|(own, more)| own + more);
        self.whole_slices += within.whole_slices;
        let below = |paths: Vec<String>| paths.into_iter().map(move |path| format!("{name}/{path}"));
        self.missing.extend(below(within.missing));
        self.changed.extend(below(within.changed));
        self.foreign.extend(below(within.foreign));
        self.slices.extend(within.slices);
    }
}

/// Compares everything in `dir` with what was written.
///
/// # Errors
/// [`StoreError`] if the folder cannot be read at all.
pub fn verify(dir: &Path) -> Result<Verified, StoreError> {
    let mut verified = Verified::default();
    if let Some(sums) = Sums::read(dir)? {
        let (missing, changed) = sums.broken(dir, &Part::ALL)?;
        let foreign = sums.foreign(dir, &Part::ALL)?;
        verified = Verified { sealed: Some(sums.len()), missing, changed, foreign, ..verified };
    }
    for within in [Entry::Recorded, Entry::Simulated] {
        let folder = within.within(dir);
        if folder.is_dir() {
            verified.add(within.name(), verify(&folder)?);
        }
    }
    if !Entry::Manifest.within(dir).exists() {
        return Ok(verified);
    }
    let slices = match Results::open(dir).and_then(|results| results.slices()) {
        Ok(slices) => slices,
        Err(error) => {
            verified.slices.push(error.to_string());
            return Ok(verified);
        }
    };
    for slice in slices {
        match slice.check() {
            Ok(()) => verified.whole_slices += 1,
            Err(error) => verified.slices.push(error.to_string()),
        }
    }
    Ok(verified)
}
