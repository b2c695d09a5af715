//! The columns of an AxoGraph file. All numbers are big-endian.
//!
//! Format: `AxoGraph_ReadWrite.h`, which its author put into the public domain.

use crate::binary::source::{Block, Source};
use crate::binary::strided::{Stored, Stretch};
use crate::binary::text::{pascal, wide_text};
use crate::error::abf::{Fault, Problem};

/// Longest title, bytes.
const TITLE: u64 = 4096;
/// Most columns.
const COLUMNS: u64 = 1 << 20;

/// A column: its title and its numbers.
#[derive(Debug)]
pub(crate) struct Column {
    pub title: String,
    pub points: u64,
    pub numbers: Numbers,
}

/// Numbers of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Numbers {
    /// The step of numbers that grow evenly.
    Series(f64),
    /// Where they lie.
    Stored(Stretch),
}

/// The version of a file, its columns, and the place behind them.
pub(crate) fn read(source: &Source) -> Result<(i32, Vec<Column>, u64), Problem> {
    let head = source.block(0, 8, "the header")?.in_order(true);
    let old = head.bytes(0, 4)? == b"AxGr";
    let (version, count, mut at) = if old {
        (i32::from(head.i16(4)?), u64::from(head.u16(6)?), 8)
    } else {
        let count = source.block(8, 4, "the number of columns")?.in_order(true).i32(0)?;
        (head.i32(4)?, u64::try_from(count).unwrap_or(u64::MAX), 12)
    };
    let known = if old { 1..=2 } else { 3..=6 };
    if !known.contains(&version) {
        let expected = format!("{} to {}", known.start(), known.end());
        return Err(Fault::new(4, "the version", version, expected).into());
    }
    if count > COLUMNS {
        return Err(Fault::new(8, "the number of columns", count, format!("{COLUMNS} at most")).into());
    }
    let mut columns = Vec::new();
    for place in 0..count {
        let (column, next) = match version {
            1 => graph(source, at)?,
            2 => digitized(source, at, place == 0)?,
            _ => axograph_x(source, at)?,
        };
        columns.push(column);
        at = next;
    }
    Ok((version, columns, at))
}

fn points(block: &Block) -> Result<u64, Fault> {
    block.count(0, "the number of points of a column")
}

/// Numbers behind a header, and the place behind them.
fn stored(offset: u64, points: u64, stored: Stored, scale: f64, zero: f64) -> (Numbers, u64) {
    let stride = stored.bytes();
    let stretch = Stretch { offset, stride, stored, big_endian: true, scale, zero };
    (Numbers::Stored(stretch), offset.saturating_add(points.saturating_mul(stride)))
}

/// Version 1: a title of 80 bytes and 32-bit floats.
fn graph(source: &Source, at: u64) -> Result<(Column, u64), Problem> {
    let block = source.block(at, 84, "the header of a column")?.in_order(true);
    let points = points(&block)?;
    let (numbers, next) = stored(at.saturating_add(84), points, Stored::F32, 1.0, 0.0);
    Ok((Column { title: pascal(block.bytes(4, 80)?), points, numbers }, next))
}

/// Version 2: first a series (first number and step), then codes with a factor.
fn digitized(source: &Source, at: u64, first: bool) -> Result<(Column, u64), Problem> {
    let length = if first { 92 } else { 88 };
    let block = source.block(at, length, "the header of a column")?.in_order(true);
    let (points, title) = (points(&block)?, pascal(block.bytes(4, 80)?));
    let behind = at.saturating_add(length);
    if first {
        let numbers = Numbers::Series(block.f32(88)?);
        return Ok((Column { title, points, numbers }, behind));
    }
    let (numbers, next) = stored(behind, points, Stored::I16, block.f32(84)?, 0.0);
    Ok((Column { title, points, numbers }, next))
}

/// Versions 3 to 6: a type, a title of any length, and what the type asks for.
fn axograph_x(source: &Source, at: u64) -> Result<(Column, u64), Problem> {
    let block = source.block(at, 12, "the header of a column")?.in_order(true);
    // A length of −1 is that of a title that is not there.
    let (points, kind, length) = (points(&block)?, block.i32(4)?, u64::try_from(block.i32(8)?).unwrap_or(0));
    if length > TITLE {
        let fault = Fault::new(block.place(8), "the length of a title", length, format!("{TITLE} bytes at most"));
        return Err(fault.into());
    }
    let title = source.block(at.saturating_add(12), length, "the title of a column")?;
    let title = wide_text(title.bytes(0, title.len())?).trim().to_owned();
    let mut behind = at.saturating_add(12).saturating_add(length);
    let pair = |behind| -> Result<(f64, f64), Problem> {
        let pair = source.block(behind, 16, "two numbers of a column")?.in_order(true);
        Ok((pair.f64(0)?, pair.f64(8)?))
    };
    let (numbers, next) = match kind {
        4 => stored(behind, points, Stored::I16, 1.0, 0.0),
        5 => stored(behind, points, Stored::I32, 1.0, 0.0),
        6 => stored(behind, points, Stored::F32, 1.0, 0.0),
        7 => stored(behind, points, Stored::F64, 1.0, 0.0),
        9 => {
            let (_first, step) = pair(behind)?;
            (Numbers::Series(step), behind.saturating_add(16))
        }
        10 => {
            let (scale, zero) = pair(behind)?;
            behind = behind.saturating_add(16);
            stored(behind, points, Stored::I16, scale, zero)
        }
        _ => {
            let expected =
                "4, 5, 6, 7, 9 or 10: 16- or 32-bit numbers, floats of 32 or 64 bits, a series, scaled codes";
            return Err(Fault::new(block.place(4), "the type of a column", kind, expected).into());
        }
    };
    Ok((Column { title, points, numbers }, next))
}
