//! One file for each command, or for a few that belong together.

pub mod analyse;
pub mod bench;
pub mod built_in;
pub mod calibrate;
pub mod check;
pub mod export;
pub mod inspect;
pub mod power;
pub mod run;
pub mod sensitivity;
pub mod shell;
pub mod stats;
pub mod validate;

use crate::failure::Failure;
use experiment::Plan;
use std::path::Path;

/// Reads and checks an experiment file.
fn read_plan(path: &Path) -> Result<Plan, Failure> {
    let text = experiment::read_text(path)?;
    Ok(experiment::read(&text, &path.display().to_string())?)
}

/// Cores of this machine.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Runs `work` on `jobs` threads.
fn with_threads<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build();
    Ok(pool.map_err(|reason| Failure::unexpected(format!("no threads: {reason}")))?.install(work))
}
