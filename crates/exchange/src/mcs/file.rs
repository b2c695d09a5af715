//! Streams of Multi Channel Systems as sweeps: each stretch without a gap is one.

use crate::date;
use crate::error::exchange::ExchangeError;
use crate::mcs::info::{self, Channel};
use crate::nwb::read::hdf::{Hdf, ROWS, text_of};
use crate::nwb::read::number::Number;
use crate::sweeps::head::{Head, Samples, SweepNote, TraceChannel};
use crate::sweeps::place::SweepPlace;
use crate::sweeps::rate::whole_hz;
use hdf5_reader::group::Group;
use hdf5_reader::{SliceInfo, SliceInfoElem};
use std::path::Path;

/// Most recordings of a file, and streams of a recording.
const RECORDINGS: usize = 256;
const STREAMS: usize = 64;
/// Most stretches of a stream.
const STRETCHES: u64 = 1 << 20;
/// Seconds from the year 1, from which .NET counts, to 1970.
const EPOCH_S: f64 = 62_135_596_800.0;

/// A stretch of samples without a gap.
#[derive(Debug)]
struct Stretch {
    /// Path of its data.
    data: String,
    start_s: f64,
    from: u64,
    points: u64,
}

/// An open file.
pub(crate) struct Mcs {
    hdf: Hdf,
    channels: Vec<Channel>,
    stretches: Vec<Stretch>,
}

/// Opens a file; `None` if it is no file of Multi Channel Systems.
pub(crate) fn open(path: &Path, bytes: u64) -> Result<Option<(Head, Mcs)>, ExchangeError> {
    let hdf = Hdf::open(path, bytes)?;
    let root = hdf.root()?;
    let Some(protocol) = text_of(&root, "McsHdf5ProtocolType") else {
        return Ok(None);
    };
    if protocol != "RawData" {
        return Err(hdf.wrong("/", format!("the protocol \"{protocol}\""), "\"RawData\""));
    }
    let streams = streams(&hdf);
    let electrode = |stream: &&(String, String)| stream.1.eq_ignore_ascii_case("electrode");
    let Some((chosen, _)) = streams.iter().find(electrode).or_else(|| streams.first()).cloned() else {
        return Err(hdf.wrong("/Data/Recording_0/AnalogStream", "no stream", "Stream_0"));
    };
    let channels = info::channels(&hdf, &format!("/Data/Recording_0/AnalogStream/{chosen}/InfoChannel"))?;
    let Some(first) = channels.first() else {
        return Err(hdf.wrong(&chosen, "no channel", "1 at least"));
    };
    if channels.iter().any(|channel| channel.tick_us != first.tick_us) {
        return Err(hdf.wrong(&chosen, "channels of several sampling rates", "one for all"));
    }
    let mut left_out = Vec::new();
    if streams.len() > 1 {
        left_out.push(format!("of {} analog streams one is read: {chosen}", streams.len()));
    }
    let (stretches, rate_hz) = (stretches(&hdf, &chosen, &channels)?, 1e6 / first.tick_us);
    let data = hdf.group("/Data");
    let said = |name: &str| data.as_ref().and_then(|data| text_of(data, name)).unwrap_or_default();
    let listed =
        |channel: &Channel| TraceChannel { name: channel.name.clone(), unit: channel.unit.clone(), stimulus: false };
    let ticks = data.as_ref().and_then(|data| number_of(data, "DateInTicks"));
    let head = Head {
        format: "MCS",
        creator: format!("{} {}", said("ProgramName"), said("ProgramVersion")).trim().to_owned(),
        started: ticks.and_then(|ticks| date::of_seconds(ticks * 1e-7 - EPOCH_S)),
        comment: said("Comment"),
        channels: channels.iter().map(listed).collect(),
        rate_hz: whole_hz(rate_hz, 1e-9),
        left_out,
        ..Head::default()
    };
    Ok(Some((head, Mcs { hdf, channels, stretches })))
}

fn number_of(group: &Group, name: &str) -> Option<f64> {
    group.attribute(name).ok()?.read_1d::<Number>().ok()?.first().map(|number| number.0)
}

/// Analog streams of the first recording: name and type.
fn streams(hdf: &Hdf) -> Vec<(String, String)> {
    let stream = |place: usize| {
        let name = format!("Stream_{place}");
        let group = hdf.group(&format!("/Data/Recording_0/AnalogStream/{name}"))?;
        Some((name, text_of(&group, "StreamType").unwrap_or_default()))
    };
    (0..STREAMS).map_while(stream).collect()
}

/// The stretches of a stream in all recordings.
fn stretches(hdf: &Hdf, stream: &str, channels: &[Channel]) -> Result<Vec<Stretch>, ExchangeError> {
    let (mut all, mut first_us) = (Vec::new(), None);
    let rows = channels.iter().map(|channel| channel.row + 1).max().unwrap_or(0);
    for recording in 0..RECORDINGS {
        let home = format!("/Data/Recording_{recording}");
        let Some(group) = hdf.group(&home) else { break };
        let data = format!("{home}/AnalogStream/{stream}/ChannelData");
        let Some(dataset) = hdf.dataset(&data) else { continue };
        // Rows are channels here, columns samples.
        let (known, points) = hdf.size(&data, &dataset)?;
        if known < rows {
            return Err(hdf.wrong(&data, format!("{known} rows"), format!("{rows}, as its channels say")));
        }
        let began_us = number_of(&group, "TimeStamp").unwrap_or(0.0);
        let offset_us = began_us - *first_us.get_or_insert(began_us);
        let path = format!("{home}/AnalogStream/{stream}/ChannelDataTimeStamps");
        for [start_us, from, to] in segments(hdf, &path)?.unwrap_or_else(|| vec![[0.0, 0.0, points as f64 - 1.0]]) {
            let end = to + 1.0;
            if !(start_us.is_finite() && from >= 0.0 && end > from && end <= points as f64) {
                let expected = format!("a stretch within the {points} samples");
                return Err(hdf.wrong(&path, format!("samples {from} to {to}"), expected));
            }
            let start_s = (offset_us + start_us) * 1e-6;
            all.push(Stretch { data: data.clone(), start_s, from: from as u64, points: (end - from) as u64 });
        }
    }
    if all.is_empty() {
        return Err(hdf.wrong(stream, "no samples", "ChannelData"));
    }
    Ok(all)
}

/// Start (µs), first and last sample of each stretch; `None` without such a table.
fn segments(hdf: &Hdf, path: &str) -> Result<Option<Vec<[f64; 3]>>, ExchangeError> {
    let Some(dataset) = hdf.dataset(path) else {
        return Ok(None);
    };
    let (rows, columns) = hdf.size(path, &dataset)?;
    if columns != 3 || rows > STRETCHES {
        let expected = format!("3 columns and {STRETCHES} rows at most");
        return Err(hdf.wrong(path, format!("{rows} rows of {columns} columns"), expected));
    }
    let mut numbers = Vec::new();
    hdf.rows(path, &dataset, &mut |piece| numbers.extend_from_slice(piece))?;
    Ok(Some(numbers.as_chunks::<3>().0.to_vec()))
}

impl Samples for Mcs {
    fn count(&self) -> usize {
        self.stretches.len()
    }

    fn place(&self, sweep: usize) -> Option<SweepPlace> {
        self.stretches.get(sweep).map(|stretch| SweepPlace { start_s: stretch.start_s, points: stretch.points })
    }

    fn note(&self, _sweep: usize) -> Option<&SweepNote> {
        None
    }

    fn has(&self, _sweep: usize, _channel: usize) -> bool {
        true
    }

    fn pieces(&self, sweep: usize, channel: usize, each: &mut dyn FnMut(&[f64])) -> Result<(), ExchangeError> {
        let (Some(stretch), Some(channel)) = (self.stretches.get(sweep), self.channels.get(channel)) else {
            return Ok(());
        };
        let Some(dataset) = self.hdf.dataset(&stretch.data) else {
            return Ok(());
        };
        let (mut at, end) = (stretch.from, stretch.from + stretch.points);
        let mut values = Vec::new();
        while at < end {
            let next = end.min(at + ROWS);
            let row = SliceInfoElem::Slice { start: channel.row, end: channel.row + 1, step: 1 };
            let selections = vec![row, SliceInfoElem::Slice { start: at, end: next, step: 1 }];
            let piece = dataset
                .read_slice::<Number>(&SliceInfo { selections })
                .map_err(|error| self.hdf.fault(&stretch.data, &error))?;
            values.clear();
            values.extend(piece.iter().map(|code| (code.0 - channel.zero) * channel.scale));
            if values.len() as u64 != next - at {
                let found = format!("{} samples", values.len());
                return Err(self.hdf.wrong(&stretch.data, found, format!("{}", next - at)));
            }
            each(&values);
            at = next;
        }
        Ok(())
    }
}
