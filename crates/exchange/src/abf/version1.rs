//! The header of ABF1: fields at fixed places in the first 2,048 bytes, and in
//! later versions of the program an extension of 6,144 bytes. Where the samples
//! begin, the header ends: fields beyond are not stored.

use crate::abf::entries::{read_synch, read_tags};
use crate::abf::header::{Channel, Header, Mode, Output, SampleKind, Samples, SynchEntry, Tag, UserList};
use crate::abf::scale::scale;
use crate::abf::text::{date, guid, label, level, numbers, text};
use crate::binary::source::{Block, Source, beyond, cut_off};
use crate::error::abf::{Fault, Problem, behind};

/// Bytes of the basic header.
const BASIC: u64 = 2_048;
/// Bytes of the extended header.
const EXTENDED: u64 = 6_144;
/// Input channels of the format.
const INPUTS: i16 = 16;
/// Output channels of the format.
const OUTPUTS: usize = 4;

/// Reads the header.
pub(super) fn read(source: &Source, salvage: bool) -> Result<Header, Problem> {
    let basic = source.block(0, BASIC, "the ABF1 header")?;
    let data = basic.offset(40, "lDataSectionPtr")?;
    if data < BASIC {
        return Err(Fault::new(40, "lDataSectionPtr", data / 512, "block 4 or later, behind the header").into());
    }
    let header = source.block(0, data.min(EXTENDED).min(source.len()), "the ABF1 header")?;
    let mode = basic.i16(8)?;
    let mode = Mode::numbered(mode).ok_or_else(|| Fault::new(8, "nOperationMode", mode, "1 to 5"))?;
    let count = basic.i16(120)?;
    if !(1..=INPUTS).contains(&count) {
        return Err(Fault::new(120, "nADCNumChannels", count, "1 to 16").into());
    }
    let interval_us = basic.positive(122, "fADCSampleInterval")?;
    let rate_hz = 1e6 / (interval_us * f64::from(count));
    let samples = samples(&basic, data)?;
    let time_unit_s = match basic.f32(130)? {
        unit if unit.is_finite() && unit > 0.0 => unit / 1e6,
        _ => interval_us / 1e6,
    };
    let mut remarks = Vec::new();
    let second_us = basic.f32(126)?;
    if second_us.is_finite() && second_us > 0.0 && second_us != interval_us {
        remarks.push(format!("a second sampling interval of {second_us} us is stated; times use the first"));
    }
    if (header.len() as u64) < EXTENDED {
        remarks.push(format!(
            "the header ends at byte {}: GUID, protocol and telegraphed gains are not stored",
            header.len()
        ));
    }
    let since_midnight = i64::from(basic.i32(24)?) * 1000 + i64::from(basic.i16(366)?);
    let stated = basic.f32(178)?;
    Ok(Header {
        format: "ABF1",
        version: version(&basic)?,
        creator: creator(&header)?,
        guid: header.array(5282).ok().map(|bytes| guid(&bytes)),
        date: date(i64::from(basic.i32(20)?), since_midnight),
        protocol_path: header.bytes(4898, 256).map(text).unwrap_or_default(),
        comment: comment(&header)?,
        mode,
        rate_hz,
        channels: channels(&header, count, samples.kind)?,
        outputs: outputs(&basic)?,
        tags: behind(tags(source, &basic, time_unit_s), salvage)?,
        user_lists: user_lists(&header),
        samples,
        episodes: (basic.count(16, "lActualEpisodes")?, 16),
        interval_s: if stated.is_finite() && stated > 0.0 { stated } else { 0.0 },
        synch: behind(synch(source, &basic, time_unit_s), salvage)?,
        remarks,
    })
}

/// The version: thousandths, cut off, with a point between the digits. A 32-bit
/// 1.3 is a little less than 1.3, hence the `1.2.9.9` of some programs.
fn version(basic: &Block) -> Result<String, Fault> {
    let version = f64::from(basic.f32_as_stored(4)?);
    if !(1.0..2.0).contains(&version) {
        return Err(Fault::new(4, "fFileVersionNumber", version, "1 to below 2 (little-endian)"));
    }
    let digits: Vec<String> = ((version * 1000.0) as u32).to_string().chars().map(String::from).collect();
    Ok(digits.join("."))
}

fn creator(header: &Block) -> Result<String, Fault> {
    let name = text(header.bytes(294, 16)?);
    let part = |at| header.i16(at);
    Ok(match (part(5798), part(5800), part(5802), part(5804)) {
        (Ok(major), Ok(minor), Ok(fix), Ok(build)) => format!("{name} {major}.{minor}.{fix}.{build}"),
        _ => name,
    })
}

fn comment(header: &Block) -> Result<String, Fault> {
    let new = header.bytes(5154, 128).map(text).unwrap_or_default();
    if new.is_empty() { header.bytes(310, 56).map(text) } else { Ok(new) }
}

/// Where the samples are, all within the file (checked by the caller of the
/// header, who knows its length).
fn samples(basic: &Block, data: u64) -> Result<Samples, Fault> {
    let kind = match basic.i16(100)? {
        0 => SampleKind::Int16,
        1 => SampleKind::Float32,
        other => return Err(Fault::new(100, "nDataFormat", other, "0 (16-bit integers) or 1 (32-bit floats)")),
    };
    let ignored = basic.i16(14)?;
    let ignored = u64::try_from(ignored).map_err(|_| Fault::new(14, "nNumPointsIgnored", ignored, "0 or more"))?;
    let count = basic.count(10, "lActualAcqLength")?;
    Ok(Samples { offset: data + ignored * kind.bytes(), count, kind, stated_at: 10 })
}

fn channels(header: &Block, count: i16, kind: SampleKind) -> Result<Vec<Channel>, Fault> {
    let range = header.f32(244)?;
    let resolution = f64::from(header.i32(252)?);
    (0..count.unsigned_abs().into())
        .map(|place: usize| {
            let at = 410 + 2 * place;
            let input = header.i16(at)?;
            let fault = || Fault::new(header.place(at), format!("nADCSamplingSeq[{place}]"), input, "0 to 15");
            let input = usize::try_from(input).ok().filter(|&input| input < 16).ok_or_else(fault)?;
            let number = |from: usize| header.f32(from + 4 * input);
            let telegraphed = match header.i16(4512 + 2 * input) {
                Ok(1) => number(4576).unwrap_or(1.0),
                _ => 1.0,
            };
            // A signal conditioner counts only where one was in use.
            let conditioned = header.i16(1410)? != 0;
            let (signal_gain, signal_offset) = if conditioned { (number(1050)?, number(1114)?) } else { (1.0, 0.0) };
            let gain = number(922)? * signal_gain * number(730)? * telegraphed;
            let offset = number(986)? - signal_offset;
            let (scale, offset) = scale(header.place(922 + 4 * input), gain, range, resolution, offset, kind)?;
            let name = label(text(header.bytes(442 + 10 * input, 10)?));
            let unit = label(text(header.bytes(602 + 8 * input, 8)?));
            Ok(Channel { name, unit, scale, offset })
        })
        .collect()
}

fn outputs(basic: &Block) -> Result<Vec<Output>, Fault> {
    (0..OUTPUTS)
        .map(|output| {
            Ok(Output {
                name: label(text(basic.bytes(1306 + 10 * output, 10)?)),
                unit: label(text(basic.bytes(1346 + 8 * output, 8)?)),
                holding: level(basic.f32(1394 + 4 * output)?),
            })
        })
        .collect()
}

/// The part of a file that a pointer and a number of entries say, if there is one.
fn section(
    source: &Source,
    basic: &Block,
    at: usize,
    names: [&'static str; 2],
    size: u64,
) -> Result<Option<Block>, Problem> {
    let (offset, count) = (basic.offset(at, names[0])?, basic.count(at + 4, names[1])?);
    if offset == 0 || count == 0 {
        return Ok(None);
    }
    let bytes = count * size;
    if offset + bytes > source.len() {
        let what = format!("the section of {count} entries ({})", names[1]);
        return Err(cut_off(beyond(offset, &what, bytes, source.len())).into());
    }
    source.block(offset, bytes, names[0]).map(Some)
}

fn tags(source: &Source, basic: &Block, unit_s: f64) -> Result<Vec<Tag>, Problem> {
    match section(source, basic, 44, ["lTagSectionPtr", "lNumTagEntries"], 64)? {
        Some(block) => Ok(read_tags(&block, 64, unit_s)?),
        None => Ok(Vec::new()),
    }
}

fn synch(source: &Source, basic: &Block, unit_s: f64) -> Result<(Vec<SynchEntry>, u64), Problem> {
    match section(source, basic, 92, ["lSynchArrayPtr", "lSynchArraySize"], 8)? {
        Some(block) => Ok((read_synch(&block, 8, unit_s)?, block.place(0))),
        None => Ok((Vec::new(), 0)),
    }
}

/// The lists of the extended header; none without it.
fn user_lists(header: &Block) -> Vec<UserList> {
    let list = |output: usize| {
        Some(UserList {
            enabled: header.i16(3360 + 2 * output).ok()? != 0,
            parameter: header.i16(3368 + 2 * output).ok()?,
            values: numbers(&text(header.bytes(3376 + 256 * output, 256).ok()?)),
        })
    };
    (0..OUTPUTS).filter_map(list).filter(|list| !list.values.is_empty()).collect()
}
