//! Bytes of a file by position, never the file as a whole.

use crate::error::abf::{Fault, Problem};
use std::fs::File;
use std::io;

/// Where the bytes are.
#[derive(Debug)]
pub(crate) enum Source {
    /// An open file and its length at the time of opening.
    File(File, u64),
    /// Bytes in memory.
    Memory(Vec<u8>),
}

impl Source {
    /// Number of bytes.
    pub fn len(&self) -> u64 {
        match self {
            Self::File(_, length) => *length,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// Fills `into` with the bytes from `offset` on, which must be there.
    pub fn fill(&self, offset: u64, into: &mut [u8]) -> Result<(), Problem> {
        match self {
            Self::File(file, _) => {
                read_exact_at(file, offset, into).map_err(|source| Problem::System { offset, source })
            }
            Self::Memory(bytes) => {
                let part = usize::try_from(offset).ok().and_then(|from| bytes.get(from..from.checked_add(into.len())?));
                let Some(part) = part else {
                    return Err(beyond(offset, "data", into.len() as u64, self.len()).into());
                };
                into.copy_from_slice(part);
                Ok(())
            }
        }
    }

    /// The `size` bytes from `offset` on; `what` names them in faults. Nothing
    /// is allocated before the length of the file has been seen to suffice.
    pub fn block(&self, offset: u64, size: u64, what: &'static str) -> Result<Block, Problem> {
        let fault = || beyond(offset, what, size, self.len());
        if offset.checked_add(size).is_none_or(|end| end > self.len()) {
            return Err(fault().into());
        }
        let mut bytes = vec![0; usize::try_from(size).map_err(|_| fault())?];
        self.fill(offset, &mut bytes)?;
        Ok(Block { start: offset, bytes, what, big_endian: false })
    }
}

/// The fault of a part that reaches beyond the end of the file.
pub(crate) fn beyond(offset: u64, what: &str, size: u64, length: u64) -> Fault {
    let found = format!("{size} bytes long");
    Fault::new(offset, what, found, format!("an end within the {length} bytes of the file"))
}

/// The fault of what lies beyond the end, with the way to what is there.
pub(crate) fn cut_off(mut fault: Fault) -> Fault {
    fault
        .expected
        .push_str("; if it was cut off, salvage = true in [recording] (inspect: --salvage) reads its whole sweeps");
    fault
}

#[cfg(unix)]
fn read_exact_at(file: &File, offset: u64, into: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut offset: u64, mut into: &mut [u8]) -> io::Result<()> {
    while !into.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, into, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        offset += read as u64;
        into = &mut into[read..];
    }
    Ok(())
}

/// Some bytes of the file, with fields at offsets from their start; little-endian
/// unless said otherwise.
#[derive(Debug)]
pub(crate) struct Block {
    start: u64,
    bytes: Vec<u8>,
    what: &'static str,
    big_endian: bool,
}

impl Block {
    /// The same bytes, whose fields are big-endian if asked for.
    pub fn in_order(self, big_endian: bool) -> Self {
        Self { big_endian, ..self }
    }

    /// Whether its fields are big-endian.
    pub fn is_big_endian(&self) -> bool {
        self.big_endian
    }

    /// The bytes of a field, the least significant first.
    fn field<const N: usize>(&self, at: usize) -> Result<[u8; N], Fault> {
        let mut field = self.array(at)?;
        if self.big_endian {
            field.reverse();
        }
        Ok(field)
    }

    /// Place in the file of an offset within the block.
    pub fn place(&self, at: usize) -> u64 {
        self.start.saturating_add(at as u64)
    }

    /// Number of bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// `size` bytes.
    pub fn bytes(&self, at: usize, size: usize) -> Result<&[u8], Fault> {
        at.checked_add(size).and_then(|end| self.bytes.get(at..end)).ok_or_else(|| {
            let found = format!("{} bytes long", self.bytes.len());
            Fault::new(self.start, self.what, found, format!("at least {} bytes", at.saturating_add(size)))
        })
    }

    /// An array of bytes.
    pub fn array<const N: usize>(&self, at: usize) -> Result<[u8; N], Fault> {
        let mut array = [0; N];
        array.copy_from_slice(self.bytes(at, N)?);
        Ok(array)
    }

    /// A signed 16-bit number.
    pub fn i16(&self, at: usize) -> Result<i16, Fault> {
        self.field(at).map(i16::from_le_bytes)
    }

    /// An unsigned 16-bit number.
    pub fn u16(&self, at: usize) -> Result<u16, Fault> {
        self.field(at).map(u16::from_le_bytes)
    }

    /// A signed 32-bit number.
    pub fn i32(&self, at: usize) -> Result<i32, Fault> {
        self.field(at).map(i32::from_le_bytes)
    }

    /// An unsigned 32-bit number.
    pub fn u32(&self, at: usize) -> Result<u32, Fault> {
        self.field(at).map(u32::from_le_bytes)
    }

    /// A signed 64-bit number.
    pub fn i64(&self, at: usize) -> Result<i64, Fault> {
        self.field(at).map(i64::from_le_bytes)
    }

    /// A 32-bit float; may be NaN or infinite. A scale factor of 0.0005 is stored
    /// as 0.000 500 000 023 7…: the shortest decimal with the same 32 bits is what
    /// was meant.
    pub fn f32(&self, at: usize) -> Result<f64, Fault> {
        let stored = self.f32_as_stored(at)?;
        Ok(stored.to_string().parse().unwrap_or_else(|_| f64::from(stored)))
    }

    /// A 32-bit float, bit for bit.
    pub fn f32_as_stored(&self, at: usize) -> Result<f32, Fault> {
        self.field(at).map(f32::from_le_bytes)
    }

    /// A 64-bit float; may be NaN or infinite.
    pub fn f64(&self, at: usize) -> Result<f64, Fault> {
        self.field(at).map(f64::from_le_bytes)
    }

    /// A 32-bit float that must be finite and above zero.
    pub fn positive(&self, at: usize, field: &str) -> Result<f64, Fault> {
        let value = self.f32(at)?;
        if value.is_finite() && value > 0.0 {
            Ok(value)
        } else {
            Err(Fault::new(self.place(at), field, value, "a number above zero"))
        }
    }

    /// A block number (of 512 bytes) as an offset in the file; 0 is allowed.
    pub fn offset(&self, at: usize, field: &str) -> Result<u64, Fault> {
        let block = self.i32(at)?;
        u64::try_from(block)
            .map(|block| block * 512)
            .map_err(|_| Fault::new(self.place(at), field, block, "a block number of 0 or more"))
    }

    /// A count, not negative.
    pub fn count(&self, at: usize, field: &str) -> Result<u64, Fault> {
        let count = self.i32(at)?;
        u64::try_from(count).map_err(|_| Fault::new(self.place(at), field, count, "a count of 0 or more"))
    }
}
