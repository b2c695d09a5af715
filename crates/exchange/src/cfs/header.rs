//! The headers of a CFS file: of the file, of its channels, of its data sections.
//!
//! Format: "CFS: the CED filing system" of Cambridge Electronic Design.

use crate::binary::source::{Block, Source};
use crate::binary::strided::Stored;
use crate::binary::text::{label, pascal, text};
use crate::error::abf::{Fault, Problem};

/// How files begin.
pub(crate) const SIGNATURE: &[u8] = b"CEDFILE\"";
/// Bytes of the header of the file, of a channel, of a section, of a channel in it.
const FILE: u64 = 178;
const CHANNEL: u64 = 48;
const SECTION: u64 = 30;
const IN_SECTION: u64 = 24;
/// Most channels.
const CHANNELS: i16 = 99;

/// What the header of the file says.
#[derive(Debug)]
pub(crate) struct Header {
    /// `hh:mm:ss` and `DD/MM/YY`, as the program wrote them.
    pub time: String,
    pub date: String,
    pub comment: String,
    pub channels: Vec<Channel>,
    /// Places of the headers of the sections.
    pub sections: Vec<u64>,
}

/// A channel of the file.
#[derive(Debug)]
pub(crate) struct Channel {
    pub name: String,
    pub unit: String,
    pub x_unit: String,
    /// How numbers are stored; `None` for texts.
    pub stored: Option<Stored>,
    /// Whether its samples are evenly spaced in time (or else are pairs or a matrix).
    pub is_even: bool,
    /// From sample to sample, bytes.
    pub stride: u64,
}

/// A channel in a section: where its samples lie and what they mean.
#[derive(Debug)]
pub(crate) struct InSection {
    pub offset: u64,
    pub points: u64,
    /// A value is `stored · scale + zero`.
    pub scale: f64,
    pub zero: f64,
    /// Interval on the axis of x, in its unit.
    pub step: f64,
}

impl Header {
    /// Reads the header of a file.
    pub fn read(source: &Source) -> Result<Self, Problem> {
        let block = source.block(0, FILE, "the header")?;
        let channels = block.i16(42)?;
        if !(1..=CHANNELS).contains(&channels) {
            return Err(Fault::new(42, "the number of channels", channels, format!("1 to {CHANNELS}")).into());
        }
        let size = CHANNEL * u64::from(channels.unsigned_abs());
        let described = source.block(FILE, size, "the description of the channels")?;
        let channels = (0..usize::from(channels.unsigned_abs())).map(|at| channel(&described, at * 48));
        Ok(Self {
            time: text(block.bytes(26, 8)?),
            date: text(block.bytes(34, 8)?),
            comment: pascal(block.bytes(60, 74)?),
            channels: channels.collect::<Result<_, _>>()?,
            sections: sections(source, &block)?,
        })
    }

    /// The channels in a section.
    pub fn section(&self, source: &Source, at: u64) -> Result<Vec<InSection>, Problem> {
        let size = SECTION + IN_SECTION * self.channels.len() as u64;
        let block = source.block(at, size, "the header of a data section")?;
        let start = block.count(4, "the place of the data of a section")?;
        let channel = |at: usize| {
            Ok(InSection {
                offset: start.saturating_add(block.count(at, "the place of the data of a channel")?),
                points: block.count(at + 4, "the number of points of a channel")?,
                scale: block.f32(at + 8)?,
                zero: block.f32(at + 12)?,
                step: block.f32(at + 16)?,
            })
        };
        (0..self.channels.len())
            .map(|place| channel(30 + 24 * place))
            .collect::<Result<_, Fault>>()
            .map_err(Problem::from)
    }
}

fn channel(block: &Block, at: usize) -> Result<Channel, Fault> {
    let stored = match block.bytes(at + 42, 1)?[0] {
        0 => Some(Stored::I8),
        1 => Some(Stored::U8),
        2 => Some(Stored::I16),
        3 => Some(Stored::U16),
        4 => Some(Stored::I32),
        5 => Some(Stored::F32),
        6 => Some(Stored::F64),
        7 => None,
        other => return Err(Fault::new(block.place(at + 42), "the data type of a channel", other, "0 to 7")),
    };
    Ok(Channel {
        name: label(&pascal(block.bytes(at, 22)?)),
        unit: pascal(block.bytes(at + 22, 10)?),
        x_unit: pascal(block.bytes(at + 32, 10)?),
        stored,
        is_even: block.bytes(at + 43, 1)?[0] == 0,
        stride: u64::from(block.u16(at + 44)?),
    })
}

/// Places of the sections: the table at the end of the file, or, in a file that was
/// never closed, the chain from the last to the first.
fn sections(source: &Source, header: &Block) -> Result<Vec<u64>, Problem> {
    let (count, table) = (u64::from(header.u16(56)?), header.count(134, "the place of the table of sections")?);
    if count == 0 {
        return Err(Fault::new(56, "the number of data sections", 0, "1 or more").into());
    }
    if table > 0 {
        let block = source.block(table, 4 * count, "the table of sections")?;
        let place = |section: usize| block.count(4 * section, "the place of a section");
        return (0..block.len() / 4).map(place).collect::<Result<_, _>>().map_err(Problem::from);
    }
    let (mut at, mut places) = (header.count(52, "the place of the last section")?, Vec::new());
    while at > 0 && (places.len() as u64) < count {
        places.push(at);
        at = source.block(at, 4, "the header of a data section")?.count(0, "the place of the section before")?;
    }
    places.reverse();
    Ok(places)
}
