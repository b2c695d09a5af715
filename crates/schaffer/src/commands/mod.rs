//! One file for each command, or for a few that belong together.

pub mod shell;
pub mod stats;

use crate::failure::Failure;
use experiment::{Plan, UserFolder, folder_named_in};
use pharmacology::Library;
use results::Mode;
use std::path::Path;

/// Reads and checks an experiment file with the records that it names.
fn read_plan(path: &Path) -> Result<Plan, Failure> {
    read_plan_with(path, None)
}

/// As [`read_plan`], with the records of a folder in their place.
fn read_plan_with(path: &Path, library: Option<&Path>) -> Result<Plan, Failure> {
    let text = experiment::read_text(path)?;
    let (library, _) = library_for(&text, path, library)?;
    Ok(experiment::read_with(&text, &path.display().to_string(), &library)?)
}

/// The library of an experiment: the folder of the command line, or the one that
/// the file names, on top of the built-in records.
fn library_for(text: &str, path: &Path, folder: Option<&Path>) -> Result<(Library, UserFolder), Failure> {
    let named = folder.map(Path::to_path_buf).or_else(|| folder_named_in(text, path));
    library(named.as_deref())
}

/// The built-in records with those of a folder on top.
fn library(folder: Option<&Path>) -> Result<(Library, UserFolder), Failure> {
    let own = match folder {
        Some(folder) => UserFolder::read(folder)?,
        None => UserFolder::default(),
    };
    Ok((own.library()?, own))
}

/// What the options say about a folder that exists.
fn mode(resume: bool, overwrite: bool) -> Mode {
    match (resume, overwrite) {
        (true, _) => Mode::Resume,
        (_, true) => Mode::Overwrite,
        _ => Mode::Fresh,
    }
}

/// Cores of this machine.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The end of a command on recordings that did not succeed.
fn study_failure(error: ::study::StudyError) -> Failure {
    use ::study::StudyError;
    match error {
        StudyError::Source(fault) => fault.into(),
        StudyError::Unreadable { .. } => Failure::no_input(error.to_string()),
        StudyError::Exchange(ref fault) if fault.is_missing() => Failure::no_input(error.to_string()),
        StudyError::Folder(fault) => fault.into(),
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
pub mod bench;
pub(crate) mod experiments;
pub(crate) mod library;
pub(crate) mod outcomes;
pub(crate) mod recordings;
pub mod rule;
