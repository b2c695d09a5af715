//! A file as text: everything that can be wrong with a file before its content
//! is looked at.

use crate::place::line_and_column;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use thiserror::Error;

/// A kind of file, for the messages about one that is none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    /// Its name, e.g. `an experiment file`.
    pub name: &'static str,
    /// Largest file that is read, bytes. Such files are a few kB.
    pub largest_bytes: u64,
    /// What an empty file lacks, e.g. "`format` and `name`".
    pub needs: &'static str,
}

/// Why a file is no text that could be of its kind.
#[derive(Debug, Error)]
pub enum SourceError {
    /// There is no such file.
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    /// The path is a folder.
    #[error("{} is a folder, not {}", .0.display(), .1.name)]
    Folder(PathBuf, FileKind),
    /// The path is a pipe or a device.
    #[error("{} is a pipe or a device, not {}; the name - stands for the standard input", .0.display(), .1.name)]
    NoFile(PathBuf, FileKind),
    /// The file cannot be read.
    #[error("{} cannot be read: {reason}", shown(path))]
    Unreadable {
        /// Path as given.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The file is far larger than one of its kind.
    #[error(
        "{} has {} MB: {} is a few kB (at most {} MB); is this a recording?",
        shown(path),
        bytes.div_ceil(1_000_000),
        kind.name,
        kind.largest_bytes / 1_000_000
    )]
    TooLarge {
        /// Path as given.
        path: PathBuf,
        /// Size, bytes.
        bytes: u64,
        /// What it was taken for.
        kind: FileKind,
    },
    /// The file holds nothing.
    #[error("{} is empty; {} are expected", shown(.0), .1.needs)]
    Empty(PathBuf, FileKind),
    /// The file is no UTF-8 text.
    #[error(
        "{}:{line}:{column}: byte 0x{byte:02X} is not UTF-8 text; save the file as UTF-8 (a µ of an older encoding may be the cause: \"uM\" is accepted too)",
        shown(path)
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

/// The name that stands for the standard input.
pub const STANDARD_INPUT: &str = "-";

/// A path as a message names it.
pub fn shown(path: &Path) -> std::path::Display<'_> {
    let named = if path == Path::new(STANDARD_INPUT) { Path::new("the standard input") } else { path };
    named.display()
}

/// What the standard input holds: at most so many bytes and one more. It is read once;
/// who asks again, be it for more, is given the same.
///
/// # Errors
/// What the system says.
pub fn standard_input(most: u64) -> std::io::Result<Vec<u8>> {
    static HELD: Mutex<Option<Vec<u8>>> = Mutex::new(None);
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = held.as_ref() {
        return Ok(bytes.clone());
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(held.insert(bytes).clone())
}

/// Reads a file of a kind as text, or the standard input if its name is
/// [`STANDARD_INPUT`]. At most the largest size of the kind is read.
///
/// # Errors
/// [`SourceError`].
pub fn read_text(path: &Path, kind: FileKind) -> Result<String, SourceError> {
    let bytes = if path == Path::new(STANDARD_INPUT) {
        let unreadable = |reason| SourceError::Unreadable { path: path.to_owned(), reason };
        let bytes = standard_input(kind.largest_bytes).map_err(unreadable)?;
        if bytes.len() as u64 > kind.largest_bytes {
            return Err(SourceError::TooLarge { path: path.to_owned(), bytes: bytes.len() as u64, kind });
        }
        bytes
    } else {
        read_bytes(path, kind)?
    };
    let text = String::from_utf8(bytes).map_err(|fault| not_utf8(path, &fault))?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(SourceError::Empty(path.to_owned(), kind));
    }
    Ok(text)
}

/// The bytes of a file.
fn read_bytes(path: &Path, kind: FileKind) -> Result<Vec<u8>, SourceError> {
    let unreadable = |reason| SourceError::Unreadable { path: path.to_owned(), reason };
    let too_large = |bytes| SourceError::TooLarge { path: path.to_owned(), bytes, kind };
    let metadata = std::fs::metadata(path).map_err(|reason| match reason.kind() {
        ErrorKind::NotFound => SourceError::Missing(path.to_owned()),
        _ => unreadable(reason),
    })?;
    if metadata.is_dir() {
        return Err(SourceError::Folder(path.to_owned(), kind));
    }
    if !metadata.is_file() {
        return Err(SourceError::NoFile(path.to_owned(), kind));
    }
    if metadata.len() > kind.largest_bytes {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::new();
    // The file may be growing, hence the second guard.
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(kind.largest_bytes + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > kind.largest_bytes {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// Where the first byte lies that is no text.
fn not_utf8(path: &Path, fault: &std::string::FromUtf8Error) -> SourceError {
    let valid = fault.utf8_error().valid_up_to();
    let before = String::from_utf8_lossy(&fault.as_bytes()[..valid]);
    let (line, column) = line_and_column(&before, before.len());
    let byte = fault.as_bytes().get(valid).copied().unwrap_or(0);
    SourceError::NotUtf8 { path: path.to_owned(), line, column, byte }
}
