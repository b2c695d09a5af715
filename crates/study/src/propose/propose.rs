//! A proposal for a study file from what a folder holds: channels, units, stimuli,
//! induction from trains, tags and gaps; condition, animal and slice guessed from
//! names and marked for review. Nothing is written.

use crate::error::StudyError;
use crate::file::files;
use crate::propose::clocks::Clocked;
use crate::propose::found::{Found, look};
use crate::propose::names::{self, Guess};
use crate::propose::page::text;
use crate::propose::tables::FoundTable;
use exchange::{ExchangeError, TraceFile};
use results::Entry;
use std::path::{Path, PathBuf};

/// Depth of folders that are searched.
const DEPTH: usize = 3;

/// Proposes the text of a study file for a folder.
///
/// # Errors
/// [`StudyError::NoRecordings`] if there is none; [`StudyError::Unreadable`] for
/// the folder itself.
pub fn propose(folder: &Path) -> Result<String, StudyError> {
    let mut files = Vec::new();
    collect(folder, DEPTH, &mut files)?;
    files::sort(&mut files);
    // Averages repeat what the sweeps beside them hold.
    if files.iter().any(|path| files::is_winltp_sweep(path)) {
        files.retain(|path| !is_winltp_average(path));
    }
    let (mut recordings, mut tables) = (Vec::new(), Vec::new());
    let mut faulty: Vec<String> = Vec::new();
    for path in files {
        match TraceFile::open(&path) {
            Ok(file) if file.sweep_count() > 0 => recordings.push(Clocked::of(&file)),
            Ok(_) => faulty.push(format!("{}: no sweep with samples", path.display())),
            Err(reason) => match FoundTable::open(&path) {
                Some(table) => tables.push(table),
                None => faulty.push(why_not(&path, &reason)),
            },
        }
    }
    if recordings.is_empty() && tables.is_empty() {
        if !faulty.is_empty() {
            return Err(StudyError::NotUnderstood { folder: folder.to_owned(), reasons: faulty });
        }
        return Err(StudyError::NoRecordings(folder.to_owned()));
    }
    let slices: Vec<Found> =
        grouped(folder, &recordings).into_iter().map(|(guess, files, why)| look(guess, files, why)).collect();
    let paths: Vec<PathBuf> = tables.iter().map(|table: &FoundTable| table.path.clone()).collect();
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    for (table, condition) in tables.iter_mut().zip(names::table_conditions(&paths)) {
        table.condition = condition;
    }
    Ok(text(folder, &slices, &tables, &faulty))
}

/// Why a file is not in the proposal, and what would help.
fn why_not(path: &Path, reason: &ExchangeError) -> String {
    let table = exchange::read_table(path);
    let titles = table.as_ref().map(|sheet| sheet.table.names().collect::<Vec<_>>().join(", ")).unwrap_or_default();
    match reason {
        ExchangeError::Unstated { .. } if !titles.is_empty() => format!(
            "{}: neither sweeps nor a time course: the columns are {titles}; expected a column of times, as \"time \
             (min)\"; other tables are for `schaffer stats`",
            path.display()
        ),
        other => other.to_string(),
    }
}

/// Files that may be recordings or tables, at most `depth` folders down.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), StudyError> {
    let unreadable = |source| StudyError::Unreadable { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || Entry::Manifest.within(&path).exists() {
            continue;
        }
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, files)?;
            }
        } else if looks_like_recording(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// Endings that recordings have; WinLTP numbers its files (`.P0`, `.T12`).
fn looks_like_recording(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let winltp = ending.trim_start_matches('a').strip_prefix(['p', 't']);
    exchange::is_named_as_recording(path)
        || winltp.is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
}

/// Whether the ending is that of a WinLTP average (`.AP0`).
fn is_winltp_average(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    ending.strip_prefix('a').is_some_and(|rest| files::is_winltp_sweep(&path.with_extension(rest)))
}

/// A slice as its names have it, its files, and why they were put together if not by name.
type Group = (Guess, Vec<PathBuf>, Option<&'static str>);

/// Recordings by slice, in the order of their first file.
fn grouped(folder: &Path, recordings: &[Clocked]) -> Vec<Group> {
    let mut slices: Vec<Group> = Vec::new();
    let mut last: Option<&Clocked> = None;
    for file in recordings {
        let path = &file.path;
        let guess = names::guess(path.strip_prefix(folder).unwrap_or(path), slices.len());
        // WinLTP writes a file for each sweep: those that differ by their number belong together.
        let series = files::is_winltp_sweep(path).then(|| files::winltp_series(path));
        let belongs = |known: &Guess, first: &Path| match &series {
            Some(series) => files::is_winltp_sweep(first) && files::winltp_series(first) == *series,
            None => known.same_slice(&guess),
        };
        let follows = last.is_some_and(|last| series.is_none() && last.goes_on_with(file));
        let by_name =
            slices.iter().position(|(known, files, _)| files.first().is_some_and(|first| belongs(known, first)));
        // Names without animal and slice say nothing: the clock decides.
        let by_clock = || {
            let last = slices.last().filter(|_| follows && !guess.named);
            last.filter(|(known, ..)| !known.named && known.condition == guess.condition).map(|_| slices.len() - 1)
        };
        match by_name.or_else(by_clock) {
            Some(place) => {
                slices[place].1.push(path.clone());
                if by_name.is_none() {
                    slices[place].2 = Some("each file begins within 10 min of the end of the one before");
                }
            }
            None => slices.push((guess, vec![path.clone()], None)),
        }
        last = Some(file);
    }
    // Where clocks are silent the words say what came first.
    for (_, files, _) in &mut slices {
        files.sort_by_key(|path| names::stage(path));
    }
    slices
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Conditions by the number of their slices; for tests of the proposal.
    fn counted(slices: &[Group]) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (guess, ..) in slices {
            *counts.entry(guess.condition.clone()).or_default() += 1;
        }
        counts
    }

    #[test]
    fn files_of_a_slice_are_put_together() {
        let names = ["ctrl_m1_s1_base.abf", "ctrl_m1_s1_post.abf", "ctrl_m2_s1.abf", "APV_m1_s2.abf"];
        let paths: Vec<Clocked> = names.iter().map(|name| Clocked::unclocked(Path::new("/x").join(name))).collect();
        let slices = grouped(Path::new("/x"), &paths);
        assert_eq!(slices.iter().map(|(_, files, _)| files.len()).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!(counted(&slices), BTreeMap::from([("control".to_owned(), 2), ("APV".to_owned(), 1)]));
    }
}
