//! Columns of cells to columns of numbers, words or truth values.

use crate::error::exchange::ExchangeError;
use crate::sheet::grid::{Grid, Row};
use crate::sheet::numbers::{Decimal, Says, is_missing, says, value};
use recording::table::{Column, TableError, inert};
use std::path::Path;

/// A cell that is no number in a column of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Title of the column.
    pub title: String,
    /// Line of the cell.
    pub line: usize,
    /// What is there.
    pub cell: String,
}

impl Misfit {
    /// The fault of a table that needs a number there.
    pub fn fault(&self, path: &Path) -> ExchangeError {
        let found = format!("column \"{}\" has \"{}\"", self.title, self.cell);
        let expected = "a number, or an empty cell or NA for a missing value";
        ExchangeError::line(path, self.line, found, expected)
    }
}

/// Of this many cells with a number three quarters make a column of numbers, though
/// others are none.
const NUMBERS: usize = 4;

/// Whether most cells are numbers, and whether all are.
fn numbers(cells: &[&str]) -> (bool, bool) {
    let filled = cells.iter().filter(|cell| !is_missing(cell)).count();
    let good = cells.iter().filter(|cell| says(cell).is_some()).count();
    (good >= NUMBERS && 4 * good >= 3 * filled, good == filled && good > 0)
}

/// The decimal sign of a table: one for all its columns of numbers.
pub(crate) fn decimal(grid: &Grid, data: &[Row], columns: usize) -> Result<Decimal, TableError> {
    let mut sure: [Option<(usize, String)>; 2] = [None, None];
    let mut either: [Option<(usize, String)>; 2] = [None, None];
    let place = |decimal: Decimal| usize::from(decimal == Decimal::Comma);
    for column in 0..columns {
        let cells: Vec<&str> = data.iter().filter_map(|row| row.cells.get(column)).map(String::as_str).collect();
        let (most, all) = numbers(&cells);
        if !(most || all) {
            continue;
        }
        for row in data {
            let Some(cell) = row.cells.get(column) else { continue };
            let found = match says(cell) {
                Some(Says::This(decimal)) => &mut sure[place(decimal)],
                Some(Says::Either(decimal)) => &mut either[place(decimal)],
                _ => continue,
            };
            found.get_or_insert_with(|| (row.line, cell.trim().to_owned()));
        }
    }
    match (&sure, &either[1]) {
        ([Some((first, point)), Some((second, comma))], _) => match either.iter().flatten().next() {
            Some((line, cell)) => Err(TableError::Csv {
                line: *line,
                reason: format!(
                    "\"{cell}\" may have decimals or be a number of thousands, since \"{point}\" in line {first} has a \
                     decimal point and \"{comma}\" in line {second} a decimal comma: expected one of them in all cells"
                ),
            }),
            None => Ok(Decimal::Own),
        },
        ([None, Some(_)], _) => Ok(Decimal::Comma),
        ([Some(_), None], _) => Ok(Decimal::Point),
        ([None, None], Some((line, cell))) => match grid.separator {
            Some(';') => Ok(Decimal::Comma),
            Some('\t') => Err(TableError::Csv {
                line: *line,
                reason: format!(
                    "\"{cell}\" may have a decimal comma or be a number of thousands: expected one cell that tells, or \
                     a decimal point"
                ),
            }),
            _ => Ok(Decimal::Point),
        },
        ([None, None], None) => Ok(Decimal::Point),
    }
}

/// The narrowest kind that fits every cell, and the first cell that spoils numbers.
pub(crate) fn typed(title: &str, cells: &[(usize, &str)], decimal: Decimal) -> (Column, Option<Misfit>) {
    let plain: Vec<&str> = cells.iter().map(|(_, cell)| *cell).collect();
    if plain.iter().all(|cell| cell.trim().is_empty()) {
        return (Column::Text(vec![None; cells.len()]), None);
    }
    let whole = |cell: &str| {
        let number = matches!(says(cell), Some(Says::Nothing)).then(|| cell.trim().trim_start_matches('+'))?;
        number.parse::<i64>().ok()
    };
    if let Some(values) = all(&plain, whole) {
        return (Column::I64(values), None);
    }
    if let Some(values) = all(&plain, |cell| value(cell, decimal)) {
        return (Column::F64(values), None);
    }
    let truth = |cell: &str| match cell.trim() {
        "" => Some(None),
        "true" | "TRUE" | "True" => Some(Some(true)),
        "false" | "FALSE" | "False" => Some(Some(false)),
        _ => None,
    };
    if let Some(values) = plain.iter().map(|cell| truth(cell)).collect() {
        return (Column::Bool(values), None);
    }
    let (most, _) = numbers(&plain);
    let spoils = |(_, cell): &&(usize, &str)| !is_missing(cell) && value(cell, decimal).is_none();
    let misfit = cells.iter().find(spoils).filter(|_| most);
    let misfit =
        misfit.map(|(line, cell)| Misfit { title: title.to_owned(), line: *line, cell: cell.trim().to_owned() });
    let words = plain.into_iter().map(|cell| (!cell.is_empty()).then(|| inert::plain(cell).to_owned())).collect();
    (Column::Text(words), misfit)
}

/// Every cell through `read`, missing ones aside; `None` if one does not fit.
fn all<T>(cells: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
    let value = |cell: &&str| if is_missing(cell) { Some(None) } else { read(cell).map(Some) };
    let values: Vec<Option<T>> = cells.iter().map(value).collect::<Option<_>>()?;
    values.iter().any(Option::is_some).then_some(values)
}
