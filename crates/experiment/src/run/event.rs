//! What a run is asked for, and what it reports.

use crate::run::recorder::Failure;
use recording::{SliceKey, StoreError};
use results::Mode;
use results::beside::mechanism::MechanismError;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use thiserror::Error;

/// How to run a plan.
pub struct RunOptions<'a> {
    /// Folder for the results.
    pub out_dir: &'a Path,
    /// Threads; at least 1.
    pub jobs: usize,
    /// What to do about a folder that exists.
    pub mode: Mode,
    /// Seed instead of the one in the file.
    pub seed: Option<u64>,
    /// Commit of the program, for the manifest; empty if unknown.
    pub commit: &'a str,
    /// Set by the caller to stop the run after the slices in hand.
    pub interrupted: &'a AtomicBool,
}

/// What happens during a run, in order; slices of different threads interleave.
#[derive(Debug)]
pub enum RunEvent<'a> {
    /// The folder is ready.
    Started {
        /// Slices of the experiment.
        slices: usize,
        /// Those that an earlier run has left complete.
        kept: usize,
    },
    /// A slice is on disk.
    SliceDone(&'a SliceKey),
    /// A slice failed; the others go on.
    SliceFailed(&'a SliceKey, &'a SliceError),
}

/// Why one slice is not on disk.
#[derive(Debug, Error)]
pub enum SliceError {
    /// It could not be recorded.
    #[error("{0}")]
    Failed(Failure),
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program itself is at fault.
    #[error("defect of the program: {0}")]
    Defect(String),
    /// Its mechanism could not be stored.
    #[error("its mechanism cannot be stored: {0}")]
    Mechanism(#[from] MechanismError),
}

/// What a finished run did.
#[derive(Clone, Debug, PartialEq)]
pub struct RunSummary {
    /// Slices of the experiment.
    pub slices: usize,
    /// Those kept from an earlier run.
    pub kept: usize,
    /// Time spent in the model, summed over threads.
    pub simulate: Duration,
    /// Time spent in storing, summed over threads.
    pub store: Duration,
    /// From start to end.
    pub elapsed: Duration,
}

impl RunSummary {
    /// A line for the log of the run.
    pub(crate) fn in_words(&self) -> String {
        format!(
            "recorded: {} slices ({} kept) in {:.2} s; model {:.2} s, storing {:.2} s, summed over threads",
            self.slices,
            self.kept,
            self.elapsed.as_secs_f64(),
            self.simulate.as_secs_f64(),
            self.store.as_secs_f64(),
        )
    }
}
