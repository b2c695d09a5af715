//! Whether what lies in a folder is of the same run.

use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use crate::folder::opening::Opening;
use crate::manifest::manifest::Manifest;
use recording::StoreError;
use recording::input;
use std::path::Path;

/// Refuses to resume a run that was another input, seed or version.
pub(crate) fn compare(dir: &Path, opening: &Opening<'_>) -> Result<(), FolderError> {
    let differs = |what: String| Err(FolderError::OtherRun { dir: dir.to_owned(), what });
    for (entry, expected) in opening.files {
        let path = entry.within(dir);
        let stored = input::read(&path, input::LARGEST)
            .map_err(|source| StoreError::reading(&path, "a file of the results", source))?;
        if stored == *expected {
            continue;
        }
        return match entry {
            Entry::Experiment => {
                differs(format!("the experiment file was changed since (see {} in the folder)", entry.name()))
            }
            Entry::Manifest => {
                let manifest = Manifest::read(&path)?;
                differs(if manifest.seed == opening.stamps.seed() {
                    difference(&stored, expected, &manifest)
                } else {
                    format!("it was started with seed {}, this run has seed {}", manifest.seed, opening.stamps.seed())
                })
            }
            other => differs(format!("{} is not as this run would write it", other.name())),
        };
    }
    Ok(())
}

/// In what a manifest of the same seed differs from the one that this run would write:
/// the program, or the first key.
fn difference(stored: &[u8], expected: &[u8], manifest: &Manifest) -> String {
    let table = |bytes: &[u8]| std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<toml::Table>().ok());
    let (Some(stored), Some(expected)) = (table(stored), table(expected)) else {
        return format!("its {} is spelt otherwise than this program writes it", Entry::Manifest.name());
    };
    let is = |key: &str| stored.get(key) == expected.get(key);
    if !is("program") || !is("commit") {
        return format!("it was started by {} {}", manifest.program, manifest.commit).trim_end().to_owned();
    }
    match first_difference(&stored, &expected) {
        Some(key) => format!("\"{key}\" in its {} is not what this run would write", Entry::Manifest.name()),
        None => format!("its {} is spelt otherwise than this program writes it", Entry::Manifest.name()),
    }
}

/// The path of the first key whose values differ.
fn first_difference(one: &toml::Table, other: &toml::Table) -> Option<String> {
    let mut keys: Vec<&String> = one.keys().chain(other.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let key = keys.into_iter().find(|key| one.get(*key) != other.get(*key))?;
    match (one.get(key), other.get(key)) {
        (Some(toml::Value::Table(one)), Some(toml::Value::Table(other))) => {
            first_difference(one, other).map(|below| format!("{key}.{below}"))
        }
        _ => Some(key.clone()),
    }
}
