//! On how many threads a command works.

use crate::failure::Failure;

/// Cores of this machine.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Runs `work` on `jobs` threads.
pub fn with_threads<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build();
    Ok(pool.map_err(|reason| Failure::unexpected(format!("no threads: {reason}")))?.install(work))
}
