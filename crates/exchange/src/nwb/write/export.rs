//! Slices of a results folder as NWB files, one each: one series with all sweeps
//! (`ElectricalSeries` of field potentials, `VoltageClampSeries` or
//! `CurrentClampSeries` of cells), a table of trials (one row a sweep), the phases, the
//! protocol events and the measures.
//!
//! In-silico slices are called so wherever a reader may look: no animal was used.
//! The files depend on the results only: a simulation has no date, so that
//! [`general::NO_DATE`] stands for it.

use crate::nwb::write::content::Content;
use crate::nwb::write::error::NwbExportError;
use crate::nwb::write::measured;
use crate::nwb::write::measured::Measures;
use crate::nwb::write::signal::Signal;
use crate::nwb::write::writer::Writer;
use crate::nwb::write::{general, measures, sweeps};
use results::{Entry, Results, StoredSlice};
use std::path::{Path, PathBuf};

/// Writes a file for each slice of a results folder into
/// `out/INDUCTION/CONDITION/`, and gives their paths.
///
/// # Errors
/// [`NwbExportError`].
pub fn export(results: &Path, out: &Path) -> Result<Vec<PathBuf>, NwbExportError> {
    let folder = Results::open(results)?;
    let input = [Entry::Experiment, Entry::Study]
        .into_iter()
        .find_map(|input| std::fs::read_to_string(input.within(results)).ok());
    let (slices, manifest) = (folder.slices()?, folder.manifest);
    if slices.is_empty() {
        return Err(NwbExportError::Empty { path: Entry::Recordings.within(results) });
    }
    let mut files = Vec::new();
    let table = measured::read(results)?;
    for stored in &slices {
        let slice = stored.read()?;
        let times = slice.sweeps.iter().map(|sweep| sweep.start_s).chain(slice.events.iter().map(|event| event.time_s));
        let zero_s = times.fold(0.0, f64::min);
        let signal = Signal::of(&manifest, &slice);
        let measures = match &table {
            Some(table) => Measures::of(table, &slice.key, signal)?,
            None => None,
        };
        let input = input.clone().unwrap_or_default();
        let content = Content { manifest: &manifest, input, slice, signal, measures, zero_s };
        files.push(write(&content, &place(results, out, stored))?);
    }
    Ok(files)
}

/// The file of a slice: as its folder among the recordings.
fn place(results: &Path, out: &Path, slice: &StoredSlice) -> PathBuf {
    let within = slice.folder.strip_prefix(Entry::Recordings.within(results)).unwrap_or(&slice.folder);
    let mut path = out.join(within).into_os_string();
    path.push(".nwb");
    PathBuf::from(path)
}

/// Writes one file under a temporary name, and renames it when it is whole.
fn write(content: &Content, path: &Path) -> Result<PathBuf, NwbExportError> {
    let unwritable = |path: &Path, source| NwbExportError::Unwritable { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|source| unwritable(folder, source))?;
    recording::atomic::write_by_name(path, |temporary| filled(content, temporary), |source| unwritable(path, source))?;
    Ok(path.to_owned())
}

fn filled(content: &Content, path: &Path) -> Result<(), NwbExportError> {
    let refused =
        |error: rust_hdf5::Hdf5Error| NwbExportError::Hdf5 { path: path.to_owned(), reason: error.to_string() };
    let key = &content.slice.key;
    let seed = format!("{}\n{key}\n{}", content.manifest.input_sha256, content.manifest.seed);
    let laid_out = sweeps::Laid::of(&content.slice, content.signal, content.zero_s)?;
    let writer = Writer::create(path, &seed).map_err(refused)?;
    general::write(&writer, content)
        .and_then(|()| sweeps::write(&writer, content, &laid_out))
        .and_then(|()| measures::write(&writer, content, &laid_out))
        .map_err(refused)?;
    writer.close().map_err(refused)
}
