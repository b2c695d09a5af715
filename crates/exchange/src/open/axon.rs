//! ABF files behind the common door.

use crate::abf::file::Abf;
use crate::abf::header;
use crate::error::exchange::ExchangeError;
use crate::sweeps::head::{Head, Samples, SweepNote, Tag, TraceChannel};
use crate::sweeps::place::SweepPlace;

/// The header in the common shape.
pub(crate) fn head(abf: &Abf) -> Head {
    let channel = |channel: &header::Channel| TraceChannel {
        name: channel.name.clone(),
        unit: channel.unit.clone(),
        stimulus: false,
    };
    let tag = |tag: &header::Tag| Tag { time_s: tag.time_s, text: tag.comment.clone() };
    Head {
        format: abf.format(),
        version: abf.version().to_owned(),
        creator: abf.creator().to_owned(),
        started: abf.date().map(str::to_owned),
        protocol: abf.protocol(),
        comment: abf.comment().to_owned(),
        channels: abf.channels().iter().map(channel).collect(),
        holding: abf.outputs().iter().map(|output| output.holding).collect(),
        rate_hz: abf.rate_hz(),
        tags: abf.tags().iter().map(tag).collect(),
        remarks: abf.remarks().to_vec(),
        left_out: Vec::new(),
    }
}

impl Samples for Abf {
    fn count(&self) -> usize {
        self.sweep_count()
    }

    fn place(&self, sweep: usize) -> Option<SweepPlace> {
        self.sweep(sweep)
    }

    fn note(&self, _sweep: usize) -> Option<&SweepNote> {
        None
    }

    fn has(&self, _sweep: usize, _channel: usize) -> bool {
        true
    }

    fn pieces(&self, sweep: usize, channel: usize, each: &mut dyn FnMut(&[f64])) -> Result<(), ExchangeError> {
        Ok(self.channel_pieces(sweep, channel, each)?)
    }
}
