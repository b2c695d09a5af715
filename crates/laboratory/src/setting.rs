//! Where a job is done: threads, the program, the wish to stop.

use crate::error::LaboratoryError;
use std::sync::atomic::AtomicBool;

/// Where a job is done. No result depends on it but the commit in the manifest.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Threads; at least 1.
    pub jobs: usize,
    /// Commit of the program, for the manifest; empty if unknown.
    pub commit: &'a str,
    /// Set by the caller to stop recording after the slices in hand. Measuring,
    /// drawing and simulations that store nothing go on to their end.
    pub interrupted: &'a AtomicBool,
}

/// Cores of this machine.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Does `work` on `jobs` threads, or on as many as the system grants.
///
/// # Errors
/// [`LaboratoryError::Threads`].
pub fn with_threads<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> Result<T, LaboratoryError> {
    recording::threads::pooled(jobs, work).map_err(LaboratoryError::Threads)
}
