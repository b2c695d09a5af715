//! The figures and the report of a results folder, of whichever kind.

use crate::error::LaboratoryError;
use crate::event::{Listener, drawing};
use crate::folder::existing;
use ::report::RenderOptions;
use results::folder::{Reach, demand};
use results::{ResultsFolder, WholeCellRig};
use std::path::{Path, PathBuf};

/// Draws the figures and writes the report of a results folder as asked, with another
/// results folder drawn beside it if one is given; gives the path of the page.
///
/// # Errors
/// A folder that is not one of results, whole-cell recordings with something beside
/// them, a look that these figures do not have, a file that cannot be read or written, a
/// figure that cannot be drawn.
pub fn report(folder: &Path, options: RenderOptions, events: &Listener<'_>) -> Result<PathBuf, LaboratoryError> {
    let folder = existing(folder)?;
    if let Some(beside) = &options.beside {
        demand(existing(beside)?, Reach::Findings)?;
    }
    let held = ResultsFolder::reopen(folder, Reach::Findings)?;
    let page = written(folder, &options, events)?;
    held.seal()?;
    Ok(page)
}

/// The same for folders that are known to hold results and are locked, as the plan has it.
pub(crate) fn write_report(
    folder: &Path,
    beside: Option<&Path>,
    jobs: usize,
    events: &Listener<'_>,
) -> Result<PathBuf, LaboratoryError> {
    let options = RenderOptions { threads: jobs, beside: beside.map(Path::to_path_buf), ..RenderOptions::default() };
    written(folder, &options, events)
}

fn written(folder: &Path, options: &RenderOptions, events: &Listener<'_>) -> Result<PathBuf, LaboratoryError> {
    if WholeCellRig::is_in(folder) {
        if options.beside.is_some() {
            return Err(LaboratoryError::NothingBeside(folder.to_owned()));
        }
        return Ok(::report::write_patch(folder, options, &|step| drawing(events, step))?.html);
    }
    Ok(::report::write_watched(folder, options, &|step| drawing(events, step))?.html)
}
