//! The header of ABF2: 512 bytes that say where the sections are, each an array
//! of entries of stated size.

use crate::abf::entries::{read_synch, read_tags};
use crate::abf::header::{Channel, Header, Mode, Output, SampleKind, Samples, UserList};
use crate::abf::scale::scale;
use crate::abf::text::{date, guid, label, level, numbers, text};
use crate::binary::source::{Block, Source, beyond};
use crate::error::abf::{Fault, Problem, behind};

/// Input channels of the format.
const INPUTS: u64 = 16;
/// Most output channels and user lists accepted; rigs have 8 at most.
const OUTPUTS: u64 = 16;
/// Most bytes of texts accepted; files have some hundreds.
const TEXTS: u64 = 1 << 20;

/// An entry of the table of sections.
struct Section {
    /// Place of the entry.
    at: u64,
    /// Place of the section.
    offset: u64,
    /// Bytes of an entry.
    size: u64,
    /// Number of entries.
    count: u64,
}

impl Section {
    fn of(head: &Block, at: usize, name: &str) -> Result<Self, Fault> {
        let count = head.i64(at + 8)?;
        let count = u64::try_from(count)
            .map_err(|_| Fault::new(head.place(at + 8), format!("{name} entries"), count, "0 or more"))?;
        let (offset, size) = (u64::from(head.u32(at)?) * 512, u64::from(head.u32(at + 4)?));
        Ok(Self { at: head.place(at), offset, size, count })
    }

    /// The section, if it has no more entries than there can be output channels:
    /// each entry copies texts.
    fn limited(self, name: &str) -> Result<Self, Fault> {
        if self.count <= OUTPUTS {
            return Ok(self);
        }
        Err(Fault::new(self.at + 8, format!("number of entries of {name}"), self.count, format!("0 to {OUTPUTS}")))
    }

    /// The whole section; `None` if it is empty.
    fn block(&self, source: &Source, name: &'static str, smallest: u64) -> Result<Option<Block>, Problem> {
        if self.count == 0 {
            return Ok(None);
        }
        if self.size < smallest {
            let field = format!("entry size of {name}");
            return Err(Fault::new(self.at + 4, field, self.size, format!("at least {smallest} bytes")).into());
        }
        match self.size.checked_mul(self.count) {
            Some(bytes) => source.block(self.offset, bytes, name).map(Some),
            None => Err(beyond(self.offset, name, u64::MAX, source.len()).into()),
        }
    }

    /// [`Section::block`] for a section that must have entries.
    fn required(&self, source: &Source, name: &'static str, smallest: u64) -> Result<Block, Problem> {
        let missing = || Fault::new(self.at + 8, format!("number of entries of {name}"), 0, "1 or more");
        Ok(self.block(source, name, smallest)?.ok_or_else(missing)?)
    }
}

/// Reads the header.
pub(super) fn read(source: &Source, salvage: bool) -> Result<Header, Problem> {
    let head = source.block(0, 512, "the ABF2 header")?;
    let version = dotted(&head, 4)?;
    if head.bytes(7, 1)? != [2] {
        return Err(Fault::new(4, "fFileVersionNumber", version, "2.x (little-endian)").into());
    }
    let protocol = Section::of(&head, 76, "ProtocolSection")?.required(source, "ProtocolSection", 208)?;
    let mode = protocol.i16(0)?;
    let mode = Mode::numbered(mode).ok_or_else(|| Fault::new(protocol.place(0), "nOperationMode", mode, "1 to 5"))?;
    let strings = Strings::read(source, &head)?;
    let inputs = Section::of(&head, 92, "ADCSection")?;
    if !(1..=INPUTS).contains(&inputs.count) {
        return Err(Fault::new(100, "number of entries of ADCSection", inputs.count, "1 to 16").into());
    }
    let rate_hz = 1e6 / protocol.positive(2, "fADCSequenceInterval")?;
    let time_unit_s = match protocol.f32(14)? {
        unit if unit.is_finite() && unit > 0.0 => unit / 1e6,
        _ => 1.0 / rate_hz / inputs.count as f64,
    };
    let samples = samples(&head)?;
    let tags = Section::of(&head, 252, "TagSection")?;
    let synch = Section::of(&head, 316, "SynchArraySection")?;
    let stated = protocol.f32(62)?;
    let protocol_path = strings.get(&head, 72, "uProtocolPathIndex")?;
    Ok(Header {
        format: "ABF2",
        version,
        creator: format!("{} {}", strings.get(&head, 60, "uCreatorNameIndex")?, dotted(&head, 56)?),
        guid: Some(guid(&head.array(40)?)),
        date: date(i64::from(head.u32(16)?), i64::from(head.u32(20)?)),
        protocol_path,
        comment: strings.get(&protocol, 132, "lFileCommentIndex")?,
        mode,
        rate_hz,
        channels: channels(source, &inputs, &protocol, &strings, samples.kind)?,
        outputs: outputs(source, &head, &strings)?,
        tags: match behind(tags.block(source, "TagSection", 64), salvage)? {
            Some(block) => read_tags(&block, entry(tags.size), time_unit_s)?,
            None => Vec::new(),
        },
        user_lists: user_lists(source, &head, &strings)?,
        samples,
        episodes: (u64::from(head.u32(12)?), 12),
        interval_s: if stated.is_finite() && stated > 0.0 { stated } else { 0.0 },
        synch: match behind(synch.block(source, "SynchArraySection", 8), salvage)? {
            Some(block) => (read_synch(&block, entry(synch.size), time_unit_s)?, synch.offset),
            None => (Vec::new(), 0),
        },
        remarks: Vec::new(),
    })
}

/// The size of an entry, which was read from 32 bits.
fn entry(size: u64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

/// Four bytes, the most significant last, as `2.6.0.0`.
fn dotted(head: &Block, at: usize) -> Result<String, Fault> {
    let [build, fix, minor, major] = head.array(at)?;
    Ok(format!("{major}.{minor}.{fix}.{build}"))
}

fn samples(head: &Block) -> Result<Samples, Fault> {
    let section = Section::of(head, 236, "DataSection")?;
    let format = head.i16(30)?;
    let kind = match format {
        0 => SampleKind::Int16,
        1 => SampleKind::Float32,
        other => return Err(Fault::new(30, "nDataFormat", other, "0 (16-bit integers) or 1 (32-bit floats)")),
    };
    if section.size != kind.bytes() {
        let expected = format!("{} as nDataFormat is {format}", kind.bytes());
        return Err(Fault::new(240, "entry size of DataSection", section.size, expected));
    }
    if section.offset < 512 {
        return Err(Fault::new(236, "block of DataSection", section.offset / 512, "1 or later, behind the header"));
    }
    Ok(Samples { offset: section.offset, count: section.count, kind, stated_at: 244 })
}

fn channels(
    source: &Source,
    section: &Section,
    protocol: &Block,
    strings: &Strings,
    kind: SampleKind,
) -> Result<Vec<Channel>, Problem> {
    let block = section.required(source, "ADCSection", 82)?;
    let (range, resolution) = (protocol.f32(110)?, f64::from(protocol.i32(118)?));
    // A signal conditioner counts only where one was in use.
    let conditioned = protocol.i16(138)? != 0;
    let size = entry(section.size);
    let channel = |at: usize| {
        let telegraphed = if block.i16(at + 2)? == 1 { block.f32(at + 6)? } else { 1.0 };
        let (signal_gain, signal_offset) =
            if conditioned { (block.f32(at + 48)?, block.f32(at + 52)?) } else { (1.0, 0.0) };
        let gain = block.f32(at + 40)? * signal_gain * block.f32(at + 28)? * telegraphed;
        let offset = block.f32(at + 44)? - signal_offset;
        let (scale, offset) = scale(block.place(at + 40), gain, range, resolution, offset, kind)?;
        let name = label(strings.get(&block, at + 74, "lADCChannelNameIndex")?);
        let unit = label(strings.get(&block, at + 78, "lADCUnitsIndex")?);
        Ok(Channel { name, unit, scale, offset })
    };
    (0..block.len() / size).map(|place| channel(place * size)).collect()
}

fn outputs(source: &Source, head: &Block, strings: &Strings) -> Result<Vec<Output>, Problem> {
    let section = Section::of(head, 108, "DACSection")?.limited("DACSection")?;
    let Some(block) = section.block(source, "DACSection", 32)? else { return Ok(Vec::new()) };
    let output = |at: usize| {
        Ok(Output {
            name: label(strings.get(&block, at + 24, "lDACChannelNameIndex")?),
            unit: label(strings.get(&block, at + 28, "lDACChannelUnitsIndex")?),
            holding: level(block.f32(at + 12)?),
        })
    };
    let size = entry(section.size);
    (0..block.len() / size).map(|place| output(place * size)).collect()
}

fn user_lists(source: &Source, head: &Block, strings: &Strings) -> Result<Vec<UserList>, Problem> {
    let section = Section::of(head, 172, "UserListSection")?.limited("UserListSection")?;
    let Some(block) = section.block(source, "UserListSection", 12)? else { return Ok(Vec::new()) };
    let size = entry(section.size);
    let mut lists = Vec::new();
    for at in (0..block.len() / size).map(|place| place * size) {
        let values = numbers(&strings.get(&block, at + 8, "lULParamValueListIndex")?);
        if !values.is_empty() {
            lists.push(UserList { enabled: block.i16(at + 2)? != 0, parameter: block.i16(at + 4)?, values });
        }
    }
    Ok(lists)
}

/// The texts that other sections name by number, from 1; 0 is no text.
struct Strings {
    texts: Vec<String>,
}

impl Strings {
    /// The section is a head of 44 bytes and the texts, each ended by a NUL; its
    /// "entry size" is that of the whole.
    fn read(source: &Source, head: &Block) -> Result<Self, Problem> {
        const HEAD: usize = 44;
        let section = Section::of(head, 220, "StringsSection")?;
        if section.count == 0 {
            return Ok(Self { texts: Vec::new() });
        }
        if section.size > TEXTS {
            let expected = format!("at most {TEXTS} bytes");
            return Err(Fault::new(section.at + 4, "entry size of StringsSection", section.size, expected).into());
        }
        let block = source.block(section.offset, section.size, "StringsSection")?;
        let signature = block.bytes(0, 4)?;
        if signature != b"SSCH" {
            let found = format!("{:?}", String::from_utf8_lossy(signature));
            return Err(Fault::new(section.offset, "signature of StringsSection", found, "\"SSCH\"").into());
        }
        let body = block.bytes(HEAD, block.len().saturating_sub(HEAD))?;
        let limit = usize::try_from(section.count).unwrap_or(usize::MAX);
        Ok(Self { texts: body.split(|&byte| byte == 0).take(limit).map(text).collect() })
    }

    /// The text whose number is stored at `at` of `block`.
    fn get(&self, block: &Block, at: usize, field: &str) -> Result<String, Fault> {
        let number = block.i32(at)?;
        if number <= 0 {
            return Ok(String::new());
        }
        let place = usize::try_from(number).ok().map(|number| number - 1);
        place.and_then(|place| self.texts.get(place)).cloned().ok_or_else(|| {
            Fault::new(block.place(at), field, number, format!("0 to {}, the number of texts", self.texts.len()))
        })
    }
}
