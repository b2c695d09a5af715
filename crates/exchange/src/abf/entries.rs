//! Tags and the synch array: their entries are the same in both versions of the
//! format.

use crate::abf::header::{SynchEntry, Tag};
use crate::abf::text::text;
use crate::binary::source::Block;
use crate::error::abf::Fault;

/// Tags in entries of `size` bytes.
pub(super) fn read_tags(block: &Block, size: usize, unit_s: f64) -> Result<Vec<Tag>, Fault> {
    let tag = |at: usize| {
        let time_s = f64::from(block.i32(at)?) * unit_s;
        Ok(Tag { time_s, comment: text(block.bytes(at + 4, 56)?), kind: block.i16(at + 60)? })
    };
    (0..block.len() / size).map(|place| tag(place * size)).collect()
}

/// The synch array in entries of `size` bytes.
pub(super) fn read_synch(block: &Block, size: usize, unit_s: f64) -> Result<Vec<SynchEntry>, Fault> {
    let entry = |at: usize| {
        let start_s = f64::from(block.u32(at)?) * unit_s;
        let samples = block.i32(at + 4)?;
        let fault = || Fault::new(block.place(at + 4), "a sweep length of the synch array", samples, "0 or more");
        Ok(SynchEntry { start_s, samples: u64::try_from(samples).map_err(|_| fault())? })
    };
    (0..block.len() / size).map(|place| entry(place * size)).collect()
}
