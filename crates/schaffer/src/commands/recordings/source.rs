//! Where a recording comes from: a file, or the standard input.

use crate::failure::Failure;
use laboratory::HeldRecording;
use std::path::Path;

/// Most that is taken from the standard input, bytes.
const LARGEST: u64 = 1 << 30;

/// A recording that has a file.
pub enum Source<'a> {
    /// The file that was named.
    Named(&'a Path),
    /// What the standard input held.
    Held(HeldRecording),
}

impl<'a> Source<'a> {
    /// The file `path`, or the standard input if it is `-`.
    ///
    /// # Errors
    /// The standard input cannot be read, or holds more than a gibibyte; the temporary file
    /// cannot be written.
    pub fn of(path: &'a Path) -> Result<Self, Failure> {
        if path != Path::new(form::STANDARD_INPUT) {
            return Ok(Self::Named(path));
        }
        let unreadable = |reason: std::io::Error| Failure::no_input(format!("the standard input: {reason}"));
        let bytes = form::standard_input(LARGEST).map_err(unreadable)?;
        if bytes.len() as u64 > LARGEST {
            let reason = "the standard input holds more than 1 GiB; accepted: less, or the name of a file";
            return Err(Failure::faulty_input(reason));
        }
        Ok(Self::Held(HeldRecording::of(&bytes)?))
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Named(path) => path,
            Self::Held(held) => held.path(),
        }
    }

    /// A text in which the temporary file is called what it holds.
    pub fn named(&self, text: &str) -> String {
        match self {
            Self::Named(_) => text.to_owned(),
            Self::Held(held) => text.replace(&held.path().display().to_string(), "the standard input"),
        }
    }
}
