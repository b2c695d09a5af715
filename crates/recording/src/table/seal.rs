//! A checksum of a whole Parquet file, kept inside it.
//!
//! A Parquet file ends in `footer | length of the footer, 4 bytes | PAR1`, and
//! the footer names the place of everything else; bytes that it does not name
//! are free. The seal lies there, before the footer:
//! `mark, 16 bytes | SHA-256 of all other bytes, 32 bytes`. Other readers do not
//! see it.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

const MARK: &[u8; 16] = b"schaffer sha-256";
const SEAL: usize = MARK.len() + 32;

/// Length of the end of the file: length of the footer and `PAR1`.
const END: usize = 8;

/// Puts the seal into a Parquet file; `None` if it is none.
pub(super) fn seal(mut file: Vec<u8>) -> Option<Vec<u8>> {
    let length = file.get(file.len().checked_sub(END)?..)?.first_chunk().copied()?;
    let footer = usize::try_from(u32::from_le_bytes(length)).ok()?;
    let place = file.len().checked_sub(END + footer)?;
    let sum = Sha256::digest(&file);
    file.splice(place..place, MARK.iter().copied().chain(sum));
    Some(file)
}

/// Puts the seal into a Parquet file on the disk; `false` if it is none.
pub(super) fn seal_file(file: &mut File) -> io::Result<bool> {
    let mut sum = Sha256::new();
    file.seek(SeekFrom::Start(0))?;
    let (mut length, mut buffer) = (0, vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => {
                sum.update(&buffer[..read]);
                length += read as u64;
            }
        }
    }
    let Some(end) = length.checked_sub(END as u64) else { return Ok(false) };
    let mut last = [0; END];
    file.seek(SeekFrom::Start(end))?;
    file.read_exact(&mut last)?;
    let footer = u32::from_le_bytes([last[0], last[1], last[2], last[3]]);
    let Some(place) = end.checked_sub(u64::from(footer)) else { return Ok(false) };
    let mut rest = Vec::new();
    file.seek(SeekFrom::Start(place))?;
    file.read_to_end(&mut rest)?;
    file.seek(SeekFrom::Start(place))?;
    file.write_all(MARK)?;
    file.write_all(&sum.finalize())?;
    file.write_all(&rest)?;
    Ok(true)
}

/// Whether the file has a seal and is, bit for bit, what was sealed.
pub(super) fn is_intact(file: &[u8]) -> bool {
    sealed_at(file).is_some_and(|place| {
        let mut others = Sha256::new();
        others.update(&file[..place.start]);
        others.update(&file[place.end..]);
        others.finalize()[..] == file[place.start + MARK.len()..place.end]
    })
}

/// The place that the length of the footer gives for the seal.
fn sealed_at(file: &[u8]) -> Option<Range<usize>> {
    let length = file.get(file.len().checked_sub(END)?..)?.first_chunk().copied()?;
    let footer = usize::try_from(u32::from_le_bytes(length)).ok()?;
    let end = file.len().checked_sub(END + footer)?;
    let start = end.checked_sub(SEAL)?;
    file[start..end].starts_with(MARK).then_some(start..end)
}
