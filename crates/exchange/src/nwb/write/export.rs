//! Slices of a results folder as NWB files, one each, in the layout for field
//! potentials: one `ElectricalSeries` with all sweeps, a table of trials (one row a
//! sweep), the phases, the protocol events and the measures.
//!
//! In-silico slices are called so wherever a reader may look: no animal was used.
//! The files depend on the results only: a simulation has no date, so that
//! [`NO_DATE`] stands for it.

use crate::nwb::write::general;
use crate::nwb::write::measures;
use crate::nwb::write::sweeps;
use results::folder::{StoredSlice, list_slices};
use results::manifest::Origin;
use results::{Entry, Manifest};

use crate::error::exchange::ExchangeError;
use crate::nwb::write::measures::Measures;
use crate::nwb::write::writer::Writer;
use recording::{SliceRecording, StoreError};
use std::io;
use std::path::{Path, PathBuf};

/// The version of the schema that the files follow.
pub(crate) const SCHEMA: &str = "2.11.0";
/// Start of a session that has no date.
pub(crate) const NO_DATE: &str = "2000-01-01T00:00:00+00:00";

/// Results that cannot be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NwbExportError {
    /// A file of the results cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A table of the results is not as expected.
    #[error(transparent)]
    Table(#[from] ExchangeError),
    /// There is no slice.
    #[error("{} holds no slice", path.display())]
    Empty {
        /// The folder of the recordings.
        path: PathBuf,
    },
    /// Recordings that are no field potentials.
    #[error("{} holds {quantity} in {unit}: field potentials in mV can be written as NWB", path.display())]
    Signal {
        /// The results folder.
        path: PathBuf,
        /// What it holds.
        quantity: String,
        /// Its unit.
        unit: String,
    },
    /// A slice without a sweep.
    #[error("{slice} has no sweep: expected one at least")]
    NoSweep {
        /// The slice.
        slice: String,
    },
    /// Sweeps that overlap, or of different sampling rate.
    #[error("{slice}: sweep {sweep} {found}: expected {expected}")]
    Sweeps {
        /// The slice.
        slice: String,
        /// Index of the sweep.
        sweep: u32,
        /// What it is like.
        found: String,
        /// What a series takes.
        expected: &'static str,
    },
    /// A folder or file cannot be made.
    #[error("{} cannot be written: {source}", path.display())]
    Unwritable {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The HDF5 package refuses.
    #[error("{} cannot be written: {reason}", path.display())]
    Hdf5 {
        /// The file.
        path: PathBuf,
        /// Its words.
        reason: String,
    },
}

/// All that one file is made of.
pub(crate) struct Content<'r> {
    pub(crate) manifest: &'r Manifest,
    /// The experiment or study file, if it is there.
    pub(crate) input: String,
    pub(crate) slice: SliceRecording,
    pub(crate) measures: Option<Measures>,
    /// What is subtracted from all times, so that none is below 0, s.
    zero_s: f64,
}

/// Writes a file for each slice of a results folder into
/// `out/INDUCTION/CONDITION/`, and gives their paths.
///
/// # Errors
/// [`NwbExportError`].
pub fn export(results: &Path, out: &Path) -> Result<Vec<PathBuf>, NwbExportError> {
    let manifest = Manifest::read(&Entry::Manifest.within(results))?;
    let input = [Entry::Experiment, Entry::Study]
        .into_iter()
        .find_map(|input| std::fs::read_to_string(input.within(results)).ok());
    let slices = list_slices(results)?;
    if slices.is_empty() {
        return Err(NwbExportError::Empty { path: Entry::Recordings.within(results) });
    }
    let rig = &manifest.analysis.rig;
    if rig.is_current() {
        let (quantity, unit) = (rig.quantity().to_owned(), rig.unit().to_owned());
        return Err(NwbExportError::Signal { path: results.to_owned(), quantity, unit });
    }
    let mut files = Vec::new();
    let table = measures::read(results)?;
    for stored in &slices {
        let slice = stored.read()?;
        let times = slice.sweeps.iter().map(|sweep| sweep.start_s).chain(slice.events.iter().map(|event| event.time_s));
        let zero_s = times.fold(0.0, f64::min);
        let measures = match &table {
            Some(table) => Measures::of(table, &slice.key)?,
            None => None,
        };
        let input = input.clone().unwrap_or_default();
        let content = Content { manifest: &manifest, input, slice, measures, zero_s };
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
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = filled(content, &temporary)
        .and_then(|()| std::fs::rename(&temporary, path).map_err(|source| unwritable(path, source)));
    if written.is_err() {
        // The first error is the one to report.
        let _ = std::fs::remove_file(&temporary);
    }
    written.map(|()| path.to_owned())
}

fn filled(content: &Content, path: &Path) -> Result<(), NwbExportError> {
    let refused =
        |error: rust_hdf5::Hdf5Error| NwbExportError::Hdf5 { path: path.to_owned(), reason: error.to_string() };
    let key = &content.slice.key;
    let seed = format!("{}\n{key}\n{}", content.manifest.input_sha256, content.manifest.seed);
    let laid_out = sweeps::Laid::of(&content.slice, content.zero_s)?;
    let writer = Writer::create(path, &seed).map_err(refused)?;
    general::write(&writer, content)
        .and_then(|()| sweeps::write(&writer, content, &laid_out))
        .and_then(|()| measures::write(&writer, content, &laid_out))
        .map_err(refused)?;
    writer.close().map_err(refused)
}

/// Whether the slices were never in a dish.
pub(crate) fn is_simulated(manifest: &Manifest) -> bool {
    manifest.origin == Origin::Simulated
}

/// SHA-256 of the experiment or study file, shortened for reading.
pub(crate) fn short_hash(manifest: &Manifest) -> &str {
    manifest.input_sha256.get(..12).unwrap_or(&manifest.input_sha256)
}
