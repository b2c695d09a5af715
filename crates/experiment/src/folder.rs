//! The results folder before a run: who may write into it, and what an earlier
//! run left there.

use crate::run::run::RunError;
use results::Manifest;
use results::folder::RECORDINGS;
use results::manifest::FILE_NAME as MANIFEST;
use std::ffi::OsStr;
use std::path::Path;

/// The input, byte for byte.
pub const EXPERIMENT: &str = "experiment.toml";
/// The table of all parameters.
pub const PARAMETERS: &str = "parameters.csv";
/// What is not reproducible.
pub const RUN_LOG: &str = "run.log";

/// What to do about a folder that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Refuse it unless it is empty.
    Fresh,
    /// Keep its complete slices and run the rest.
    Resume,
    /// Remove it, if it is a results folder, and begin anew.
    Overwrite,
}

/// What the run writes before the first slice; a resumed run must agree byte for byte.
pub(crate) struct Opening<'a> {
    pub(crate) experiment: &'a str,
    pub(crate) manifest: &'a str,
    pub(crate) seed: u64,
}

/// Makes the folder ready. `true` if slices of an earlier run may lie in it.
pub(crate) fn prepare(dir: &Path, mode: Mode, opening: &Opening<'_>) -> Result<bool, RunError> {
    let resumable = match (mode, content(dir)?) {
        (_, Content::Nothing) => false,
        (Mode::Resume, Content::Beginnings) => false,
        (Mode::Resume, Content::Results) => {
            compare(dir, opening)?;
            true
        }
        (Mode::Overwrite, Content::Beginnings | Content::Results) => {
            std::fs::remove_dir_all(dir).map_err(|reason| RunError::unwritable(dir, reason))?;
            false
        }
        (Mode::Fresh, Content::Beginnings | Content::Results) => {
            return Err(RunError::Exists(dir.to_owned()));
        }
        (_, Content::SomethingElse) => return Err(RunError::NotResults(dir.to_owned())),
    };
    std::fs::create_dir_all(dir.join(RECORDINGS)).map_err(|reason| RunError::unwritable(dir, reason))?;
    if !resumable {
        // The manifest comes last: a folder that has one has everything before it.
        write(&dir.join(EXPERIMENT), opening.experiment)?;
        write(&dir.join(MANIFEST), opening.manifest)?;
    }
    Ok(resumable)
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), RunError> {
    Ok(recording::atomic::write(path, text.as_bytes())?)
}

/// What lies in a folder.
enum Content {
    /// It does not exist or is empty.
    Nothing,
    /// A run that was stopped before its manifest was written.
    Beginnings,
    /// A results folder.
    Results,
    /// Something that no run has written.
    SomethingElse,
}

/// Looks at what lies in a folder.
fn content(dir: &Path) -> Result<Content, RunError> {
    if !dir.exists() {
        return Ok(Content::Nothing);
    }
    if !dir.is_dir() {
        return Ok(Content::SomethingElse);
    }
    let entries = std::fs::read_dir(dir).map_err(|reason| RunError::unwritable(dir, reason))?;
    let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    let has = |name: &str| names.iter().any(|entry| entry == OsStr::new(name));
    let early = |name: &std::ffi::OsString| {
        let name = name.to_string_lossy();
        name == EXPERIMENT || name == RECORDINGS || recording::atomic::is_temporary(&name)
    };
    Ok(if names.is_empty() {
        Content::Nothing
    } else if has(MANIFEST) {
        Content::Results
    } else if names.iter().all(early) {
        Content::Beginnings
    } else {
        Content::SomethingElse
    })
}

/// Refuses to resume a run that was another experiment, seed or version.
fn compare(dir: &Path, opening: &Opening<'_>) -> Result<(), RunError> {
    let read = |name: &str| {
        let path = dir.join(name);
        std::fs::read_to_string(&path).map_err(|reason| RunError::Unreadable { path, reason: reason.to_string() })
    };
    let differs = |what: String| Err(RunError::OtherRun { dir: dir.to_owned(), what });
    if read(EXPERIMENT)? != opening.experiment {
        return differs(format!("the experiment file was changed since (see {EXPERIMENT} in the folder)"));
    }
    let stored = read(MANIFEST)?;
    if stored == opening.manifest {
        return Ok(());
    }
    let manifest = Manifest::from_text(&stored, &dir.join(MANIFEST))?;
    if manifest.seed == opening.seed {
        differs(format!("it was started by {} {}", manifest.program, manifest.commit).trim_end().to_owned())
    } else {
        differs(format!("it was started with seed {}, this run has seed {}", manifest.seed, opening.seed))
    }
}
