//! What is in a file, without its samples.

use crate::abf::{Abf, AbfError, Channel, ChannelStatistics, Mode, Output, SampleKind, SweepPlace, Tag, UserList};
use serde::Serialize;
use std::path::Path;

/// The content of a recording file in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inspection {
    /// The file.
    pub file: String,
    /// Its length, bytes.
    pub bytes: u64,
    /// Format, e.g. `ABF2`.
    pub format: String,
    /// Version of the format.
    pub version: String,
    /// Program that wrote the file, with its version.
    pub creator: String,
    /// Identifier of the file, if it has one.
    pub guid: Option<String>,
    /// Start of the recording, `YYYY-MM-DDThh:mm:ss.mmm`, if the file has a valid date.
    pub date: Option<String>,
    /// Name of the protocol, if there was one.
    pub protocol: Option<String>,
    /// Path of the protocol at the rig; may be empty.
    pub protocol_path: String,
    /// Comment; may be empty.
    pub comment: String,
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
    /// The recorded channels.
    pub channels: Vec<Channel>,
    /// The output channels.
    pub outputs: Vec<Output>,
    /// Holding level of each output channel in its unit; `None` if not known.
    pub holding: Vec<Option<f64>>,
    /// Sampling rate of each channel, Hz.
    pub rate_hz: f64,
    /// Number of sweeps.
    pub sweep_count: usize,
    /// From the start of a sweep to that of the next, s.
    pub sweep_interval_s: f64,
    /// Start and length of each sweep.
    pub sweeps: Vec<SweepPlace>,
    /// The tags.
    pub tags: Vec<Tag>,
    /// The user lists.
    pub user_lists: Vec<UserList>,
    /// What is odd about the file.
    pub remarks: Vec<String>,
    /// Statistics by sweep and channel, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Vec<ChannelStatistics>>,
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
        Ok(Self {
            file: abf.path().display().to_string(),
            bytes: abf.bytes(),
            format: abf.format().to_owned(),
            version: abf.version().to_owned(),
            creator: abf.creator().to_owned(),
            guid: abf.guid().map(str::to_owned),
            date: abf.date().map(str::to_owned),
            protocol: abf.protocol(),
            protocol_path: abf.protocol_path().to_owned(),
            comment: abf.comment().to_owned(),
            mode: abf.mode(),
            operation_mode: abf.mode().number(),
            sample_kind: abf.sample_kind(),
            data_offset: abf.data_offset(),
            samples: abf.samples(),
            channels: abf.channels().to_vec(),
            outputs: abf.outputs().to_vec(),
            holding: abf.outputs().iter().map(|output| output.holding).collect(),
            rate_hz: abf.rate_hz(),
            sweep_count: abf.sweep_count(),
            sweep_interval_s: abf.sweep_interval_s(),
            sweeps,
            tags: abf.tags().to_vec(),
            user_lists: abf.user_lists().to_vec(),
            remarks: abf.remarks().to_vec(),
            statistics,
        })
    }
}

/// What is in a recording file; with `statistics` its samples are read too.
///
/// # Errors
/// [`AbfError`] with the file, the offset and what was expected there.
pub fn inspect(path: &Path, statistics: bool) -> Result<Inspection, AbfError> {
    Inspection::of(&Abf::open(path)?, statistics)
}
