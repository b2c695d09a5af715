//! What is in a file, without its samples or with them in numbers.

use crate::inspection::table;

use crate::inspection::table::TableColumn;

use crate::abf::file::Abf;
use crate::abf::{AbfError, ChannelStatistics, Mode, Output, SampleKind, SweepPlace, UserList};
use crate::error::exchange::ExchangeError;
use crate::nwb::read::file as nwb;
use crate::nwb::read::file::Object;
use crate::open::file::{Stated, SweepNote, TraceFile};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A recorded channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InspectedChannel {
    /// Name, `?` if it has none.
    pub name: String,
    /// Unit; `?` if the file does not say.
    pub unit: String,
    /// Units per code of the converter (ABF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<f64>,
    /// Value of code 0 in units (ABF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<f64>,
}

/// A remark made during the recording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InspectedTag {
    /// Time since the start of the recording, s.
    pub time_s: f64,
    /// Its text.
    pub comment: String,
    /// Kind as numbered by the format (ABF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<i16>,
}

/// What only an Axon file says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AxonDetails {
    /// Identifier of the file, if it has one.
    pub guid: Option<String>,
    /// Path of the protocol at the rig; may be empty.
    pub protocol_path: String,
    /// How the recording was acquired.
    pub mode: Mode,
    /// The same as numbered by the format.
    pub operation_mode: i16,
    /// How samples are stored.
    pub sample_kind: SampleKind,
    /// Place of the first sample, bytes from the start of the file.
    pub data_offset: u64,
    /// Samples of all channels together.
    pub samples: u64,
    /// The output channels.
    pub outputs: Vec<Output>,
    /// The user lists.
    pub user_lists: Vec<UserList>,
}

/// The content of a recording file in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inspection {
    /// The file.
    pub file: String,
    /// Its length, bytes.
    pub bytes: u64,
    /// Format, e.g. `ABF2`, `NWB`, `CSV`.
    pub format: String,
    /// Version of the format; may be empty.
    pub version: String,
    /// Program that wrote the file, with its version; may be empty.
    pub creator: String,
    /// Start of the recording, `YYYY-MM-DDThh:mm:ss.mmm`, if the file has a valid date.
    pub date: Option<String>,
    /// Name of the protocol, if there was one.
    pub protocol: Option<String>,
    /// Comment; may be empty.
    pub comment: String,
    /// What only an Axon file says.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub axon: Option<AxonDetails>,
    /// The recorded channels.
    pub channels: Vec<InspectedChannel>,
    /// Holding level of each output channel in its unit; `None` if not known.
    pub holding: Vec<Option<f64>>,
    /// Sampling rate of each channel, Hz; `None` if the file does not say.
    pub rate_hz: Option<f64>,
    /// Number of sweeps.
    pub sweep_count: usize,
    /// From the start of a sweep to that of the next, s; the length of the only sweep.
    pub sweep_interval_s: f64,
    /// Start and length of each sweep.
    pub sweeps: Vec<SweepPlace>,
    /// What the file says of each sweep, if anything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<SweepNote>,
    /// The tags.
    pub tags: Vec<InspectedTag>,
    /// What is odd about the file.
    pub remarks: Vec<String>,
    /// Columns of a table that is no recording: measured values, or samples
    /// without a rate.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<TableColumn>,
    /// Statistics by sweep and channel, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Vec<ChannelStatistics>>,
    /// Every object of an NWB file, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objects: Option<BTreeMap<String, Object>>,
}

impl Inspection {
    /// The content of an open ABF file; with `statistics` all samples are read,
    /// about a megabyte at a time.
    ///
    /// # Errors
    /// [`AbfError::Unreadable`].
    pub fn of(abf: &Abf, statistics: bool) -> Result<Self, AbfError> {
        let sweeps: Vec<SweepPlace> = (0..abf.sweep_count()).map_while(|sweep| abf.sweep(sweep)).collect();
        let statistics = if statistics {
            let each: Result<Vec<_>, _> = (0..sweeps.len()).map(|sweep| abf.statistics(sweep)).collect();
            Some(each?.into_iter().flatten().collect())
        } else {
            None
        };
        let axon = AxonDetails {
            guid: abf.guid().map(str::to_owned),
            protocol_path: abf.protocol_path().to_owned(),
            mode: abf.mode(),
            operation_mode: abf.mode().number(),
            sample_kind: abf.sample_kind(),
            data_offset: abf.data_offset(),
            samples: abf.samples(),
            outputs: abf.outputs().to_vec(),
            user_lists: abf.user_lists().to_vec(),
        };
        let channel = |channel: &crate::abf::Channel| InspectedChannel {
            name: channel.name.clone(),
            unit: channel.unit.clone(),
            scale: Some(channel.scale),
            offset: Some(channel.offset),
        };
        let tag = |tag: &crate::abf::Tag| InspectedTag {
            time_s: tag.time_s,
            comment: tag.comment.clone(),
            kind: Some(tag.kind),
        };
        Ok(Self {
            file: abf.path().display().to_string(),
            bytes: abf.bytes(),
            format: abf.format().to_owned(),
            version: abf.version().to_owned(),
            creator: abf.creator().to_owned(),
            date: abf.date().map(str::to_owned),
            protocol: abf.protocol(),
            comment: abf.comment().to_owned(),
            axon: Some(axon),
            channels: abf.channels().iter().map(channel).collect(),
            holding: abf.outputs().iter().map(|output| output.holding).collect(),
            rate_hz: Some(abf.rate_hz()),
            sweep_count: abf.sweep_count(),
            sweep_interval_s: abf.sweep_interval_s(),
            sweeps,
            notes: Vec::new(),
            tags: abf.tags().iter().map(tag).collect(),
            remarks: abf.remarks().to_vec(),
            columns: Vec::new(),
            statistics,
            objects: None,
        })
    }

    /// The content of a file of another format.
    fn of_trace(file: &TraceFile, statistics: bool) -> Result<Self, ExchangeError> {
        let sweeps: Vec<SweepPlace> = (0..file.sweep_count()).map_while(|sweep| file.sweep(sweep)).collect();
        let channel = |channel: &crate::TraceChannel| InspectedChannel {
            name: channel.name.clone(),
            unit: channel.unit.clone(),
            scale: None,
            offset: None,
        };
        let tag = |tag: &crate::Tag| InspectedTag { time_s: tag.time_s, comment: tag.text.clone(), kind: None };
        let interval_s = match sweeps[..] {
            [first, second, ..] => second.start_s - first.start_s,
            [only] => only.points as f64 / file.rate_hz(),
            [] => 0.0,
        };
        let objects = statistics && file.format() == "NWB";
        Ok(Self {
            file: file.path().display().to_string(),
            bytes: file.bytes(),
            format: file.format().to_owned(),
            version: file.version().to_owned(),
            creator: file.creator().to_owned(),
            date: file.started().map(str::to_owned),
            protocol: file.protocol().map(str::to_owned),
            comment: file.comment().to_owned(),
            axon: None,
            channels: file.channels().iter().map(channel).collect(),
            holding: file.holding().to_vec(),
            rate_hz: Some(file.rate_hz()),
            sweep_count: file.sweep_count(),
            sweep_interval_s: interval_s,
            notes: (0..sweeps.len()).filter_map(|sweep| file.note(sweep).cloned()).collect(),
            sweeps,
            tags: file.tags().iter().map(tag).collect(),
            remarks: file.remarks().to_vec(),
            columns: Vec::new(),
            statistics: if statistics { Some(all_statistics(file)?) } else { None },
            objects: if objects { Some(nwb::objects(file.path())?) } else { None },
        })
    }
}

/// Statistics of every channel of every sweep.
fn all_statistics(file: &TraceFile) -> Result<Vec<ChannelStatistics>, ExchangeError> {
    let channels = 0..file.channels().len();
    let known = |sweep| channels.clone().map(move |channel| (sweep, channel));
    let all = (0..file.sweep_count()).flat_map(known).filter(|&(sweep, channel)| file.has(sweep, channel));
    all.map(|(sweep, channel)| file.statistics(sweep, channel)).collect()
}

/// What is in a recording file; with `statistics` its samples are read too.
///
/// # Errors
/// [`ExchangeError`] with the file, the place and what was expected there.
pub fn inspect(path: &Path, statistics: bool) -> Result<Inspection, ExchangeError> {
    inspect_stated(path, &Stated::default(), statistics)
}

/// [`inspect`] for a table of samples, with what the table does not say itself.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_stated(path: &Path, stated: &Stated, statistics: bool) -> Result<Inspection, ExchangeError> {
    match TraceFile::open_stated(path, stated) {
        Ok(file) if file.format().starts_with("ABF") => Ok(Inspection::of(&Abf::open(path)?, statistics)?),
        Ok(file) => Inspection::of_trace(&file, statistics),
        // No recording, but still a table.
        Err(error @ (ExchangeError::Unstated { .. } | ExchangeError::Kind { .. } | ExchangeError::Csv { .. })) => {
            table::inspection(path, &error, statistics)
        }
        Err(error) => Err(error),
    }
}
