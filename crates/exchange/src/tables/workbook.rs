//! Tables as the sheets of a workbook. The bytes depend on the tables only.

use crate::tables::error::TablesError;
use recording::table::{Column, Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// Rows and columns of a sheet, and letters of its name, in Excel.
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 16_384;
const LETTERS: usize = 31;

/// The workbook: `about` first, then a sheet for each table, titles in bold and
/// always in sight. Missing values are empty cells.
pub(super) fn of(about: &Table, tables: &[(String, Table)]) -> Result<Vec<u8>, TablesError> {
    let refused = |error: XlsxError| TablesError::Workbook(error.to_string());
    let mut workbook = Workbook::new();
    // Otherwise the clock would be in the file.
    let date = ExcelDateTime::from_ymd(2000, 1, 1).map_err(refused)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let mut taken = BTreeSet::new();
    let named = tables.iter().map(|(name, table)| (name.as_str(), table));
    for (name, table) in std::iter::once(("about", about)).chain(named) {
        fits(name, table)?;
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(name, &mut taken)).map_err(refused)?;
        fill(sheet, table).map_err(refused)?;
    }
    // The package starts a thread for each sheet, and panics where one is refused.
    recording::caught(|| workbook.save_to_buffer()).map_err(TablesError::Threads)?.map_err(refused)
}

fn fits(name: &str, table: &Table) -> Result<(), TablesError> {
    let columns = table.names().count();
    let large = |found: String, expected: usize| {
        Err(TablesError::Large { table: name.to_owned(), found, expected: expected.to_string() })
    };
    match () {
        () if table.rows() >= ROWS => large(format!("{} rows", table.rows()), ROWS - 1),
        () if columns > COLUMNS => large(format!("{columns} columns"), COLUMNS),
        () => Ok(()),
    }
}

/// A name of 31 letters at most that no other sheet has.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = name.chars().map(|c| if r"[]:*?/\".contains(c) { '-' } else { c }).collect();
    let mut number = 1;
    loop {
        let ending = if number == 1 { String::new() } else { format!("-{number}") };
        let short: String = plain.chars().take(LETTERS - ending.len()).collect::<String>() + &ending;
        if taken.insert(short.to_lowercase()) {
            return short;
        }
        number += 1;
    }
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (place, (title, column)) in (0..).zip(table.columns()) {
        sheet.write_string_with_format(0, place, title, &bold)?;
        cells(sheet, place, column)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn cells(sheet: &mut Worksheet, place: u16, column: &Column) -> Result<(), XlsxError> {
    match column {
        Column::F64(values) => {
            for (row, value) in present(values) {
                // Excel has no infinite numbers.
                if value.is_finite() {
                    sheet.write_number(row, place, *value)?;
                } else {
                    sheet.write_string(row, place, value.to_string())?;
                }
            }
        }
        Column::I64(values) => {
            for (row, value) in present(values) {
                sheet.write_number(row, place, *value as f64)?;
            }
        }
        Column::Text(values) => {
            for (row, value) in present(values) {
                sheet.write_string(row, place, value)?;
            }
        }
        Column::Bool(values) => {
            for (row, value) in present(values) {
                sheet.write_boolean(row, place, *value)?;
            }
        }
    }
    Ok(())
}

/// The values that are there, with the row of the sheet.
fn present<T>(values: &[Option<T>]) -> impl Iterator<Item = (u32, &T)> {
    (1..).zip(values).filter_map(|(row, value)| Some((row, value.as_ref()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_and_differ() {
        let mut taken = BTreeSet::new();
        let long = "figure-a-panel-with-quite-a-long-name";
        assert_eq!(sheet_name(long, &mut taken), "figure-a-panel-with-quite-a-lon");
        assert_eq!(sheet_name(long, &mut taken), "figure-a-panel-with-quite-a-l-2");
        assert_eq!(sheet_name("a/b", &mut taken), "a-b");
    }
}
