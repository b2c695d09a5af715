//! A spreadsheet as a table of named columns, with the line of each row.

use crate::sheet::encoding::decoded;
use crate::sheet::grid::{self, Grid};
use crate::sheet::typed::{Misfit, decimal, typed};
use crate::sheet::{titles, workbook};
use recording::table::inert::plain;
use recording::table::{Table, TableError};

/// A table with what its text says beside the values.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Name of the format, such as `CSV`.
    pub format: &'static str,
    /// The columns.
    pub table: Table,
    /// What a reader must know: the coding, what was left out.
    pub remarks: Vec<String>,
    /// Line of each row, from 1.
    pub(crate) lines: Vec<usize>,
    /// Cells that make words of a column of numbers.
    pub(crate) misfits: Vec<Misfit>,
}

impl Sheet {
    /// A table that has no lines of its own.
    pub(crate) fn plain(format: &'static str, table: Table) -> Self {
        Self { format, table, remarks: Vec::new(), lines: Vec::new(), misfits: Vec::new() }
    }

    /// Reads a table from bytes: CSV (comma, semicolon, tab; decimal point or comma;
    /// UTF-8, UTF-16 or Latin-1), XLSX or ODS. Captions above the titles, lines of
    /// remarks (`#`), `sep=;` and a row of units below the titles are understood.
    ///
    /// # Errors
    /// [`TableError::Csv`] with the line: a row with more or fewer cells than titles,
    /// decimal signs that contradict each other, bytes that are no text.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        if workbook::is_workbook(bytes) {
            let (format, grid) = workbook::grid(bytes)?;
            return Self::of(format, grid);
        }
        let (text, said) = decoded(bytes)?;
        let mut grid = grid::of_text(&text)?;
        grid.remarks.extend(said);
        Self::of("CSV", grid)
    }

    /// Line of a row, from 1; without lines of its own the title is line 1.
    pub(crate) fn line(&self, row: usize) -> usize {
        self.lines.get(row).copied().unwrap_or(row + 2)
    }

    fn of(format: &'static str, mut grid: Grid) -> Result<Self, TableError> {
        let titles = titles::of(&mut grid)?;
        let mut data = grid.rows.split_off(titles.data.min(grid.rows.len()));
        data.retain(|row| row.filled() > 0);
        let columns = titles.names.len();
        for row in &mut data {
            while row.cells.len() > columns && row.cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                row.cells.pop();
            }
            if row.cells.len() != columns {
                return Err(TableError::Csv { line: row.line, reason: uneven(row.cells.len(), columns, titles.line) });
            }
        }
        let decimal = decimal(&grid, &data, columns)?;
        let (mut table, mut misfits) = (Table::new(), Vec::new());
        for (place, title) in titles.names.iter().enumerate() {
            let cells: Vec<(usize, &str)> = data.iter().map(|row| (row.line, row.cells[place].as_str())).collect();
            // Spreadsheets leave empty columns beside the table.
            if title.is_empty() && cells.iter().all(|(_, cell)| cell.trim().is_empty()) && columns > 1 {
                continue;
            }
            let (column, misfit) = typed(title, &cells, decimal);
            misfits.extend(misfit);
            table.push(plain(title), column).map_err(|fault| match fault {
                TableError::Twice(_) if title.is_empty() => TableError::Csv {
                    line: titles.line,
                    reason: format!("column {} has no title: expected one above each column", place + 1),
                },
                other => other,
            })?;
        }
        let lines = data.iter().map(|row| row.line).collect();
        Ok(Self { format, table, remarks: grid.remarks, lines, misfits })
    }
}

/// The fault of a row with another number of cells than there are titles.
fn uneven(found: usize, expected: usize, titles: usize) -> String {
    let remedy = match found > expected {
        true => "; a comma within a cell needs quotation marks, a decimal comma semicolons or tabs between cells",
        false => "; a missing value is an empty cell",
    };
    let header = if titles == 1 { "the header".to_owned() } else { format!("the header (line {titles})") };
    format!("{found} cells: expected {expected} as in {header}{remedy}")
}
