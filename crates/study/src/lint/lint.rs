//! Faults in the content of recordings and tables: things that a header cannot
//! show and that a person overlooks in a spreadsheet. Each rule has a stated
//! limit; what lies within it is silent.

use crate::error::StudyError;
use crate::file::file::StudyFile;
use crate::file::files::named;
use crate::lint::fault::LintFault;
use crate::lint::tables::{Course, courses_of};
use crate::lint::{courses, duplicates, parameters, slices, sweeps};
use exchange::{ExchangeError, Stated, TraceFile};
use std::path::{Path, PathBuf};

/// Looks through files. Recordings are looked at one by one and against each
/// other; tables of time courses likewise. Before each file `looked` hears how many are left.
///
/// # Errors
/// [`StudyError`] for a file that cannot be read.
pub fn files(paths: &[PathBuf], stated: &Stated, looked: &dyn Fn(usize)) -> Result<Vec<LintFault>, StudyError> {
    let mut faults = Vec::new();
    let mut known: Vec<Course> = Vec::new();
    let mut prints = duplicates::Prints::default();
    let mut settings = parameters::Settings::default();
    for (k, path) in paths.iter().enumerate() {
        looked(paths.len() - k);
        match TraceFile::open_stated(path, stated) {
            Ok(file) => {
                faults.extend(sweeps::file(&file)?);
                prints.add(&file)?;
                settings.add(&file);
            }
            Err(reason) => {
                // Not sweeps: a table of measured values, or a fault.
                let courses = courses_of(path).ok_or(StudyError::Exchange(reason))?;
                faults.extend(courses::table(&courses));
                known.extend(courses);
            }
        }
    }
    faults.extend(prints.faults());
    faults.extend(settings.faults());
    faults.extend(duplicates::courses(&known));
    Ok(faults)
}

/// Looks through the recordings of a study and what it lists to be looked through.
///
/// # Errors
/// As [`files`].
pub fn study(file: &StudyFile, folder: &Path, looked: &dyn Fn(usize)) -> Result<Vec<LintFault>, StudyError> {
    let tables = file.table.iter().map(|part| part.file.get_ref());
    let mut recordings = Vec::new();
    for part in &file.slice {
        recordings.extend(named(part.files.get_ref(), folder)?);
    }
    let tables = tables.map(|name| folder.join(name));
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in tables.chain(recordings).chain(file.lint.also.iter().map(|name| folder.join(name))) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let stated = Stated {
        unit: file.recording.unit.clone(),
        rate_hz: file.recording.rate.map(|rate| rate.hz()),
        interval_s: file.recording.interval.map(|interval| interval.s()),
        salvage: file.recording.salvage.unwrap_or(false),
        ..Stated::default()
    };
    let mut faults = files(&paths, &stated, looked)?;
    for fault in &mut faults {
        // Names as in the study: reports do not depend on where the study lies.
        if let Ok(short) = Path::new(&fault.file).strip_prefix(folder) {
            fault.file = short.display().to_string();
        }
        let prefix = format!("{}/", folder.display());
        fault.found = fault.found.replace(&prefix, "");
    }
    faults.extend(slices::study(file, folder)?);
    Ok(faults)
}

/// Whether the reader of recordings gave up for want of something stated.
pub fn is_unstated(error: &StudyError) -> bool {
    matches!(error, StudyError::Exchange(ExchangeError::Unstated { .. }))
}
