//! Tables as CSV (RFC 4180, with the separators of European spreadsheets).

use super::parquet;
use crate::error::table::TableError;
use crate::table::inert::{inert, plain};
use crate::table::records::{Records, fault};
use crate::table::table::{Column, Table};
use polars_io::SerWriter;
use polars_io::prelude::CsvWriter;

pub(super) fn write(table: &Table) -> Result<Vec<u8>, TableError> {
    let cell =
        |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty()).map(|text| inert(text).into_owned());
    let mut blank = Table::new();
    for (name, column) in table.columns() {
        let name = &*inert(name);
        match column {
            Column::Text(texts) => {
                blank.push(name, Column::Text(texts.iter().map(cell).collect()))?;
            }
            other => blank.push(name, other.clone())?,
        }
    }
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes)
        .n_threads(1)
        .finish(&mut parquet::data_frame(&blank)?)
        .map_err(|error| TableError::Csv { line: 1, reason: error.to_string() })?;
    Ok(bytes)
}

pub(super) fn read(bytes: &[u8]) -> Result<Table, TableError> {
    let text = decoded(bytes)?;
    let separator = separator(text);
    let mut records = Records::of(text, separator);
    let Some((_, header)) = records.next().transpose()? else {
        return Err(fault(1, "the file is empty: expected a header line"));
    };
    let mut cells: Vec<Vec<String>> = vec![Vec::new(); header.len()];
    for record in records {
        let (line, record) = record?;
        if record.len() != header.len() {
            let (found, expected) = (record.len(), header.len());
            return Err(fault(line, format!("{found} cells: expected {expected} as in the header")));
        }
        for (column, cell) in cells.iter_mut().zip(record) {
            column.push(cell);
        }
    }
    let mut table = Table::new();
    for (name, column) in header.iter().zip(cells) {
        table.push(plain(name.trim()), typed(column, separator == ';'))?;
    }
    Ok(table)
}

/// The text without a byte order mark.
fn decoded(bytes: &[u8]) -> Result<&str, TableError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
        fault(line, "not UTF-8 text: save the file as CSV UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn separator(text: &str) -> char {
    let header = text.lines().next().unwrap_or_default();
    [',', ';', '\t'].into_iter().find(|&separator| header.contains(separator)).unwrap_or(',')
}

/// The narrowest kind that fits every cell.
fn typed(cells: Vec<String>, decimal_comma: bool) -> Column {
    let number = |cell: &str| {
        let plain = if decimal_comma { cell.replacen(',', ".", 1) } else { cell.to_owned() };
        plain.parse::<f64>().ok()
    };
    let truth = |cell: &str| match cell {
        "true" | "TRUE" | "True" => Some(true),
        "false" | "FALSE" | "False" => Some(false),
        _ => None,
    };
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Column::Text(vec![None; cells.len()]);
    }
    if let Some(values) = all(&cells, true, |cell| cell.parse().ok()) {
        return Column::I64(values);
    }
    if let Some(values) = all(&cells, true, number) {
        return Column::F64(values);
    }
    if let Some(values) = all(&cells, false, truth) {
        return Column::Bool(values);
    }
    Column::Text(cells.into_iter().map(|cell| (!cell.is_empty()).then(|| plain(&cell).to_owned())).collect())
}

/// Every cell through `read`, missing ones aside; `None` if one does not fit.
fn all<T>(cells: &[String], marks: bool, read: impl Fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
    let missing = |cell: &str| cell.is_empty() || marks && ["NA", "NaN", "nan", "#N/A"].contains(&cell);
    let value = |cell: &String| match cell.trim() {
        cell if missing(cell) => Some(None),
        cell => read(cell).map(Some),
    };
    cells.iter().map(value).collect()
}
