//! What the options say about threads and about a results folder that exists.

use crate::failure::Failure;
use laboratory::{Setting, cores};
use results::Mode;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// `--resume`, `--overwrite` or neither.
pub fn mode(resume: bool, overwrite: bool) -> Mode {
    match (resume, overwrite) {
        (true, _) => Mode::Resume,
        (_, true) => Mode::Overwrite,
        _ => Mode::Fresh,
    }
}

/// `--jobs` or all cores; stops when `interrupted` is set.
pub fn setting(jobs: Option<u16>, interrupted: &AtomicBool) -> Setting<'_> {
    Setting { jobs: jobs.map_or_else(cores, usize::from), commit: env!("SCHAFFER_COMMIT"), interrupted }
}

/// That a file can be written there, before long work for it.
pub fn output_tried(path: &Path) -> Result<(), Failure> {
    recording::atomic::probe(path).map_err(|fault| Failure::output(fault.to_string()))
}

/// The same for commands that Ctrl-C ends at once.
pub fn unstopped(jobs: Option<u16>) -> Setting<'static> {
    static NEVER: AtomicBool = AtomicBool::new(false);
    setting(jobs, &NEVER)
}
