//! One binary wave: a header of the file, a header of the wave, the numbers, and
//! texts behind them. Either byte order.
//!
//! Format: Technical Note PTN003, "Igor Binary Format", of WaveMetrics.

use crate::binary::source::{Block, Source};
use crate::binary::strided::{Stored, Stretch};
use crate::binary::text::text;
use crate::error::abf::{Fault, Problem};

/// Bytes of the largest pair of headers.
const HEADERS: u64 = 384;
/// Bytes of a label of a row, column …
const LABEL: u64 = 32;
/// Most labels that are read.
const LABELS: u64 = 4096;

/// A wave of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Wave {
    /// Data folders of a packed experiment, `:` between them.
    pub folder: String,
    pub name: String,
    /// Unit of the numbers and of the rows; may be empty.
    pub unit: String,
    pub x_unit: String,
    /// From row to row, in the unit of the rows.
    pub step: f64,
    pub rows: u64,
    /// 1 for a wave of one dimension.
    pub columns: u64,
    /// The numbers of the first column; the others lie behind it.
    pub data: Stretch,
    /// Labels of the columns, if there are any.
    pub labels: Vec<String>,
    /// When it was made, s since 1904 by the clock of the rig; 0 if not known.
    pub created: u32,
}

/// Most columns.
const COLUMNS: u64 = 1 << 16;

/// Where the fields of a version lie, bytes from the start of the wave.
struct Layout {
    /// Length of the header of the file.
    file: usize,
    /// Of both headers: the numbers begin there.
    data: u64,
}

/// The version and byte order of a wave, by its first two bytes.
pub(crate) fn version(first: [u8; 2]) -> Option<(i16, bool)> {
    let (little, big) = (i16::from_le_bytes(first), i16::from_be_bytes(first));
    let known = |version: &i16| [1, 2, 3, 5].contains(version);
    known(&little).then_some((little, false)).or(known(&big).then_some((big, true)))
}

/// Whether a wave may begin at the start of these bytes, the first of a file of
/// `length` bytes. The 16-bit numbers of the headers add up to 0; of versions 1 to 3
/// that is asked for, since packed experiments begin with the same small numbers.
pub(crate) fn is_wave(head: &[u8], length: u64) -> bool {
    let source = Source::Memory(head.to_vec());
    match headers(&source, 0) {
        Ok((block, version, layout)) => {
            let kind = block.i16(layout.file + if version == 5 { 16 } else { 0 });
            let points = block.count(layout.file + if version == 5 { 12 } else { 42 }, "").unwrap_or(u64::MAX);
            let plain = kind.is_ok_and(|kind| (0..0x100).contains(&kind));
            let sums = version == 5 || is_sum_zero(&source, block.is_big_endian(), layout.data + 16);
            plain && sums && layout.data.saturating_add(points) <= length
        }
        Err(_) => false,
    }
}

/// Whether the 16-bit numbers of the headers and of the 16 bytes behind them, which
/// every wave of versions 1 to 3 has, add up to 0.
fn is_sum_zero(source: &Source, big_endian: bool, length: u64) -> bool {
    let sum = || -> Result<i16, Problem> {
        let block = source.block(0, length, "the headers of a wave")?.in_order(big_endian);
        let numbers = (0..block.len()).step_by(2).map(|at| block.i16(at));
        Ok(numbers.collect::<Result<Vec<i16>, Fault>>()?.into_iter().fold(0, i16::wrapping_add))
    };
    sum().is_ok_and(|sum| sum == 0)
}

fn headers(source: &Source, at: u64) -> Result<(Block, i16, Layout), Problem> {
    let first = source.block(at, 2, "the version of a wave")?;
    let Some((version, big_endian)) = version(first.array(0)?) else {
        let found = first.i16(0)?;
        return Err(Fault::new(at, "the version of a wave", found, "1, 2, 3 or 5").into());
    };
    let layout = match version {
        1 => Layout { file: 8, data: 118 },
        2 => Layout { file: 16, data: 126 },
        3 => Layout { file: 20, data: 130 },
        _ => Layout { file: 64, data: HEADERS },
    };
    let block = source.block(at, layout.data, "the header of a wave")?.in_order(big_endian);
    Ok((block, version, layout))
}

/// Reads the headers of the wave that begins at a place; `None` if it holds no real
/// numbers (texts, complex or 64-bit whole numbers) or has more than two dimensions.
pub(crate) fn read(source: &Source, at: u64, file_end: u64) -> Result<Option<Wave>, Problem> {
    let (block, version, layout) = headers(source, at)?;
    let wave = if version == 5 { modern(source, &block, at)? } else { old(&block, &layout)? };
    let Some(mut wave) = wave else {
        return Ok(None);
    };
    wave.data.offset = at.saturating_add(layout.data);
    if wave.columns > COLUMNS {
        return Err(
            Fault::new(at, "the number of columns of a wave", wave.columns, format!("{COLUMNS} at most")).into()
        );
    }
    let bytes = wave.rows.checked_mul(wave.columns).and_then(|numbers| numbers.checked_mul(wave.data.stride));
    let end = bytes.and_then(|bytes| wave.data.offset.checked_add(bytes));
    if end.is_none_or(|end| end > file_end) {
        let found = format!("{} rows and {} columns", wave.rows, wave.columns);
        let fault = Fault::new(at, "the size of a wave", found, format!("an end within the first {file_end} bytes"));
        return Err(fault.into());
    }
    Ok(Some(wave))
}

/// How the numbers of a type lie; `None` unless they are real and of 64 bits at most.
fn stretch(kind: i16, big_endian: bool) -> Option<Stretch> {
    let stored = match kind {
        0x02 => Stored::F32,
        0x04 => Stored::F64,
        0x08 => Stored::I8,
        0x10 => Stored::I16,
        0x20 => Stored::I32,
        0x48 => Stored::U8,
        0x50 => Stored::U16,
        0x60 => Stored::U32,
        _ => return None,
    };
    let stride = stored.bytes();
    Some(Stretch { offset: 0, stride, stored, big_endian, scale: 1.0, zero: 0.0 })
}

/// Versions 1 to 3: one dimension.
fn old(block: &Block, layout: &Layout) -> Result<Option<Wave>, Fault> {
    let at = |offset: usize| layout.file + offset;
    let Some(data) = stretch(block.i16(at(0))?, block.is_big_endian()) else {
        return Ok(None);
    };
    Ok(Some(Wave {
        folder: String::new(),
        name: text(block.bytes(at(6), 20)?),
        unit: text(block.bytes(at(34), 4)?),
        x_unit: text(block.bytes(at(38), 4)?),
        step: block.f64(at(48))?,
        rows: block.count(at(42), "the number of points")?,
        columns: 1,
        data,
        labels: Vec::new(),
        created: block.u32(at(96))?,
    }))
}

/// Version 5: up to four dimensions, with labels.
fn modern(source: &Source, block: &Block, start: u64) -> Result<Option<Wave>, Problem> {
    let at = |offset: usize| 64 + offset;
    let Some(data) = stretch(block.i16(at(16))?, block.is_big_endian()) else {
        return Ok(None);
    };
    let mut sizes = [0; 4];
    for (dimension, size) in sizes.iter_mut().enumerate() {
        *size = block.count(at(68 + 4 * dimension), "the size of a dimension")?;
    }
    if sizes[2] > 0 || sizes[3] > 0 {
        return Ok(None);
    }
    let mut wave = Wave {
        folder: String::new(),
        name: text(block.bytes(at(28), 32)?),
        unit: text(block.bytes(at(148), 4)?),
        x_unit: text(block.bytes(at(152), 4)?),
        step: block.f64(at(84))?,
        rows: sizes[0],
        columns: sizes[1].max(1),
        data,
        labels: Vec::new(),
        created: block.u32(at(4))?,
    };
    behind(source, block, start, &mut wave)?;
    Ok(Some(wave))
}

/// What lies behind the numbers: formula, note, long units, labels of the columns.
fn behind(source: &Source, block: &Block, start: u64, wave: &mut Wave) -> Result<(), Problem> {
    let size = |offset: usize| block.count(offset, "the size of a part of a wave");
    // 64 bytes of the header of the file, then what it says the wave has.
    let mut at = start.saturating_add(64).saturating_add(size(4)?).saturating_add(size(8)?).saturating_add(size(12)?);
    let mut part = |size: u64, most: u64| -> Option<Block> {
        let part = (size > 0 && size <= most).then(|| source.block(at, size, "a text of a wave").ok()).flatten();
        at = at.saturating_add(size);
        part
    };
    let words = |part: &Block| part.bytes(0, part.len()).map(text).unwrap_or_default();
    if let Some(unit) = part(size(16)?, 1024) {
        wave.unit = words(&unit);
    }
    for dimension in 0..4 {
        let unit = part(size(20 + 4 * dimension)?, 1024);
        if let (0, Some(unit)) = (dimension, unit) {
            wave.x_unit = words(&unit);
        }
    }
    part(size(36)?, 0);
    if let Some(labels) = part(size(40)?, LABEL * LABELS) {
        let bytes = labels.bytes(0, labels.len())?;
        // The first labels the dimension as a whole.
        wave.labels = bytes.chunks(32).skip(1).map(text).collect();
    }
    Ok(())
}
