//! The tree of pulses: groups, series, sweeps, traces, each a record and the number of
//! its children.
//!
//! Format: "PatchMaster file format" of HEKA (`PulsedFile_v9.txt`, `_v1000.txt`).

use crate::binary::source::{Block, Source};
use crate::binary::text::text;
use crate::error::abf::{Fault, Problem};
use crate::heka::bundle::Bundle;

/// Levels: the root, groups, series, sweeps, traces.
const LEVELS: u64 = 5;
/// Longest record, bytes.
const RECORD: u64 = 1 << 16;
/// Longest tree, bytes.
const TREE: u64 = 256 << 20;
/// Length of the records of traces from version 1.6 (2000) on, with 64-bit numbers.
const WIDE_TRACE: u64 = 528;
/// Shortest records with the fields that are read, by level.
const SHORTEST: [u64; 5] = [40, 36, 116, 56, 144];

/// A sweep with its traces.
#[derive(Debug)]
pub(crate) struct Sweep {
    /// Names of the group and the series.
    pub group: String,
    pub series: String,
    /// Start, as the program counts, s.
    pub time_s: f64,
    pub traces: Vec<Trace>,
}

/// A recorded trace.
#[derive(Debug)]
pub(crate) struct Trace {
    pub name: String,
    pub unit: String,
    /// Place of the samples in the file.
    pub data: u64,
    pub points: u64,
    pub is_little_endian: bool,
    /// 0 to 3: 16 or 32 bits, floats of 32 or 64 bits.
    pub format: u8,
    pub scale: f64,
    /// Sampling interval and its unit.
    pub interval: f64,
    pub x_unit: String,
    /// Bytes in a row, and from one row to the next, if interleaved.
    pub interleave: (u64, u64),
}

/// Where the walk through the tree is.
struct Walk {
    tree: Block,
    at: usize,
    sizes: Vec<usize>,
    wide: bool,
    sweeps: Vec<Sweep>,
    group: String,
    series: String,
}

/// Reads the tree; the sweeps in its order.
pub(crate) fn read(source: &Source, bundle: &Bundle) -> Result<Vec<Sweep>, Problem> {
    let (start, length) = bundle.pulses;
    if length > TREE {
        return Err(Fault::new(start, "the length of the tree", length, format!("{TREE} bytes at most")).into());
    }
    let tree = source.block(start, length, "the tree of pulses")?;
    let big_endian = match &tree.array(0)? {
        b"Tree" => true,
        b"eerT" => false,
        _ => bundle.big_endian,
    };
    let tree = tree.in_order(big_endian);
    let levels = tree.count(4, "the number of levels")?;
    if levels != LEVELS {
        return Err(Fault::new(tree.place(4), "the number of levels", levels, "5, from the root to traces").into());
    }
    let mut sizes = Vec::new();
    for (level, shortest) in SHORTEST.into_iter().enumerate() {
        let at = 8 + 4 * level;
        let size = tree.count(at, "the size of a record")?;
        if !(shortest..=RECORD).contains(&size) {
            let expected = format!("{shortest} to {RECORD} bytes");
            return Err(Fault::new(tree.place(at), "the size of a record", size, expected).into());
        }
        sizes.push(usize::try_from(size).unwrap_or(usize::MAX));
    }
    let wide = sizes[4] as u64 >= WIDE_TRACE;
    let (group, series, sweeps) = (String::new(), String::new(), Vec::new());
    let mut walk = Walk { tree, at: 28, sizes, wide, sweeps, group, series };
    walk.node(0)?;
    Ok(walk.sweeps)
}

impl Walk {
    /// Takes a record of a level and all below it.
    fn node(&mut self, level: usize) -> Result<(), Fault> {
        let at = self.at;
        match level {
            1 => self.group = text(self.tree.bytes(at + 4, 32)?),
            2 => self.series = text(self.tree.bytes(at + 4, 32)?),
            3 => {
                let (group, series, time_s) = (self.group.clone(), self.series.clone(), self.tree.f64(at + 48)?);
                self.sweeps.push(Sweep { group, series, time_s, traces: Vec::new() });
            }
            4 => {
                let trace = self.trace(at)?;
                if let Some(sweep) = self.sweeps.last_mut() {
                    sweep.traces.push(trace);
                }
            }
            _ => {}
        }
        self.at = at + self.sizes[level];
        let children = self.tree.count(self.at, "the number of children of a record")?;
        self.at += 4;
        if level == 4 && children > 0 {
            let place = self.tree.place(self.at - 4);
            return Err(Fault::new(place, "the number of children of a trace", children, "0"));
        }
        // Each child takes bytes of the tree, so that a lie ends with the tree.
        for _ in 0..children {
            self.node(level + 1)?;
        }
        Ok(())
    }

    fn trace(&self, at: usize) -> Result<Trace, Fault> {
        let tree = &self.tree;
        // Two numbers of 8 bytes in place of 4 come before the others.
        let more = if self.wide { at + 8 } else { at };
        let whole = |at: usize, field: &str| match self.wide {
            true => {
                u64::try_from(tree.i64(at)?).map_err(|_| Fault::new(tree.place(at), field, "negative", "0 or more"))
            }
            false => tree.count(at, field),
        };
        let size = self.sizes[4];
        let number = if self.wide { 8 } else { 4 };
        let interleave = if self.wide { 300 } else { 292 };
        let interleave = if size >= interleave + 2 * number {
            let field = "the interleaving of a trace";
            (whole(at + interleave, field)?, whole(at + interleave + number, field)?)
        } else {
            (0, 0)
        };
        Ok(Trace {
            name: text(tree.bytes(at + 4, 32)?),
            unit: text(tree.bytes(more + 96, 8)?),
            data: whole(at + 40, "the place of a trace")?,
            points: whole(at + 40 + number, "the number of points of a trace")?,
            is_little_endian: tree.u16(more + 64)? & 1 != 0,
            format: tree.bytes(more + 70, 1)?[0],
            scale: tree.f64(more + 72)?,
            interval: tree.f64(more + 104)?,
            x_unit: text(tree.bytes(more + 120, 8)?),
            interleave,
        })
    }
}
