//! An experiment file as text: everything that can be wrong with a file before
//! its content is looked at.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Largest file that is read, bytes. An experiment file is a few kB.
pub const LARGEST_BYTES: u64 = 1_000_000;

/// Why a file is no text that could be an experiment.
#[derive(Debug, Error)]
pub enum SourceError {
    /// There is no such file.
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    /// The path is a folder.
    #[error("{} is a folder, not an experiment file", .0.display())]
    Folder(PathBuf),
    /// The file cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// Path as given.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The file is far larger than an experiment.
    #[error(
        "{} has {} MB: an experiment file is a few kB (at most 1 MB); is this a recording?",
        path.display(),
        bytes.div_ceil(1_000_000)
    )]
    TooLarge {
        /// Path as given.
        path: PathBuf,
        /// Size, bytes.
        bytes: u64,
    },
    /// The file holds nothing.
    #[error("{} is empty; `format`, `name`, [protocol], [[condition]] and [design] are expected", .0.display())]
    Empty(PathBuf),
    /// The file is no UTF-8 text.
    #[error(
        "{}:{line}:{column}: byte 0x{byte:02X} is not UTF-8 text; save the file as UTF-8 (a µ of an older encoding may be the cause: \"uM\" is accepted too)",
        path.display()
    )]
    NotUtf8 {
        /// Path as given.
        path: PathBuf,
        /// Line of the first byte that is no text, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// That byte.
        byte: u8,
    },
}

/// Reads an experiment file as text. At most [`LARGEST_BYTES`] are read.
pub fn read_text(path: &Path) -> Result<String, SourceError> {
    let unreadable = |reason| SourceError::Unreadable { path: path.to_owned(), reason };
    let metadata = std::fs::metadata(path).map_err(|reason| match reason.kind() {
        ErrorKind::NotFound => SourceError::Missing(path.to_owned()),
        _ => unreadable(reason),
    })?;
    if metadata.is_dir() {
        return Err(SourceError::Folder(path.to_owned()));
    }
    if metadata.len() > LARGEST_BYTES {
        return Err(SourceError::TooLarge { path: path.to_owned(), bytes: metadata.len() });
    }
    let mut bytes = Vec::new();
    // Devices and pipes announce no length, hence the second guard.
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(SourceError::TooLarge { path: path.to_owned(), bytes: bytes.len() as u64 });
    }
    let text = String::from_utf8(bytes).map_err(|fault| not_utf8(path, &fault))?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(SourceError::Empty(path.to_owned()));
    }
    Ok(text)
}

/// Where the first byte lies that is no text.
fn not_utf8(path: &Path, fault: &std::string::FromUtf8Error) -> SourceError {
    let valid = fault.utf8_error().valid_up_to();
    let before = String::from_utf8_lossy(&fault.as_bytes()[..valid]);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    SourceError::NotUtf8 {
        path: path.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        byte: fault.as_bytes().get(valid).copied().unwrap_or(0),
    }
}
