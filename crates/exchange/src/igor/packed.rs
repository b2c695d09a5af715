//! Packed experiments: records one behind the other, each with its kind, version and
//! length. Waves, and the data folders that they are in, are read.

use crate::binary::source::Source;
use crate::binary::text::text;
use crate::error::abf::{Fault, Problem};
use crate::igor::wave::{self, Wave};

/// Bytes before a record.
const HEAD: u64 = 8;
/// Kinds of records.
const WAVE: u16 = 3;
const FOLDER_START: u16 = 9;
const FOLDER_END: u16 = 10;
/// The largest kind that is in use, and more.
const LAST_KIND: u16 = 255;
/// Longest name of a data folder, bytes.
const NAME: u64 = 1024;
/// Deepest data folder.
const DEEPEST: usize = 64;

/// Waves of a packed experiment, and how many others there are: of texts, of complex
/// numbers, of many dimensions.
pub(crate) struct Packed {
    pub waves: Vec<Wave>,
    pub others: usize,
}

/// A record: its kind and length.
fn record(source: &Source, at: u64, big_endian: bool) -> Result<(u16, u64), Problem> {
    let block = source.block(at, HEAD, "the head of a record")?.in_order(big_endian);
    let (kind, size) = (block.u16(0)?, block.count(4, "the length of a record")?);
    if kind & 0x7fff > LAST_KIND {
        let expected = format!("0 to {LAST_KIND}, or the same with the highest bit set");
        return Err(Fault::new(at, "the kind of a record", kind, expected).into());
    }
    let end = at.saturating_add(HEAD).saturating_add(size);
    if end > source.len() {
        let expected = format!("an end within the {} bytes of the file", source.len());
        return Err(Fault::new(at, "the length of a record", size, expected).into());
    }
    Ok((kind, size))
}

/// The byte order of a packed experiment that begins with these bytes; `None` if it
/// is none: its first records must be of known kinds and fit into `length` bytes.
pub(crate) fn order(head: &[u8], length: u64) -> Option<bool> {
    [false, true].into_iter().find(|&big_endian| {
        let (mut at, mut seen) = (0_u64, 0);
        while seen < 3 {
            let field = |from: u64, size: usize| {
                let from = usize::try_from(at + from).ok()?;
                head.get(from..from.checked_add(size)?).map(<[u8]>::to_vec)
            };
            let (Some(mut kind), Some(mut size)) = (field(0, 2), field(4, 4)) else {
                break;
            };
            if big_endian {
                kind.reverse();
                size.reverse();
            }
            let kind = kind.iter().rev().fold(0_u64, |all, byte| all << 8 | u64::from(*byte)) & 0x7fff;
            let size = size.iter().rev().fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
            let end = at + HEAD + size;
            if kind > u64::from(LAST_KIND) || (seen == 0 && kind == 0) || end > length {
                return false;
            }
            (at, seen) = (end, seen + 1);
        }
        seen > 0 && (seen == 3 || at >= head.len() as u64 || at == length)
    })
}

/// Reads the records.
pub(crate) fn read(source: &Source, big_endian: bool) -> Result<Packed, Problem> {
    let (mut packed, mut folders, mut at) = (Packed { waves: Vec::new(), others: 0 }, Vec::<String>::new(), 0_u64);
    while at.saturating_add(HEAD) <= source.len() {
        let (kind, size) = record(source, at, big_endian)?;
        let content = at + HEAD;
        match kind {
            WAVE => match wave::read(source, content, content + size)? {
                Some(wave) => packed.waves.push(Wave { folder: folders.join(":"), ..wave }),
                None => packed.others += 1,
            },
            FOLDER_START if folders.len() < DEEPEST => {
                let name = source.block(content, size.min(NAME), "the name of a data folder")?;
                folders.push(text(name.bytes(0, name.len())?));
            }
            FOLDER_START => {
                let fault =
                    Fault::new(at, "the depth of a data folder", folders.len() + 1, format!("{DEEPEST} at most"));
                return Err(fault.into());
            }
            FOLDER_END => {
                folders.pop();
            }
            _ => {}
        }
        at = content + size;
    }
    Ok(packed)
}
