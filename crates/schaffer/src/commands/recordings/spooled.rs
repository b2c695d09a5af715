//! Recordings from the standard input: formats are read at many places of a file, so what
//! comes in is first put into a temporary one.

use crate::failure::Failure;
use recording::atomic::temporary_beside;
use std::path::{Path, PathBuf};

/// Most that is taken from the standard input, bytes.
const LARGEST: u64 = 1 << 30;

/// A recording that has a file.
pub enum Spooled {
    /// The file that was named.
    Named(PathBuf),
    /// What the standard input held, in a folder that is removed with the value.
    Held(PathBuf),
}

impl Spooled {
    /// The file `path`, or the standard input if it is `-`.
    ///
    /// # Errors
    /// The standard input cannot be read, or holds more than a gibibyte; the temporary file
    /// cannot be written.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        if path != Path::new(form::STANDARD_INPUT) {
            return Ok(Self::Named(path.to_owned()));
        }
        let unreadable = |reason: std::io::Error| Failure::no_input(format!("the standard input: {reason}"));
        let bytes = form::standard_input(LARGEST).map_err(unreadable)?;
        if bytes.len() as u64 > LARGEST {
            let reason = "the standard input holds more than 1 GiB; accepted: less, or the name of a file";
            return Err(Failure::faulty_input(reason));
        }
        let folder = temporary_beside(&std::env::temp_dir().join("schaffer-input"));
        let unwritable = |reason: std::io::Error| Failure::output(format!("{}: {reason}", folder.display()));
        std::fs::create_dir(&folder).map_err(unwritable)?;
        let held = Self::Held(folder.join("recording"));
        std::fs::write(held.path(), bytes).map_err(unwritable)?;
        Ok(held)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Named(path) | Self::Held(path) => path,
        }
    }

    /// A text in which the temporary file is called what it holds.
    pub fn named(&self, text: &str) -> String {
        match self {
            Self::Named(_) => text.to_owned(),
            Self::Held(path) => text.replace(&path.display().to_string(), "the standard input"),
        }
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        if let Self::Held(path) = self
            && let Some(folder) = path.parent()
        {
            // What cannot be removed is left to the system's own tidying.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
