//! Parquet files of other programs: what their headers promise is compared with
//! the length of the file before the reader, which believes them, may see them.
//!
//! Headers are Thrift structures in the compact protocol. Format: Apache Parquet,
//! `parquet.thrift`; Apache Thrift, "Thrift Compact protocol encoding".

use crate::table::thrift::{Fields, Reader};

/// Most values for each byte of the file: run lengths make many of few, but no
/// table of measurements repeats itself more than that.
const VALUES: u64 = 1024;
/// Most bytes of a page for each of its compressed bytes.
const INFLATION: u64 = 1024;
/// Values and bytes that any file may have, however short.
const ALWAYS: u64 = 1 << 16;
/// The signature at both ends.
const SIGNATURE: &[u8] = b"PAR1";

/// Whether the headers promise no more than the file can hold.
pub(super) fn check(file: &[u8]) -> Result<(), String> {
    let length = file.len();
    let end = length.checked_sub(8).filter(|_| file.starts_with(SIGNATURE) && file.ends_with(SIGNATURE));
    let end = end.ok_or_else(|| format!("{length} bytes that do not begin and end with PAR1: it is not whole"))?;
    let stated = file[end..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes)) as usize;
    let beyond =
        || format!("byte {end}: the footer is {stated} bytes long: expected {} at most", end.saturating_sub(4));
    let start = end.checked_sub(stated).filter(|start| *start >= 4).ok_or_else(beyond)?;
    let footer = Reader::new(&file[start..end]).structure().ok_or_else(|| at(start, "a footer that ends early"))?;
    let limit = VALUES * length as u64 + ALWAYS;
    let rows = footer.number(3).ok_or_else(|| at(start, "no number of rows"))?;
    within(rows, limit, start, "rows")?;
    for group in footer.structures(4) {
        within(group.number(3).unwrap_or(-1), limit, start, "rows of a row group")?;
        for column in group.structures(1) {
            // Without them the columns are in another file.
            let about = column.structure(3).ok_or_else(|| at(start, "a column without a description"))?;
            pages(&file[..start], about, limit, start)?;
        }
    }
    Ok(())
}

/// The pages of one column, one behind the other.
fn pages(file: &[u8], about: &Fields, limit: u64, footer: usize) -> Result<(), String> {
    let values = within(about.number(5).unwrap_or(-1), limit, footer, "values of a column")?;
    let bytes = within(about.number(7).unwrap_or(-1), file.len() as u64, footer, "bytes of a column")?;
    within(about.number(6).unwrap_or(-1), INFLATION * file.len() as u64 + ALWAYS, footer, "uncompressed bytes")?;
    let data = within(about.number(9).unwrap_or(-1), file.len() as u64, footer, "as place of a page")?;
    let dictionary = about.number(11).and_then(|place| u64::try_from(place).ok()).filter(|place| *place > 0);
    let mut place = dictionary.map_or(data, |dictionary| dictionary.min(data));
    let end = place.checked_add(bytes).filter(|end| *end <= file.len() as u64);
    let end = end.ok_or_else(|| at(footer, "a column that ends beyond the data"))?;
    let mut read = 0;
    while place < end {
        let (from, to) = (usize::try_from(place).unwrap_or(usize::MAX), usize::try_from(end).unwrap_or(usize::MAX));
        let mut reader = Reader::new(file.get(from..to).unwrap_or_default());
        let header = reader.structure().ok_or_else(|| at(from, "a page header that ends early"))?;
        let compressed = within(header.number(3).unwrap_or(-1), end - place, from, "bytes of a page")?;
        within(header.number(2).unwrap_or(-1), INFLATION * compressed + ALWAYS, from, "uncompressed bytes of a page")?;
        let head = [5, 8].into_iter().find_map(|kind| header.structure(kind));
        if let Some(head) = head {
            read += within(head.number(1).unwrap_or(-1), values, from, "values of a page")?;
        }
        if let Some(head) = header.structure(7) {
            within(head.number(1).unwrap_or(-1), compressed.max(1) * VALUES, from, "values of a dictionary")?;
        }
        place = place.saturating_add(reader.read() as u64).saturating_add(compressed);
    }
    if read == values && place == end {
        return Ok(());
    }
    Err(format!("byte {footer}: a column of {values} values: expected {read}, as its pages hold"))
}

/// A count that is not negative and not above the limit.
fn within(count: i64, limit: u64, place: usize, what: &str) -> Result<u64, String> {
    let found = u64::try_from(count).ok().filter(|count| *count <= limit);
    found.ok_or_else(|| format!("byte {place}: {count} {what}: expected 0 to {limit}, which the file can hold"))
}

fn at(place: usize, found: &str) -> String {
    format!("byte {place}: {found}")
}
