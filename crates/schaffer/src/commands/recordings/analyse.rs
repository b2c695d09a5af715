//! `schaffer analyse` and `schaffer report`: from disk onward.

use crate::arguments::recordings::Analyse;
use crate::arguments::run::Results;
use crate::commands::recordings::study::carry_out;
use crate::commands::threads::cores;
use crate::failure::Failure;
use crate::output::print;
use crate::words;
use crate::words::run::summary;
use report::RenderOptions;
use results::Entry;
use std::path::{Path, PathBuf};

/// Analyses a study of recordings up to its report, or measures and compares the
/// recordings of a results folder again.
pub fn analyse(arguments: &Analyse) -> Result<(), Failure> {
    let input = &arguments.input;
    if !input.exists() {
        return Err(Failure::no_input(format!("there is no file or folder {}", input.display())));
    }
    if input.is_dir() {
        let folder = existing(input)?;
        if results::WholeCellRig::is_in(folder) {
            let findings = analysis::patch::analyse_patch_folder(folder)?;
            return if arguments.quiet { Ok(()) } else { print(&words::patch::summary(&findings)) };
        }
        let findings = analysis::analyse_folder(folder, None)?;
        return if arguments.quiet { Ok(()) } else { print(&summary(&findings)) };
    }
    let (out, findings) = carry_out(arguments)?;
    let page = write_report(&out, cores())?;
    if arguments.quiet { Ok(()) } else { print(&format!("{}\nreport: {}", summary(&findings), page.display())) }
}

/// Draws the figures and writes the report of a results folder.
pub fn report(arguments: &Results) -> Result<(), Failure> {
    let folder = existing(&arguments.folder)?;
    let beside = arguments.beside.as_deref().map(existing).transpose()?;
    let page = write_report_beside(folder, beside, cores())?;
    if arguments.quiet { Ok(()) } else { print(&format!("report: {}", page.display())) }
}

/// Writes the report with so many threads and gives its path.
pub fn write_report(folder: &Path, threads: usize) -> Result<PathBuf, Failure> {
    write_report_beside(folder, None, threads)
}

/// The same with another results folder drawn beside it.
pub fn write_report_beside(folder: &Path, beside: Option<&Path>, threads: usize) -> Result<PathBuf, Failure> {
    let options = RenderOptions { threads, beside: beside.map(Path::to_path_buf), ..RenderOptions::default() };
    if results::WholeCellRig::is_in(folder) {
        if beside.is_some() {
            let fault = format!("{} holds whole-cell recordings; nothing is drawn beside them", folder.display());
            return Err(Failure::faulty_input(fault));
        }
        return Ok(report::write_patch(folder, &options)?.html);
    }
    Ok(report::write(folder, &options)?.html)
}

/// The folder, if it is a results folder.
fn existing(folder: &Path) -> Result<&Path, Failure> {
    if !folder.is_dir() {
        return Err(Failure::no_input(format!("there is no folder {}", folder.display())));
    }
    if !Entry::Manifest.within(folder).is_file() {
        return Err(Failure::faulty_input(format!(
            "{} is not a results folder: it has no manifest.toml",
            folder.display()
        )));
    }
    Ok(folder)
}
