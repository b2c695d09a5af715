//! The sweeps of NWB files (Neurodata Without Borders 2, an HDF5 file).
//!
//! Read are the series below `/acquisition` (if there are none, those below
//! `/processing`): `ElectricalSeries`, `TimeSeries`, `VoltageClampSeries`,
//! `CurrentClampSeries` and their kin, with `starting_time` and rate or with
//! timestamps, whose gaps part the sweeps. A value is
//! `stored · conversion · channel_conversion + offset`, in the unit of the series.
//! Series below `/stimulus/presentation` that coincide with sweeps are further
//! channels; those that only mark times are times of stimuli.
//!
//! Format: NWB schema 2 and HDF5 File Format Specification 3.

use crate::error::exchange::ExchangeError;
use crate::nwb::read::hdf::{self, Hdf};
use crate::nwb::read::layout::Layout;
use crate::nwb::read::notes;
use crate::nwb::read::objects::{self, Object};
use crate::nwb::read::series::{self, Series};
use crate::sweeps::head::{Head, Samples, SweepNote};
use crate::sweeps::place::SweepPlace;
use std::collections::BTreeMap;
use std::path::Path;

/// The sweeps of an open file.
pub(crate) struct Nwb {
    hdf: Hdf,
    series: Vec<Series>,
    layout: Layout,
    notes: Vec<SweepNote>,
}

/// Opens a file and reads everything but its samples.
pub(crate) fn open(path: &Path, bytes: u64) -> Result<(Head, Nwb), ExchangeError> {
    let hdf = Hdf::open(path, bytes)?;
    let root = hdf.root()?;
    let version = hdf::text_of(&root, "nwb_version");
    let Some(version) = version.or_else(|| hdf.text("/nwb_version")) else {
        return Err(hdf.wrong("/", "no attribute \"nwb_version\"", "an NWB file of version 2"));
    };
    if version.trim_start_matches("NWB-").trim_start_matches('v').starts_with("1") {
        let expected = "NWB 2. NWB 1 is not read: convert it with the program that wrote it or with pynwb.legacy, or \
                        export its sweeps as a table (CSV)";
        return Err(hdf.wrong("/nwb_version", format!("NWB 1 (\"{version}\")"), expected));
    }
    let mut remarks = Vec::new();
    let mut series = series::below(&hdf, "/acquisition", &mut remarks);
    if series.is_empty() {
        series = series::below(&hdf, "/processing", &mut remarks);
    }
    if series.is_empty() {
        let found = remarks.first().map_or_else(|| String::from("no series of samples"), |first| first.clone());
        return Err(hdf.wrong("/acquisition", found, "a TimeSeries with numbers"));
    }
    series.iter().try_for_each(|one| one.checked(&hdf))?;
    let mut layout = Layout::of(&series, &mut remarks);
    let mut apart = Vec::new();
    let first = series.len();
    series.extend(series::below(&hdf, "/stimulus/presentation", &mut apart));
    // A series that marks single times cannot be read as a waveform: no fault.
    layout.join(&series, first, &mut remarks);
    let notes = notes::of(&hdf, &series, &layout);
    let creator = ["/general/was_generated_by", "/general/source_script"].into_iter().find_map(|path| hdf.text(path));
    let head = Head {
        format: "NWB",
        version,
        creator: creator.unwrap_or_default(),
        started: hdf.text("/session_start_time"),
        protocol: hdf.text("/general/protocol"),
        comment: hdf.text("/session_description").unwrap_or_default(),
        channels: layout.channels.clone(),
        holding: layout.holding.clone(),
        rate_hz: layout.rate_hz,
        tags: notes::tags(&hdf),
        remarks,
        left_out: Vec::new(),
    };
    Ok((head, Nwb { hdf, series, layout, notes }))
}

/// Every object of an HDF5 file with its attributes and numbers; reads all data.
///
/// # Errors
/// [`ExchangeError::Object`] or [`ExchangeError::Faulty`].
pub fn objects(path: &Path) -> Result<BTreeMap<String, Object>, ExchangeError> {
    let unreadable = |source| ExchangeError::Unreadable { path: path.to_owned(), source };
    let bytes = std::fs::metadata(path).map_err(unreadable)?.len();
    objects::all(&Hdf::open(path, bytes)?)
}

impl Samples for Nwb {
    fn count(&self) -> usize {
        self.layout.sweeps.len()
    }

    fn place(&self, sweep: usize) -> Option<SweepPlace> {
        self.layout.sweeps.get(sweep).map(|sweep| SweepPlace { start_s: sweep.start_s, points: sweep.rows })
    }

    fn note(&self, sweep: usize) -> Option<&SweepNote> {
        self.notes.get(sweep)
    }

    fn has(&self, sweep: usize, channel: usize) -> bool {
        self.part(sweep, channel).is_some()
    }

    fn pieces(&self, sweep: usize, channel: usize, each: &mut dyn FnMut(&[f64])) -> Result<(), ExchangeError> {
        match self.part(sweep, channel) {
            Some((series, run, column)) => series.pieces(&self.hdf, run, column, each),
            None => Ok(()),
        }
    }
}

impl Nwb {
    /// The series, its stretch and the column that are a channel of a sweep.
    fn part(&self, sweep: usize, channel: usize) -> Option<(&Series, series::Run, usize)> {
        let parts = &self.layout.sweeps.get(sweep)?.parts;
        parts.iter().find_map(|part| {
            let series = self.series.get(part.series)?;
            let column = channel.checked_sub(part.channel).filter(|column| *column < series.factors.len())?;
            Some((series, part.run, column))
        })
    }
}
