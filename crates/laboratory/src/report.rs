//! The figures and the report of a results folder, of whichever kind.

use crate::error::LaboratoryError;
use crate::folder::existing;
use ::report::RenderOptions;
use results::seal::{Reach, demand};
use results::{ResultsFolder, WholeCellRig};
use std::path::{Path, PathBuf};

/// Draws the figures and writes the report of a results folder on so many threads,
/// with another results folder drawn beside it if one is given; gives the path of the
/// page.
///
/// # Errors
/// A folder that is not one of results, whole-cell recordings with something beside
/// them, a file that cannot be read or written, a figure that cannot be drawn.
pub fn report(folder: &Path, beside: Option<&Path>, jobs: usize) -> Result<PathBuf, LaboratoryError> {
    let folder = existing(folder)?;
    let beside = beside.map(existing).transpose()?;
    beside.map(|beside| demand(beside, Reach::Findings)).transpose()?;
    let held = ResultsFolder::reopen(folder, Reach::Findings)?;
    let page = write_report(folder, beside, jobs)?;
    held.seal()?;
    Ok(page)
}

/// The same for folders that are known to hold results and are locked.
pub(crate) fn write_report(folder: &Path, beside: Option<&Path>, jobs: usize) -> Result<PathBuf, LaboratoryError> {
    let options = RenderOptions { threads: jobs, beside: beside.map(Path::to_path_buf), ..RenderOptions::default() };
    if WholeCellRig::is_in(folder) {
        if beside.is_some() {
            return Err(LaboratoryError::NothingBeside(folder.to_owned()));
        }
        return Ok(::report::write_patch(folder, &options)?.html);
    }
    Ok(::report::write(folder, &options)?.html)
}
