//! What lies in a folder before anything is written into it.

use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use crate::folder::opening::Opening;
use recording::atomic;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// What lies in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
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
pub(crate) fn content(dir: &Path, opening: &Opening<'_>) -> Result<Content, FolderError> {
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
