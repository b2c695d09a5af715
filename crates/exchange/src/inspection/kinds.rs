//! The content of a file in short, as it is shown.

use crate::abf::header::{Mode, Output, SampleKind, UserList};
use crate::nwb::read::objects::Object;
use crate::sweeps::head::SweepNote;
use crate::sweeps::place::SweepPlace;
use crate::sweeps::statistics::ChannelStatistics;
use serde::Serialize;
use std::collections::BTreeMap;

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

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableColumn {
    /// Title without the unit.
    pub name: String,
    /// Unit in the title, if any.
    pub unit: Option<String>,
    /// What the cells are, such as `numbers`.
    pub kind: String,
    /// Rows with a value.
    pub filled: usize,
    /// Rows without.
    pub missing: usize,
    /// The numbers in numbers, missing ones aside, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<ChannelStatistics>,
}
