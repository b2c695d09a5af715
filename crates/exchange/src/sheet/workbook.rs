//! XLSX and ODS workbooks: the cells of the first sheet that holds any.

use crate::date::spelt;
use crate::sheet::grid::{Grid, Row};
use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use recording::table::TableError;
use std::io::Cursor;

/// Largest workbook that is read, bytes: it is inflated in memory.
const LARGEST: usize = 64 << 20;
/// Most cells of a sheet, empty ones within its frame included.
const MOST_CELLS: u64 = 20_000_000;
/// Largest workbook when inflated, bytes.
const MOST_INFLATED: u64 = 512 << 20;
/// Days from the first day of Excel's count to 1970-01-01.
const EPOCH_DAYS: i64 = 25_569;

/// Whether the bytes are a zip archive that holds a spreadsheet.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    bytes.starts_with(b"PK\x03\x04")
        && (holds(b"xl/") || holds(b"[Content_Types].xml") || holds(b"application/vnd.oasis.opendocument.spreadsheet"))
}

/// The format and the cells.
pub(crate) fn grid(bytes: &[u8]) -> Result<(&'static str, Grid), TableError> {
    if bytes.len() > LARGEST {
        return Err(fault(format!("a workbook of {} bytes: {LARGEST} at most are read; save it as CSV", bytes.len())));
    }
    let inflated = stated_size(bytes);
    if inflated > MOST_INFLATED {
        return Err(fault(format!("a workbook of {inflated} bytes when inflated: {MOST_INFLATED} at most are read")));
    }
    let ods =
        bytes.windows(50).take(4096).any(|part| part.starts_with(b"application/vnd.oasis.opendocument.spreadsheet"));
    // The package that reads workbooks was made for whole ones.
    let read = std::panic::catch_unwind(|| if ods { open_document(bytes) } else { office(bytes) });
    let read = read.unwrap_or_else(|_| Err(fault("not an intact workbook: save it anew, or as CSV".to_owned())));
    Ok((if ods { "ODS" } else { "XLSX" }, read?))
}

/// Bytes of all parts when inflated, by the directory of the archive.
fn stated_size(bytes: &[u8]) -> u64 {
    let entry = |at: usize| bytes.get(at + 24..at + 28)?.first_chunk().map(|size| u64::from(u32::from_le_bytes(*size)));
    let entries = bytes.windows(4).enumerate().filter(|(_, mark)| *mark == b"PK\x01\x02");
    entries.filter_map(|(at, _)| entry(at)).sum()
}

fn fault(reason: String) -> TableError {
    TableError::Csv { line: 1, reason }
}

fn broken(error: &impl std::fmt::Display) -> TableError {
    fault(format!("not an intact workbook ({error}): save it anew, or as CSV"))
}

fn office(bytes: &[u8]) -> Result<Grid, TableError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    for name in &names {
        let mut reader = match book.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            // A sheet of charts has no cells.
            Err(_) => continue,
        };
        let mut cells: Vec<(u32, u32, String)> = Vec::new();
        loop {
            match reader.next_cell() {
                Ok(Some(cell)) => {
                    let (row, column) = cell.get_position();
                    let text = shown(&Data::from(cell.get_value().clone()));
                    if !text.is_empty() && !matches!(cell.get_value(), DataRef::Empty) {
                        cells.push((row, column, text));
                    }
                }
                Ok(None) => break,
                Err(error) => return Err(broken(&error)),
            }
        }
        if let Some(rows) = rows(cells)? {
            let remarks = vec![format!("the sheet \"{name}\" is read")];
            return Ok(Grid { rows, separator: None, remarks: one_of(names.len(), remarks) });
        }
    }
    Err(fault("no sheet with cells: expected a table".to_owned()))
}

fn open_document(bytes: &[u8]) -> Result<Grid, TableError> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    for name in &names {
        let range = book.worksheet_range(name).map_err(|error| broken(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = Vec::new();
        for (row, column, value) in range.used_cells() {
            let at = |place: usize, first: u32| u32::try_from(place).unwrap_or(u32::MAX).saturating_add(first);
            cells.push((at(row, top), at(column, left), shown(value)));
        }
        if let Some(rows) = rows(cells)? {
            let remarks = vec![format!("the sheet \"{name}\" is read")];
            return Ok(Grid { rows, separator: None, remarks: one_of(names.len(), remarks) });
        }
    }
    Err(fault("no sheet with cells: expected a table".to_owned()))
}

/// Which sheet was read matters only where there are several.
fn one_of(sheets: usize, remarks: Vec<String>) -> Vec<String> {
    if sheets > 1 { remarks } else { Vec::new() }
}

/// Cells to rows of equal width; `None` without any.
fn rows(cells: Vec<(u32, u32, String)>) -> Result<Option<Vec<Row>>, TableError> {
    let (Some(top), Some(bottom)) = (cells.iter().map(|cell| cell.0).min(), cells.iter().map(|cell| cell.0).max())
    else {
        return Ok(None);
    };
    let left = cells.iter().map(|cell| cell.1).min().unwrap_or(0);
    let right = cells.iter().map(|cell| cell.1).max().unwrap_or(0);
    let (height, width) = (u64::from(bottom - top) + 1, u64::from(right - left) + 1);
    if height * width > MOST_CELLS {
        let reason = format!("a sheet of {height} rows and {width} columns: {MOST_CELLS} cells at most are read");
        return Err(fault(reason));
    }
    let mut rows: Vec<Row> = (0..height)
        .map(|row| Row { line: (u64::from(top) + row + 1) as usize, cells: vec![String::new(); width as usize] })
        .collect();
    for (row, column, text) in cells {
        rows[(row - top) as usize].cells[(column - left) as usize] = text;
    }
    rows.retain(|row| row.filled() > 0);
    Ok(Some(rows))
}

/// A cell as a text table would have it: the shortest digits that read back, dates by
/// ISO 8601, durations as hh:mm:ss.
fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => moment_text(moment),
        Data::Error(error) => error.to_string(),
    }
}

/// A moment or a duration of Excel, to the millisecond.
fn moment_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    let ms = (days * 86_400_000.0).round();
    if !ms.is_finite() || ms.abs() > 1e15 {
        return days.to_string();
    }
    let ms = ms as i64;
    let (day, within) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    if moment.is_duration() || day == 0 {
        let clock = ms.max(0);
        let (seconds, rest) = (clock / 1000, clock % 1000);
        let fraction = if rest == 0 { String::new() } else { format!(".{rest:03}") };
        return format!("{:02}:{:02}:{:02}{fraction}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let date = i32::try_from(day - EPOCH_DAYS).ok().and_then(chrono::NaiveDate::from_epoch_days);
    match date {
        Some(date) if within == 0 => date.to_string(),
        Some(date) => {
            use chrono::Datelike;
            spelt(date.year(), date.month(), date.day(), within).unwrap_or_else(|| days.to_string())
        }
        None => days.to_string(),
    }
}
