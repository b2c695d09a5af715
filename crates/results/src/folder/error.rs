//! Why a results folder cannot be begun or written.

use crate::folder::entry::Entry;
use recording::StoreError;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A results folder that cannot be begun or written.
#[derive(Debug, Error)]
pub enum FolderError {
    /// The results folder exists.
    #[error(
        "{} exists; add {}--overwrite to begin anew, or --out for another folder",
        dir.display(), if *resumable { "--resume to go on with it, " } else { "" }
    )]
    Exists {
        /// The folder.
        dir: PathBuf,
        /// Whether a run of this kind can be gone on with.
        resumable: bool,
    },
    /// The folder holds something that no run has written.
    #[error(
        "{} is not a results folder (it has no {}) and is left alone; use --out for another folder",
        dir.display(), mark.name()
    )]
    NotResults {
        /// The folder.
        dir: PathBuf,
        /// What a results folder of the kind would have.
        mark: Entry,
    },
    /// Another process is running into the folder.
    #[error("another run is writing into {}; wait for it, or use --out for another folder", .0.display())]
    Busy(PathBuf),
    /// The folder is no longer where it was begun.
    #[error(
        "{} was moved, replaced or removed by another program while this one was writing into it; its results are not \
         there",
        .0.display()
    )]
    Gone(PathBuf),
    /// Nothing was concluded from what is recorded.
    #[error(
        "{dir} is not finished: the job that wrote it was stopped before its end (or is older than seals). Go on with \
         --resume, or conclude from what is there with: schaffer analyse {dir}",
        dir = .0.display()
    )]
    Unfinished(PathBuf),
    /// Something in the folder is not what was written.
    #[error(
        "{} is not as it was written ({what}). {}", dir.display(),
        if *recorded { "Recordings and plan cannot be mended: run it again with --overwrite".to_owned() }
        else { format!("Compute it anew from the recordings with: schaffer analyse {}", dir.display()) }
    )]
    Damaged {
        /// The folder.
        dir: PathBuf,
        /// Which files, and what is wrong with them.
        what: String,
        /// Whether plan or recordings are among them.
        recorded: bool,
    },
    /// The folder belongs to another run.
    #[error("{} cannot be resumed: {what}; use --overwrite to begin anew, or --out for another folder", dir.display())]
    OtherRun {
        /// The folder.
        dir: PathBuf,
        /// In what it differs.
        what: String,
    },
    /// A file or folder cannot be written.
    #[error("{} cannot be written: {reason}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A file of the results folder cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl FolderError {
    /// A fault of writing.
    pub(crate) fn writing(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |reason| Self::Write { path, reason }
    }
}
