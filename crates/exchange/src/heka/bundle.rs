//! A bundle: a header, and the files in it with their places.

use crate::binary::source::{Block, Source};
use crate::binary::text::text;
use crate::error::abf::{Fault, Problem};

/// How files begin: bundles, and heads of files that stand beside others.
pub(crate) const SIGNATURES: [&[u8]; 3] = [b"DAT2", b"DAT1", b"DATA"];
/// Bytes of the header of older versions, with entries of 16 bytes; of newer ones.
const HEADERS: (u64, u64) = (256, 352);
/// Where the entries begin.
const ENTRIES: usize = 64;
/// Entries at most.
const MOST: usize = 12;

/// A bundle.
pub(crate) struct Bundle {
    /// Version of the program.
    pub version: String,
    /// Start, as the program counts.
    pub time_s: f64,
    pub big_endian: bool,
    /// Place and length of the tree of pulses.
    pub pulses: (u64, u64),
}

impl Bundle {
    /// Reads the header.
    pub fn read(source: &Source) -> Result<Self, Problem> {
        let block = source.block(0, HEADERS.0, "the header of the bundle")?;
        let signature = text(block.bytes(0, 8)?);
        if signature != "DAT2" {
            let expected = "DAT2, a bundle; open the file in PatchMaster and save it as one file (bundled)";
            return Err(Fault::new(0, "the signature", format!("\"{signature}\""), expected).into());
        }
        let big_endian = block.bytes(52, 1)?[0] == 0;
        let block = block.in_order(big_endian);
        let (version, time_s) = (text(block.bytes(8, 32)?), block.f64(40)?);
        // Endings begin with a point, behind two numbers of 4 or of 8 bytes.
        let wide = block.bytes(ENTRIES + 8, 1)?[0] != b'.';
        let block =
            if wide { source.block(0, HEADERS.1, "the header of the bundle")?.in_order(big_endian) } else { block };
        let pulses = (0..MOST).find_map(|entry| entry_of(&block, entry, wide).transpose()).transpose()?;
        let Some(pulses) = pulses else {
            return Err(
                Fault::new(ENTRIES as u64, "the list of files", "without .pul", "a tree of pulses (.pul)").into()
            );
        };
        Ok(Self { version, time_s, big_endian, pulses })
    }
}

/// Place and length of an entry, if it is the tree of pulses.
fn entry_of(block: &Block, entry: usize, wide: bool) -> Result<Option<(u64, u64)>, Fault> {
    let (size, number) = if wide { (24, 8) } else { (16, 4) };
    let at = ENTRIES + entry * size;
    if text(block.bytes(at + 2 * number, 8)?) != ".pul" {
        return Ok(None);
    }
    let field = |at: usize, field: &str| match wide {
        true => u64::try_from(block.i64(at)?).map_err(|_| Fault::new(block.place(at), field, "negative", "0 or more")),
        false => block.count(at, field),
    };
    Ok(Some((field(at, "the place of the tree")?, field(at + number, "the length of the tree")?)))
}
