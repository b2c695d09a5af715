//! The recording files that a study names: single files, patterns with `*`, and
//! folders of WinLTP, which writes one file for each sweep.

use crate::error::StudyError;
use recording::NaturalKey;
use std::path::{Path, PathBuf};

/// Files that one entry may stand for.
const MOST: usize = 100_000;

/// Folder of a file; names in a study file count from there.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => PathBuf::from("."),
    }
}

/// Whether the ending is that of a WinLTP sweep (`.P0`, `.T1`); averages
/// (`.AP0`) repeat what the sweeps hold.
pub(crate) fn is_winltp_sweep(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let number = ending.strip_prefix(['p', 't']);
    number.is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

/// The name of a WinLTP file without its number and ending: what the sweeps of one
/// recording share.
pub(crate) fn winltp_series(path: &Path) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let series = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    path.with_file_name(series)
}

/// The files of some entries, in order; those of a pattern or folder in the order
/// of the numbers in their names.
///
/// # Errors
/// [`StudyError::Recording`] for an entry without a file.
pub(crate) fn named(entries: &[PathBuf], folder: &Path) -> Result<Vec<PathBuf>, StudyError> {
    let mut files = Vec::new();
    for entry in entries {
        let path = folder.join(entry);
        let pattern = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let found = if path.is_file() {
            vec![path]
        } else if path.is_dir() {
            let sweeps = matching(&path, "*")?.into_iter().filter(|file| is_winltp_sweep(file)).collect();
            some(sweeps, &path, "WinLTP sweeps (.P0, .P1, .T0, .T1)")?
        } else if pattern.contains('*') {
            let home = path.parent().unwrap_or(folder);
            some(matching(home, &pattern)?, &path, "files that fit the pattern")?
        } else {
            return Err(StudyError::recording(&path, "there is no such file"));
        };
        files.extend(found);
    }
    Ok(files)
}

fn some(files: Vec<PathBuf>, path: &Path, expected: &str) -> Result<Vec<PathBuf>, StudyError> {
    match files.len() {
        0 => Err(StudyError::recording(path, format!("nothing is there: expected {expected}"))),
        n if n > MOST => Err(StudyError::recording(path, format!("{n} files: expected {MOST} at most"))),
        _ => Ok(files),
    }
}

/// Files of a folder whose names fit a pattern, in natural order.
fn matching(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, StudyError> {
    let unreadable = |source| StudyError::Unreadable { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.starts_with('.') && fits(&name, pattern) && path.is_file() {
            files.push(path);
        }
    }
    sort(&mut files);
    Ok(files)
}

/// Sorts files by the numbers in their names, letter case aside.
pub(crate) fn sort(files: &mut [PathBuf]) {
    files.sort_by_cached_key(|path| NaturalKey::of(&path.to_string_lossy().to_lowercase()));
}

/// Whether a name fits a pattern in which `*` stands for any text.
fn fits(name: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        // The part before was in the middle: its first place leaves most room.
        if let Some(middle) = last.replace(part) {
            match rest.find(middle) {
                Some(at) => rest = &rest[at + middle.len()..],
                None => return false,
            }
        }
    }
    match last {
        Some(end) => rest.ends_with(end),
        None => rest.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_and_natural_order() {
        for (name, pattern) in [("a12.P0", "a*.P0"), ("a12.P0", "*"), ("a.b.c", "a*b*c"), ("ab", "ab"), ("aa", "a*a")] {
            assert!(fits(name, pattern), "{name} {pattern}");
        }
        for (name, pattern) in [("a12.P1", "a*.P0"), ("b1", "a*"), ("abc", "ab"), ("a", "a*a")] {
            assert!(!fits(name, pattern), "{name} {pattern}");
        }
        let mut names = ["X10.P0", "x9.P1", "x9.P0", "x1.T0"].map(PathBuf::from);
        sort(&mut names);
        assert_eq!(names, ["x1.T0", "x9.P0", "x9.P1", "X10.P0"].map(PathBuf::from));
    }

    #[test]
    fn averages_are_no_sweeps() {
        let kind = |name: &str| is_winltp_sweep(Path::new(name));
        assert!(kind("a1.P0") && kind("a1.t1") && !kind("a1.AP0") && !kind("a1.pdf") && !kind("p0"));
        assert_eq!(winltp_series(Path::new("d/97610a12.P0")), Path::new("d/97610a"));
    }
}
