//! One file for each command, or for a few that belong together.

pub mod analyse;
pub mod bench;
pub mod built_in;
pub mod calibrate;
pub mod check;
pub mod export;
pub mod inspect;
pub mod measure;
pub mod power;
pub mod rule;
pub mod rules;
pub mod run;
pub mod sensitivity;
pub mod shell;
pub mod stats;
pub mod study;
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

/// The end of a command on recordings that did not succeed.
fn study_failure(error: ::study::StudyError) -> Failure {
    use ::study::StudyError;
    match error {
        StudyError::Unreadable { .. } => Failure::no_input(error.to_string()),
        StudyError::Exchange(ref fault) if fault.is_missing() => Failure::no_input(error.to_string()),
        StudyError::Exists(_) => Failure::output(error.to_string()),
        StudyError::Store(recording::StoreError::Unwritable { .. }) => Failure::output(error.to_string()),
        StudyError::Analysis(fault) => fault.into(),
        _ => Failure::faulty_input(error.to_string()),
    }
}

/// Runs `work` on `jobs` threads.
fn with_threads<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build();
    Ok(pool.map_err(|reason| Failure::unexpected(format!("no threads: {reason}")))?.install(work))
}
