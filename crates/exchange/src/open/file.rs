//! Recording files of every supported format through one door: sweeps of
//! channels, in their units, with their times.
//!
//! A sweep is a stretch of samples without a gap; all channels of a sweep begin
//! together and have one sampling rate. Samples are read when they are asked for
//! where the format allows it (ABF, NWB), so that the size of a file does not
//! matter; text files are held in memory.

use crate::abf::file::Abf;
use crate::date;
use crate::error::exchange::ExchangeError;
use crate::mcs::file as mcs;
use crate::nwb::read::file as nwb;
use crate::open::axon;
use crate::open::kind::{self, Kind};
use crate::open::rig;
use crate::open::table::{self, Stated};
use crate::sweeps::head::{Head, Samples, SweepNote, Tag, TraceChannel};
use crate::sweeps::held::Held;
use crate::sweeps::place::SweepPlace;
use crate::sweeps::statistics::{ChannelStatistics, Running};
use crate::text::{atf, winltp};
use std::fmt;
use std::path::{Path, PathBuf};

/// An open recording file.
pub struct TraceFile {
    path: PathBuf,
    bytes: u64,
    head: Head,
    samples: Box<dyn Samples>,
}

impl fmt::Debug for TraceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TraceFile").field("path", &self.path).field("head", &self.head).finish_non_exhaustive()
    }
}

impl TraceFile {
    /// Opens a recording by its content, whatever its name.
    ///
    /// # Errors
    /// [`ExchangeError`] with the file, the place, what is there and what was
    /// expected; [`ExchangeError::Unstated`] for a text table that lacks a rate.
    pub fn open(path: &Path) -> Result<Self, ExchangeError> {
        Self::open_stated(path, &Stated::default())
    }

    /// Opens a recording; what a table does not say itself is `stated`. Files
    /// that say everything themselves take no notice of it.
    ///
    /// # Errors
    /// As [`TraceFile::open`].
    pub fn open_stated(path: &Path, stated: &Stated) -> Result<Self, ExchangeError> {
        let (kind, bytes) = kind::of(path)?;
        let held = |(head, held): (Head, Held)| -> (Head, Box<dyn Samples>) { (head, Box::new(held)) };
        let (head, samples): (Head, Box<dyn Samples>) = match kind {
            Kind::Abf => {
                let abf = if stated.salvage { Abf::salvage(path)? } else { Abf::open(path)? };
                (axon::head(&abf), Box::new(abf))
            }
            Kind::Hdf5 => match mcs::open(path, bytes)? {
                Some((head, mcs)) => (head, Box::new(mcs)),
                None => {
                    let (head, nwb) = nwb::open(path, bytes)?;
                    (head, Box::new(nwb))
                }
            },
            Kind::Rig(rig) => {
                let (head, strided) = rig::open(rig, path, bytes, stated)?;
                (head, Box::new(strided))
            }
            Kind::WinLtp => held(winltp::open(path)?),
            Kind::Atf => held(atf::open(path)?),
            Kind::Table(sheet) => held(table::open(path, &sheet, stated)?),
        };
        Ok(Self { path: path.to_owned(), bytes, head, samples })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its length, bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Format, such as `ABF2`, `NWB`, `CSV`.
    pub fn format(&self) -> &str {
        self.head.format
    }

    /// Version of the format; may be empty.
    pub fn version(&self) -> &str {
        &self.head.version
    }

    /// Program that wrote the file; may be empty.
    pub fn creator(&self) -> &str {
        &self.head.creator
    }

    /// Start of the recording as the file has it, ISO 8601: local time of the rig,
    /// or with an offset from UTC.
    pub fn started(&self) -> Option<&str> {
        self.head.started.as_deref()
    }

    /// Start of the recording, s since 1970; without an offset from UTC the local time
    /// as it stands, which serves for differences within a rig.
    pub fn started_s(&self) -> Option<f64> {
        self.started().and_then(date::seconds)
    }

    /// Name of the protocol.
    pub fn protocol(&self) -> Option<&str> {
        self.head.protocol.as_deref()
    }

    /// Comment to the file; may be empty.
    pub fn comment(&self) -> &str {
        &self.head.comment
    }

    /// The recorded channels.
    pub fn channels(&self) -> &[TraceChannel] {
        &self.head.channels
    }

    /// Holding levels, in the order and unit of the outputs of the file.
    pub fn holding(&self) -> &[Option<f64>] {
        &self.head.holding
    }

    /// Sampling rate, Hz.
    pub fn rate_hz(&self) -> f64 {
        self.head.rate_hz
    }

    /// The tags, by time.
    pub fn tags(&self) -> &[Tag] {
        &self.head.tags
    }

    /// What is odd about the file, in words.
    pub fn remarks(&self) -> &[String] {
        &self.head.remarks
    }

    /// What the file holds and is not read, and what its own program rejected, in
    /// words.
    pub fn left_out(&self) -> &[String] {
        &self.head.left_out
    }

    /// Number of sweeps.
    pub fn sweep_count(&self) -> usize {
        self.samples.count()
    }

    /// Start and length of a sweep; `None` if there is no such sweep.
    pub fn sweep(&self, sweep: usize) -> Option<SweepPlace> {
        self.samples.place(sweep)
    }

    /// Samples of each channel of a sweep; 0 if there is no such sweep.
    pub fn sweep_len(&self, sweep: usize) -> usize {
        self.sweep(sweep).map_or(0, |place| usize::try_from(place.points).unwrap_or(usize::MAX))
    }

    /// Time of the first sample since the start of the recording by the clock of
    /// the file, s; NaN if there is no such sweep.
    pub fn sweep_start_s(&self, sweep: usize) -> f64 {
        self.sweep(sweep).map_or(f64::NAN, |place| place.start_s)
    }

    /// What the file says about a sweep, if anything.
    pub fn note(&self, sweep: usize) -> Option<&SweepNote> {
        self.samples.note(sweep)
    }

    /// Whether a channel was recorded in a sweep.
    pub fn has(&self, sweep: usize, channel: usize) -> bool {
        self.known(sweep, channel).is_ok()
    }

    /// One channel of one sweep in its unit; replaces what `into` held.
    ///
    /// # Errors
    /// [`ExchangeError::NoSweep`], [`ExchangeError::NoChannel`],
    /// [`ExchangeError::NotRecorded`], or that the file cannot be read there.
    pub fn read_sweep(&self, sweep: usize, channel: usize, into: &mut Vec<f64>) -> Result<(), ExchangeError> {
        into.clear();
        self.pieces(sweep, channel, |piece| into.extend_from_slice(piece))
    }

    /// The samples of one channel of one sweep in pieces, for sweeps that do not
    /// fit in memory.
    ///
    /// # Errors
    /// As [`TraceFile::read_sweep`].
    pub fn pieces(&self, sweep: usize, channel: usize, mut each: impl FnMut(&[f64])) -> Result<(), ExchangeError> {
        self.known(sweep, channel)?;
        self.samples.pieces(sweep, channel, &mut each)
    }

    /// One channel of one sweep in numbers; reads it in pieces.
    ///
    /// # Errors
    /// As [`TraceFile::read_sweep`].
    pub fn statistics(&self, sweep: usize, channel: usize) -> Result<ChannelStatistics, ExchangeError> {
        let mut running = Running::new(sweep, channel);
        self.pieces(sweep, channel, |piece| running.add(piece))?;
        Ok(running.finish())
    }

    fn known(&self, sweep: usize, channel: usize) -> Result<(), ExchangeError> {
        let path = || self.path.clone();
        if sweep >= self.sweep_count() {
            return Err(ExchangeError::NoSweep { path: path(), asked: sweep, count: self.sweep_count() });
        }
        if channel >= self.channels().len() {
            return Err(ExchangeError::NoChannel { path: path(), asked: channel, count: self.channels().len() });
        }
        if self.samples.has(sweep, channel) {
            Ok(())
        } else {
            Err(ExchangeError::NotRecorded { path: path(), sweep, channel })
        }
    }
}
