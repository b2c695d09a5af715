//! `schaffer export`: results for other programs.

use crate::arguments::files::{Export, ExportTo};
use crate::failure::Failure;
use crate::output::{print, status};
use crate::progress::Steps;
use exchange::nwb::NwbExportError;
use exchange::prism::{PrismError, PrismExport};
use exchange::tables::{self, Shape, TablesError};
use recording::StoreError;
use std::path::{Path, PathBuf};

/// Writes the results in the shape asked for.
pub fn export(arguments: &Export) -> Result<(), Failure> {
    match arguments {
        Export::Prism(to) => {
            written(to, "prism", |results, out| prism(exchange::prism::export(results, out), "excluded.csv"))
        }
        Export::Pzfx(to) => written(to, "pzfx", |results, out| {
            prism(exchange::prism::export_project(results, out), "notes of the project")
        }),
        Export::Nwb(to) => written(to, "nwb", nwb),
        Export::Xlsx(to) => written(to, "xlsx", |results, out| shaped(results, out, Shape::Xlsx)),
        Export::Csv(to) => written(to, "csv", |results, out| shaped(results, out, Shape::Csv)),
        Export::Parquet(to) => written(to, "parquet", |results, out| shaped(results, out, Shape::Parquet)),
    }
}

/// Writes into the folder asked for, or one of that name, and lists the files.
fn written(
    to: &ExportTo,
    name: &str,
    write: impl FnOnce(&Path, &Path) -> Result<(Vec<PathBuf>, String), Failure>,
) -> Result<(), Failure> {
    let folder = &to.folder;
    if !folder.is_dir() {
        return Err(Failure::no_input(format!("there is no folder {}", folder.display())));
    }
    results::folder::demand(folder, results::folder::Reach::Figures)?;
    let out = to.out.clone().unwrap_or_else(|| folder.join(name));
    recording::atomic::sweep(&out);
    if to.quiet {
        status::be_quiet();
    }
    let steps = Steps::new("writing files", 0, "");
    let found = write(folder, &out);
    steps.finish();
    let (files, summary) = found?;
    if to.quiet {
        return Ok(());
    }
    let mut lines: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    lines.push(summary);
    print(&lines.join("\n"))
}

/// What was written, in a sentence that says where the slices left out are named.
fn prism(written: Result<PrismExport, PrismError>, named: &str) -> Result<(Vec<PathBuf>, String), Failure> {
    let written = written.map_err(|error| match &error {
        PrismError::Store(StoreError::Unwritable { .. }) | PrismError::Folder { .. } => {
            Failure::output(error.to_string())
        }
        _ => Failure::faulty_input(error.to_string()),
    })?;
    let (slices, groups, excluded) = (written.slices, written.groups.len(), written.excluded);
    Ok((written.files, format!("{slices} slices in {groups} groups; {excluded} left out ({named})")))
}

fn nwb(results: &Path, out: &Path) -> Result<(Vec<PathBuf>, String), Failure> {
    let files = exchange::nwb::export(results, out).map_err(|error| match &error {
        NwbExportError::Unwritable { .. } | NwbExportError::Hdf5 { .. } => Failure::output(error.to_string()),
        _ => Failure::faulty_input(error.to_string()),
    })?;
    let summary = format!("{} NWB files, one for each slice", files.len());
    Ok((files, summary))
}

fn shaped(results: &Path, out: &Path, shape: Shape) -> Result<(Vec<PathBuf>, String), Failure> {
    let files = tables::export(results, out, shape).map_err(|error: TablesError| match &error {
        TablesError::Threads(_) => Failure::system(error.to_string()),
        _ if error.is_output() => Failure::output(error.to_string()),
        _ => Failure::faulty_input(error.to_string()),
    })?;
    let summary = match files.len() {
        1 => String::from("1 file"),
        count => format!("{count} files"),
    };
    Ok((files, summary))
}
