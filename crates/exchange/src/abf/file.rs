//! Axon Binary Format, versions 1 and 2, as pCLAMP writes it.
//!
//! The header is read once; samples are read by position when they are asked
//! for, so that a file of many gigabytes costs no more memory than the sweep in
//! hand. Every offset, size and count in the file is checked against its length
//! before anything is read or allocated.
//!
//! Layout of the format: "ABF File Support Pack" of Axon Instruments/Molecular
//! Devices (header `abfheadr.h`), and the unofficial guide to the format by
//! S. Harden (pyABF project, MIT licence).

use crate::abf::header::{Channel, Header, Mode, Output, SampleKind, Tag, UserList};
use crate::abf::sweeps::Sweeps;
use crate::abf::{text, version1, version2};
use crate::binary::source::Source;
use crate::error::abf::{AbfError, Fault, Problem};
use crate::sweeps::place::SweepPlace;
use crate::sweeps::statistics::{ChannelStatistics, Running};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Bytes that are read at a time, about.
const PIECE: u64 = 1 << 20;

/// An open ABF file.
#[derive(Debug)]
pub struct Abf {
    path: PathBuf,
    source: Source,
    header: Header,
    sweeps: Sweeps,
}

impl Abf {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// [`AbfError::Unreadable`], or [`AbfError::Faulty`] with the offset, what is
    /// there and what was expected.
    pub fn open(path: &Path) -> Result<Self, AbfError> {
        Self::opened(path, false)
    }

    /// Opens a file that was cut off and takes the sweeps that are whole; what stood behind
    /// them (tags, the times of sweeps) is lost, and remarked upon.
    ///
    /// # Errors
    /// As [`Abf::open`], if not one sweep is whole.
    pub fn salvage(path: &Path) -> Result<Self, AbfError> {
        Self::opened(path, true)
    }

    fn opened(path: &Path, salvage: bool) -> Result<Self, AbfError> {
        let unreadable = |source| AbfError::Unreadable { path: path.to_owned(), offset: 0, source };
        // A pipe would have to be read from its start to its end.
        if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
            return Err(unreadable(io::Error::new(io::ErrorKind::InvalidInput, "not a file")));
        }
        let file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        Self::read(path.to_owned(), Source::File(file, length), salvage)
    }

    /// Reads a file that is in memory already; `name` stands for it in messages.
    ///
    /// # Errors
    /// [`AbfError::Faulty`].
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Self, AbfError> {
        Self::read(PathBuf::from(name), Source::Memory(bytes), false)
    }

    fn read(path: PathBuf, source: Source, salvage: bool) -> Result<Self, AbfError> {
        match Self::laid_out(&source, salvage) {
            Ok((header, sweeps)) => Ok(Self { path, source, header, sweeps }),
            Err(problem) => Err(problem.of(path)),
        }
    }

    fn laid_out(source: &Source, salvage: bool) -> Result<(Header, Sweeps), Problem> {
        let mut header = match &signature(source)? {
            b"ABF " => version1::read(source, salvage)?,
            _ => version2::read(source, salvage)?,
        };
        if salvage {
            header.keep_whole_sweeps(source.len());
        }
        let sweeps = Sweeps::of(&mut header, source.len())?;
        Ok((header, sweeps))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its length, bytes.
    pub fn bytes(&self) -> u64 {
        self.source.len()
    }

    /// `ABF1` or `ABF2`.
    pub fn format(&self) -> &'static str {
        self.header.format
    }

    /// Version of the format, e.g. `2.6.0.0`.
    pub fn version(&self) -> &str {
        &self.header.version
    }

    /// Program that wrote the file, with its version.
    pub fn creator(&self) -> &str {
        &self.header.creator
    }

    /// Identifier of the file; `None` if the header is too short to have one.
    pub fn guid(&self) -> Option<&str> {
        self.header.guid.as_deref()
    }

    /// Start of the recording in local time of the rig,
    /// `YYYY-MM-DDThh:mm:ss.mmm`; `None` if the header has no valid date.
    pub fn date(&self) -> Option<&str> {
        self.header.date.as_deref()
    }

    /// Name of the protocol; `None` without a protocol file.
    pub fn protocol(&self) -> Option<String> {
        text::protocol(&self.header.protocol_path)
    }

    /// Path of the protocol file on the computer of the rig; may be empty.
    pub fn protocol_path(&self) -> &str {
        &self.header.protocol_path
    }

    /// Comment to the file; may be empty.
    pub fn comment(&self) -> &str {
        &self.header.comment
    }

    /// How the recording was acquired.
    pub fn mode(&self) -> Mode {
        self.header.mode
    }

    /// How samples are stored.
    pub fn sample_kind(&self) -> SampleKind {
        self.header.samples.kind
    }

    /// Place of the first sample, bytes from the start of the file.
    pub fn data_offset(&self) -> u64 {
        self.header.samples.offset
    }

    /// Number of samples, all channels together.
    pub fn samples(&self) -> u64 {
        self.header.samples.count
    }

    /// Sampling rate of each channel, Hz.
    pub fn rate_hz(&self) -> f64 {
        self.header.rate_hz
    }

    /// The recorded channels, in the order of their samples.
    pub fn channels(&self) -> &[Channel] {
        &self.header.channels
    }

    /// The output channels with their holding levels.
    pub fn outputs(&self) -> &[Output] {
        &self.header.outputs
    }

    /// The tags, in the order of the file.
    pub fn tags(&self) -> &[Tag] {
        &self.header.tags
    }

    /// The user lists that have values.
    pub fn user_lists(&self) -> &[UserList] {
        &self.header.user_lists
    }

    /// What is odd about the file, in words.
    pub fn remarks(&self) -> &[String] {
        &self.header.remarks
    }

    /// Number of sweeps.
    pub fn sweep_count(&self) -> usize {
        // A sweep has a sample or an entry in the synch array, which the file holds.
        usize::try_from(self.sweeps.count()).unwrap_or(usize::MAX)
    }

    /// From the start of a sweep to that of the next, s; the length of the
    /// recording if there is one sweep only.
    pub fn sweep_interval_s(&self) -> f64 {
        self.sweeps.interval_s(&self.header)
    }

    /// Start and length of a sweep, from 0; `None` if there is no such sweep.
    pub fn sweep(&self, sweep: usize) -> Option<SweepPlace> {
        self.sweeps.get(sweep).map(|(place, _)| place)
    }

    /// One channel of one sweep, in the unit of the channel.
    ///
    /// # Errors
    /// [`AbfError::NoSweep`], [`AbfError::NoChannel`], [`AbfError::Unreadable`].
    pub fn channel(&self, sweep: usize, channel: usize) -> Result<Vec<f64>, AbfError> {
        let known = self.channels().get(channel).ok_or_else(|| self.no_channel(channel))?;
        let mut trace = Vec::new();
        self.pieces(sweep, |piece| self.decode(piece, channel, known, &mut trace))?;
        Ok(trace)
    }

    /// One channel of one sweep in pieces of about a megabyte of the file, in the
    /// unit of the channel.
    ///
    /// # Errors
    /// As [`Abf::channel`].
    pub fn channel_pieces(&self, sweep: usize, channel: usize, mut each: impl FnMut(&[f64])) -> Result<(), AbfError> {
        let known = self.channels().get(channel).ok_or_else(|| self.no_channel(channel))?;
        let mut values = Vec::new();
        self.pieces(sweep, |piece| {
            values.clear();
            self.decode(piece, channel, known, &mut values);
            each(&values);
        })
    }

    /// The codes of the converter of one channel of one sweep; `None` for float
    /// samples. The value of code `c` is `c · scale + offset` of the channel.
    ///
    /// # Errors
    /// As [`Abf::channel`].
    pub fn codes(&self, sweep: usize, channel: usize) -> Result<Option<Vec<i16>>, AbfError> {
        if channel >= self.channels().len() {
            return Err(self.no_channel(channel));
        }
        if self.sample_kind() != SampleKind::Int16 {
            return Ok(None);
        }
        let (mut codes, frame, at) = (Vec::new(), 2 * self.channels().len(), 2 * channel);
        self.pieces(sweep, |piece| {
            codes.extend(piece.chunks_exact(frame).map(|scan| i16::from_le_bytes([scan[at], scan[at + 1]])));
        })?;
        Ok(Some(codes))
    }

    /// Statistics of all channels of a sweep; reads the sweep once, in pieces.
    ///
    /// # Errors
    /// [`AbfError::NoSweep`], [`AbfError::Unreadable`].
    pub fn statistics(&self, sweep: usize) -> Result<Vec<ChannelStatistics>, AbfError> {
        let mut running: Vec<Running> =
            (0..self.channels().len()).map(|channel| Running::new(sweep, channel)).collect();
        let mut trace = Vec::new();
        self.pieces(sweep, |piece| {
            for (channel, known) in self.channels().iter().enumerate() {
                trace.clear();
                self.decode(piece, channel, known, &mut trace);
                running[channel].add(&trace);
            }
        })?;
        Ok(running.into_iter().map(Running::finish).collect())
    }

    /// Appends the values of one channel of some scans.
    fn decode(&self, scans: &[u8], channel: usize, known: &Channel, into: &mut Vec<f64>) {
        let channels = self.channels().len();
        match self.sample_kind() {
            SampleKind::Int16 => {
                let (at, scale, offset) = (2 * channel, known.scale, known.offset);
                let code = |scan: &[u8]| i16::from_le_bytes([scan[at], scan[at + 1]]);
                into.extend(scans.chunks_exact(2 * channels).map(|scan| f64::from(code(scan)) * scale + offset));
            }
            SampleKind::Float32 => {
                let at = 4 * channel;
                let value = |scan: &[u8]| f32::from_le_bytes([scan[at], scan[at + 1], scan[at + 2], scan[at + 3]]);
                into.extend(scans.chunks_exact(4 * channels).map(|scan| f64::from(value(scan))));
            }
        }
    }

    /// Hands the scans of a sweep over in pieces of whole scans.
    fn pieces(&self, sweep: usize, mut each: impl FnMut(&[u8])) -> Result<(), AbfError> {
        let (path, count) = (&self.path, self.sweep_count());
        let no_sweep = || AbfError::NoSweep { path: path.clone(), asked: sweep, count };
        let (place, first) = self.sweeps.get(sweep).ok_or_else(no_sweep)?;
        let scan = self.sample_kind().bytes() * self.channels().len() as u64;
        let mut offset = self.data_offset() + first * scan;
        let mut left = place.points;
        let at_once = (PIECE / scan).max(1).min(left);
        let mut buffer = vec![0; usize::try_from(at_once * scan).unwrap_or(usize::MAX)];
        while left > 0 {
            let bytes = left.min(at_once) * scan;
            let piece = &mut buffer[..usize::try_from(bytes).unwrap_or(usize::MAX)];
            self.source.fill(offset, piece).map_err(|problem| problem.of(path.clone()))?;
            each(piece);
            offset += bytes;
            left -= bytes / scan;
        }
        Ok(())
    }

    fn no_channel(&self, asked: usize) -> AbfError {
        AbfError::NoChannel { path: self.path.clone(), asked, count: self.channels().len() }
    }
}

/// The first four bytes, if they are those of ABF.
fn signature(source: &Source) -> Result<[u8; 4], Problem> {
    let head = source.block(0, 4, "the signature")?;
    let found: [u8; 4] = head.array(0)?;
    let hint = match &found {
        b"ABF " | b"ABF2" => return Ok(found),
        b" FBA" | b"2FBA" => " in little-endian order",
        b"CLPX" | b"FTCX" => " (files of pCLAMP before version 6 have to be converted)",
        b"ATF\t" => " (this is a text file of the same family)",
        b"\x89HDF" => " (this is an HDF5 file, such as NWB)",
        _ => "",
    };
    let spelt = format!("\"{}\"", found.escape_ascii());
    Err(Fault::new(0, "the signature", spelt, format!("\"ABF \" or \"ABF2\"{hint}")).into())
}
