//! Studies of recorded slices.
//!
//! - [`StudyFile`]: the file `study.toml`;
//! - [`carry_out()`]: study file and recordings → an analysed results folder, by the
//!   path that simulated slices take;
//! - [`propose()`]: a folder of recordings → the text of a study file;
//! - [`stand`]: a study → the experiment of the model that stands for it;
//! - [`recovery`]: known potentiation in, measured potentiation out;
//! - [`lint`]: faults in the content of recordings and tables.

mod carry_out;
mod error;
pub mod file;
pub mod lint;
mod propose;
pub mod recordings;

pub mod recovery;
pub mod stand;

pub use crate::carry_out::blinding::Key;
pub use crate::carry_out::carry_out::{Options, carry_out};
pub use crate::file::check::check;
pub use crate::file::file::StudyFile;
pub use crate::propose::propose::propose;
pub use error::StudyError;

use std::path::{Path, PathBuf};

/// Folder of a file; names in a study file count from there.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => PathBuf::from("."),
    }
}

pub use recordings::traces;
