//! Studies of recorded slices.
//!
//! - [`StudyFile`]: the file `study.toml`;
//! - [`carry_out()`]: study file and recordings → an analysed results folder, by the
//!   path that simulated slices take;
//! - [`propose()`]: a folder of recordings → the text of a study file;
//! - [`fit`]: a study → the experiment of the model that stands for it;
//! - [`recovery`]: known potentiation in, measured potentiation out;
//! - [`lint`]: faults in the content of recordings and tables.

mod blinding;
mod carry_out;
mod check;
mod date;
mod digitise;
mod error;
mod log;
mod plan;
mod propose;
mod slices;
mod sweeps;
mod table;

pub mod file;
mod files;
pub mod fit;
pub mod lint;
pub mod recovery;
pub mod traces;

pub use blinding::Key;
pub use carry_out::{Options, STUDY, carry_out};
pub use check::check;
pub use error::{Fault, Faults, StudyError};
pub use file::StudyFile;
pub use propose::propose;

use std::path::{Path, PathBuf};

/// Folder of a file; names in a study file count from there.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => PathBuf::from("."),
    }
}
