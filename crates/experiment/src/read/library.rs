//! A user's folder of records: compounds and scenarios at its top (or below
//! `compounds/`), physiological states below `states/`, published outcomes below
//! `outcomes/`.

use pharmacology::{Library, LibraryError};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Largest record that is read, bytes.
const LARGEST_BYTES: u64 = 1_000_000;

/// Most records of one folder.
const MOST_FILES: usize = 10_000;

/// Why a folder of records cannot be used.
#[derive(Debug, Error)]
pub enum FolderError {
    /// There is no such folder.
    #[error("there is no folder {} with records (TOML files of compounds, states/, outcomes/)", .0.display())]
    Missing(PathBuf),
    /// Something in it cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It holds no records at all.
    #[error("{} holds no records (files ending in .toml)", .0.display())]
    Empty(PathBuf),
    /// Its records are at fault.
    #[error("{0}")]
    Records(#[from] LibraryError),
}

/// The records of a folder, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFolder {
    files: Vec<(String, String)>,
}

impl UserFolder {
    /// Reads a folder, files in the order of their names.
    ///
    /// # Errors
    /// The folder is missing, empty or unreadable.
    pub fn read(folder: &Path) -> Result<Self, FolderError> {
        if !folder.is_dir() {
            return Err(FolderError::Missing(folder.to_owned()));
        }
        let mut files = Vec::new();
        for (below, prefix) in [("", ""), ("compounds", ""), ("states", "states/"), ("outcomes", "outcomes/")] {
            let folder = folder.join(below);
            if folder.is_dir() {
                gather(&folder, prefix, &mut files)?;
            }
        }
        if files.is_empty() {
            return Err(FolderError::Empty(folder.to_owned()));
        }
        Ok(Self { files })
    }

    /// The files, as pairs of name and text.
    pub fn files(&self) -> Vec<(&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }

    /// The built-in library with these records on top.
    ///
    /// # Errors
    /// Every fault of every record.
    pub fn library(&self) -> Result<Library, FolderError> {
        Ok(Library::with_folder(&self.files())?)
    }
}

/// Adds the TOML files of one folder.
fn gather(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Result<(), FolderError> {
    let unreadable = |path: &Path, reason: String| FolderError::Unreadable { path: path.to_owned(), reason };
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error.to_string()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    for path in paths {
        if files.len() >= MOST_FILES {
            return Err(unreadable(&path, format!("a folder has at most {MOST_FILES} records")));
        }
        let text = recording::input::read_text(&path, LARGEST_BYTES);
        let text = text.map_err(|error| unreadable(&path, error.to_string()))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        files.push((format!("{prefix}{name}"), text));
    }
    Ok(())
}

/// The folder that an experiment file names with `library = "…"`, relative to
/// the file; `None` if it names none or is no TOML (which the reader will say).
pub fn folder_named_in(text: &str, experiment: &Path) -> Option<PathBuf> {
    let table: toml::Table = text.parse().ok()?;
    let named = table.get("library")?.as_str()?;
    let beside = experiment.parent().unwrap_or_else(|| Path::new(""));
    Some(beside.join(named))
}
