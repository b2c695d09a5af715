//! Which format a file has, by its content.

use crate::error::exchange::ExchangeError;
use crate::nwb::read::hdf::SIGNATURE;
use crate::open::bridge;
use crate::open::rig::{self, Rig};
use crate::sheet::encoding::is_utf_16;
use crate::sheet::sheet::Sheet;
use crate::sheet::workbook::is_workbook;
use crate::text::{atf, winltp};
use recording::table::Table;
use recording::{StoreError, input};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// What is read, for messages.
const READ: &str = "ABF 1 or 2, NWB (HDF5), WinWCP, AxoGraph, HEKA, CFS, Igor Pro, MCS (HDF5), Parquet, WinLTP, ATF, a text \
                    table (CSV), XLSX or ODS";

/// Bytes that are looked at.
const HEAD: u64 = 64 << 10;

/// A format, with what was read to tell it.
pub(crate) enum Kind {
    /// Axon Binary Format.
    Abf,
    /// HDF5, which NWB is.
    Hdf5,
    /// A sweep of WinLTP.
    WinLtp,
    /// Axon Text File.
    Atf,
    /// A recording of another program.
    Rig(Rig),
    /// A table.
    Table(Sheet),
}

/// The format of a file, and its length in bytes.
pub(crate) fn of(path: &Path) -> Result<(Kind, u64), ExchangeError> {
    let unreadable = |source| ExchangeError::Unreadable { path: path.to_owned(), source };
    let about = fs::metadata(path).map_err(unreadable)?;
    // A pipe would have to be read from its start to its end.
    if !about.is_file() {
        return Err(unreadable(io::Error::new(io::ErrorKind::InvalidInput, "not a file")));
    }
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).map_err(unreadable)?;
    Ok((kind(path, &head, about.len())?, about.len()))
}

/// Reads a file that is a table: text, workbook or Parquet.
///
/// # Errors
/// [`ExchangeError::Kind`] for a recording, or that it cannot be read.
pub fn read_table(path: &Path) -> Result<Sheet, ExchangeError> {
    match of(path)?.0 {
        Kind::Table(sheet) => Ok(sheet),
        _ => Err(ExchangeError::Kind { path: path.to_owned(), found: "a recording", expected: "a table" }),
    }
}

fn kind(path: &Path, head: &[u8], bytes: u64) -> Result<Kind, ExchangeError> {
    let unknown =
        |found: &str| ExchangeError::Unknown { path: path.to_owned(), found: found.to_owned(), expected: READ };
    if head.is_empty() {
        return Err(unknown("nothing: the file is empty"));
    }
    // Known mistakes are for the reader of that format to name.
    let axon: [&[u8]; 6] = [b"ABF ", b"ABF2", b" FBA", b"2FBA", b"CLPX", b"FTCX"];
    if axon.iter().any(|signature| head.starts_with(signature)) {
        return Ok(Kind::Abf);
    }
    // A user block may stand before the signature, of 512 bytes or more.
    if head.starts_with(SIGNATURE) || has_user_block(path) {
        return Ok(Kind::Hdf5);
    }
    if head.starts_with(b"PAR1") {
        return Ok(Kind::Table(Sheet::plain("Parquet", Table::read_foreign_parquet(path)?)));
    }
    if is_workbook(head) {
        return sheet(path);
    }
    if let Some(bridge) = bridge::signed(head) {
        return Err(bridge.refusal(path));
    }
    if let Some(rig) = rig::signed(head) {
        return Ok(Kind::Rig(rig));
    }
    let wide = is_utf_16(head);
    let binary = !wide && head.iter().any(|&byte| byte < 9);
    if let Some(rig) = rig::unsigned(head, bytes).filter(|_| binary) {
        return Ok(Kind::Rig(rig));
    }
    if let Some(bridge) = bridge::named(path).filter(|_| binary) {
        return Err(bridge.refusal(path));
    }
    if binary {
        let found = head[..head.len().min(8)].escape_ascii().to_string();
        return Err(unknown(&format!("\"{found}\"")));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if text.starts_with(atf::SIGNATURE) && text.get(3).is_some_and(u8::is_ascii_whitespace) {
        return Ok(Kind::Atf);
    }
    if text.trim_ascii_start().starts_with(b"\"") && contains(text, winltp::KEY.as_bytes()) {
        return Ok(Kind::WinLtp);
    }
    sheet(path)
}

/// A table of cells, text or workbook.
fn sheet(path: &Path) -> Result<Kind, ExchangeError> {
    let unreadable = |source| ExchangeError::Unreadable { path: path.to_owned(), source };
    let content = input::read(path, input::LARGEST_TEXT).map_err(unreadable)?;
    Sheet::read(&content).map(Kind::Table).map_err(|fault| ExchangeError::Store(StoreError::table(path, fault)))
}

/// Whether an HDF5 signature stands at one of the places behind a user block:
/// 512 bytes, doubled again and again.
fn has_user_block(path: &Path) -> bool {
    let found = |place: u64| -> io::Result<bool> {
        let mut file = File::open(path)?;
        let mut signature = [0; 8];
        file.seek(SeekFrom::Start(place))?;
        file.read_exact(&mut signature)?;
        Ok(signature == SIGNATURE)
    };
    (9..17).any(|power| found(1 << power).unwrap_or(false))
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
