//! Recordings in short, with their samples in numbers if asked for.

use crate::abf::file::Abf;
use crate::abf::header;
use crate::error::abf::AbfError;
use crate::error::exchange::ExchangeError;
use crate::inspection::kinds::{AxonDetails, InspectedChannel, InspectedTag, Inspection};
use crate::nwb::read::file::objects;
use crate::open::file::TraceFile;
use crate::sweeps::head::{Tag, TraceChannel};
use crate::sweeps::place::SweepPlace;
use crate::sweeps::statistics::ChannelStatistics;

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
        let channel = |channel: &header::Channel| InspectedChannel {
            name: channel.name.clone(),
            unit: channel.unit.clone(),
            scale: Some(channel.scale),
            offset: Some(channel.offset),
        };
        let tag =
            |tag: &header::Tag| InspectedTag { time_s: tag.time_s, comment: tag.comment.clone(), kind: Some(tag.kind) };
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
    pub(super) fn of_trace(file: &TraceFile, statistics: bool) -> Result<Self, ExchangeError> {
        let sweeps: Vec<SweepPlace> = (0..file.sweep_count()).map_while(|sweep| file.sweep(sweep)).collect();
        let channel = |channel: &TraceChannel| InspectedChannel {
            name: channel.name.clone(),
            unit: channel.unit.clone(),
            scale: None,
            offset: None,
        };
        let tag = |tag: &Tag| InspectedTag { time_s: tag.time_s, comment: tag.text.clone(), kind: None };
        let interval_s = match sweeps[..] {
            [first, second, ..] => second.start_s - first.start_s,
            [only] => only.points as f64 / file.rate_hz(),
            [] => 0.0,
        };
        let listed = statistics && file.format() == "NWB";
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
            remarks: file.remarks().iter().chain(file.left_out()).cloned().collect(),
            columns: Vec::new(),
            statistics: if statistics { Some(all_statistics(file)?) } else { None },
            objects: if listed { Some(objects(file.path())?) } else { None },
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
