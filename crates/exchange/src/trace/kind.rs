//! Which format a file has, by its content.

use crate::error::ExchangeError;
use recording::table::Table;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// What is read, for messages.
const READ: &str = "ABF 1 or 2, NWB (HDF5), Parquet, WinLTP, ATF or a text table (CSV)";

/// Largest text file that is read, bytes: it has to fit in memory.
const LARGEST_TEXT: u64 = 2 << 30;

/// A format, with what was read to tell it.
pub(super) enum Kind {
    /// Axon Binary Format.
    Abf,
    /// A table, with the name of its format.
    Table(&'static str, Table),
}

/// The format of a file, and its length in bytes.
pub(super) fn of(path: &Path) -> Result<(Kind, u64), ExchangeError> {
    let unreadable = |source| ExchangeError::Unreadable { path: path.to_owned(), source };
    let about = fs::metadata(path).map_err(unreadable)?;
    // A pipe would have to be read from its start to its end.
    if !about.is_file() {
        return Err(unreadable(io::Error::new(io::ErrorKind::InvalidInput, "not a file")));
    }
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(512).read_to_end(&mut head)).map_err(unreadable)?;
    Ok((kind(path, &head, about.len())?, about.len()))
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
    if head.iter().any(|&byte| byte < 9) || bytes > LARGEST_TEXT {
        let found = head[..head.len().min(8)].escape_ascii().to_string();
        return Err(unknown(&format!("\"{found}\"")));
    }
    Ok(Kind::Table("CSV", Table::read_csv(path)?))
}
