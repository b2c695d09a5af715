//! The checksums of a results folder as a file, in the form of `sha256sum`:
//!
//! ```text
//! ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  findings.json
//! ```
//!
//! A job that writes anew makes remarks of the lines of what it will write.
//!
//! Of a slice only its description is listed: that one holds the checksums of the other
//! files of the slice. The log is not listed, since it says what differs between two runs;
//! nor what a person or an export has put there; nor results within results, as those of
//! a fit are: they have a seal of their own.

use crate::folder::entry::Entry;
use recording::atomic::is_temporary;
use recording::digest::sha256_hex;
use recording::input;
use recording::store::HEAD;
use recording::{StoreError, atomic};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Checksums by path within the folder, with `/` between names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    listed: BTreeMap<String, String>,
    /// Those that were listed before a job took them out to write the files anew; in the
    /// file they are remarks.
    earlier: BTreeMap<String, String>,
}

/// Begins the line of a checksum that is a remark.
const REMARK: &str = "# ";

/// What a file of a results folder is to its seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The plan and the recordings.
    Recorded,
    /// What was measured and concluded from the recordings.
    Concluded,
    /// What other jobs have put beside: mechanism, decisions, other parameters, a fit.
    Beside,
    /// Figures with their data.
    Figures,
    /// Pages.
    Pages,
}

impl Part {
    pub(crate) const ALL: [Self; 5] = [Self::Recorded, Self::Concluded, Self::Beside, Self::Figures, Self::Pages];

    /// The part of a path within the folder.
    pub(crate) fn of(path: &str) -> Self {
        let first = path.split('/').next().unwrap_or(path);
        let pages = [Entry::Report, Entry::ReportMarkdown];
        let concluded =
            [Entry::Measures, Entry::MeasuresCsv, Entry::Slices, Entry::Cells, Entry::Exclusions, Entry::Findings];
        let beside = [Entry::MechanismTable, Entry::Sensitivity, Entry::Prediction, Entry::Fit];
        let is = |entries: &[Entry]| entries.iter().any(|entry| entry.name() == first);
        match () {
            () if is(&[Entry::Figures]) => Self::Figures,
            () if is(&pages) => Self::Pages,
            () if is(&concluded) => Self::Concluded,
            () if is(&beside) => Self::Beside,
            () => Self::Recorded,
        }
    }
}

impl Sums {
    /// Of all files that lie in `dir` now.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`].
    pub(crate) fn of(dir: &Path) -> Result<Self, StoreError> {
        let mut sums = Self::default();
        for path in paths(dir)? {
            let sum = sum_of(dir, &path)?;
            sums.listed.insert(path, sum);
        }
        Ok(sums)
    }

    /// Those that were written; `None` if there are none.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read, or are no list of checksums.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>, StoreError> {
        let path = Entry::Seal.within(dir);
        let bytes = match input::read(&path, input::LARGEST) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StoreError::Unreadable { path, source }),
        };
        let text = String::from_utf8(bytes).map_err(|_| StoreError::damaged(&path, "UTF-8 text", "other bytes"))?;
        let mut sums = Self::default();
        for (number, line) in text.lines().enumerate() {
            let is_sum = |sum: &str| sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
            let (into, rest) = match line.strip_prefix(REMARK) {
                Some(rest) => (&mut sums.earlier, rest),
                None => (&mut sums.listed, line),
            };
            let Some((sum, name)) = rest.split_once("  ").filter(|(sum, name)| is_sum(sum) && !name.is_empty()) else {
                let reason = format!("line {} is no checksum with the name of a file", number + 1);
                return Err(StoreError::invalid(&path, reason));
            };
            into.insert(name.to_owned(), sum.to_owned());
        }
        Ok(Some(sums))
    }

    /// Writes them as the seal of `dir`.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub(crate) fn write(&self, dir: &Path) -> Result<(), StoreError> {
        let lines = self.listed.iter().map(|(path, sum)| format!("{sum}  {path}\n"));
        let remarks = self.earlier.iter().map(|(path, sum)| format!("{REMARK}{sum}  {path}\n"));
        let lines: String = lines.chain(remarks).collect();
        atomic::write(&Entry::Seal.within(dir), lines.as_bytes())
    }

    /// Without those of the parts that are about to be written anew: they become remarks.
    pub(crate) fn without(mut self, parts: &[Part]) -> Self {
        let anew = self.listed.extract_if(.., |path, _| parts.contains(&Part::of(path)));
        self.earlier.extend(anew);
        self
    }

    /// With what was not measured again as an earlier seal has it: what lies beside the
    /// findings, and figures and pages if the findings are the same. Otherwise those are of
    /// other findings, and are left out.
    pub(crate) fn measured_again(self, before: &Self) -> Self {
        const KEPT: [Part; 3] = [Part::Beside, Part::Figures, Part::Pages];
        let of = |path: &str| before.listed.get(path).or_else(|| before.earlier.get(path));
        let same = self.listed.get(Entry::Findings.name()) == of(Entry::Findings.name());
        let is_kept = |path: &str| KEPT.contains(&Part::of(path)) && (same || Part::of(path) == Part::Beside);
        let mut listed = self.without(&KEPT).listed;
        let earlier = before.earlier.iter().chain(&before.listed).filter(|(path, _)| is_kept(path));
        listed.extend(earlier.map(|(path, sum)| (path.clone(), sum.clone())));
        Self { listed, ..Self::default() }
    }

    /// Whether the file is listed.
    pub(crate) fn has(&self, entry: Entry) -> bool {
        self.listed.contains_key(entry.name())
    }

    /// How many files are listed.
    pub(crate) fn len(&self) -> usize {
        self.listed.len()
    }

    /// Listed files of these parts that are gone, and those whose bytes are others.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`].
    pub(crate) fn broken(&self, dir: &Path, parts: &[Part]) -> Result<(Vec<String>, Vec<String>), StoreError> {
        let (mut missing, mut changed) = (Vec::new(), Vec::new());
        for (path, sum) in self.listed.iter().filter(|(path, _)| parts.contains(&Part::of(path))) {
            match sum_of(dir, path) {
                Ok(found) if found == *sum => {}
                Ok(_) => changed.push(path.clone()),
                Err(StoreError::Missing { .. }) => missing.push(path.clone()),
                Err(error) => return Err(error),
            }
        }
        Ok((missing, changed))
    }

    /// Slices in `dir` that are not listed and, as far as they are to be used, data of
    /// figures and pages.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`].
    pub(crate) fn foreign(&self, dir: &Path, parts: &[Part]) -> Result<Vec<String>, StoreError> {
        let mut found = paths(dir)?;
        let below = |path: &str, folder: Entry| path.split('/').next() == Some(folder.name());
        let is_used = |path: &str| match Part::of(path) {
            Part::Recorded => below(path, Entry::Recordings),
            Part::Figures => parts.contains(&Part::Figures) && path.ends_with(".csv"),
            Part::Pages => parts.contains(&Part::Pages),
            Part::Concluded | Part::Beside => false,
        };
        found.retain(|path| is_used(path) && !self.listed.contains_key(path));
        Ok(found)
    }
}

/// The checksum of a file of the folder.
fn sum_of(dir: &Path, path: &str) -> Result<String, StoreError> {
    let file = dir.join(path);
    let bytes = input::read(&file, input::LARGEST)
        .map_err(|source| StoreError::reading(&file, "a file of the results", source))?;
    Ok(sha256_hex(&bytes))
}

/// Files of `dir` that a seal lists, sorted. Links are not followed.
fn paths(dir: &Path) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for entry in Entry::ALL {
        let path = entry.within(dir);
        let unlisted = [Entry::RunLog, Entry::Seal, Entry::Recorded, Entry::Simulated].contains(&entry);
        if unlisted || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            gather(&path, &format!("{}/", entry.name()), &mut found)?;
        } else if path.is_file() {
            found.push(entry.name().to_owned());
        }
    }
    found.sort();
    Ok(found)
}

/// Adds the files below a folder.
fn gather(folder: &Path, before: &str, found: &mut Vec<String>) -> Result<(), StoreError> {
    let unreadable = |source| StoreError::Unreadable { path: folder.to_owned(), source };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        // What has another than a Unicode name no program of ours has written.
        if let Ok(name) = entry.file_name().into_string() {
            entries.push((name, kind));
        }
    }
    let is_slice = entries.iter().any(|(name, _)| name == HEAD);
    for (name, kind) in entries {
        let path = format!("{before}{name}");
        if is_temporary(&name) {
            continue;
        }
        if kind.is_dir() {
            gather(&folder.join(&name), &format!("{path}/"), found)?;
        } else if kind.is_file() && (!is_slice || name == HEAD) {
            found.push(path);
        }
    }
    Ok(())
}
