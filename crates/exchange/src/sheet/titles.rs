//! Which row holds the titles: captions above it, merged titles, units below it.

use crate::heading::{self, Heading};
use crate::sheet::grid::{Grid, Row, width};
use crate::sheet::numbers::says;
use recording::table::TableError;

/// Rows that may stand above the titles.
const MOST_CAPTIONS: usize = 30;

/// Titles and the first row of data.
pub(crate) struct Titles {
    /// A title for each column.
    pub names: Vec<String>,
    /// Line of the titles.
    pub line: usize,
    /// Place of the first row of data.
    pub data: usize,
}

/// Finds the titles; what is left out is remarked upon.
pub(crate) fn of(grid: &mut Grid) -> Result<Titles, TableError> {
    let rows = &grid.rows;
    let usual = width(rows);
    let at = rows
        .iter()
        .take(MOST_CAPTIONS)
        // Three cells of five at least: a caption stands in the first ones alone.
        .position(|row| {
            usual < 2 || row.cells.len() >= usual.min(2) && 5 * row.filled() >= 3 * usual && row.filled() > 1
        })
        .unwrap_or(0);
    let Some(row) = rows.get(at) else {
        return Err(TableError::Csv { line: 1, reason: "the file is empty: expected a header line".to_owned() });
    };
    let mut names: Vec<String> = row.cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut left_out: Vec<String> = rows[..at].iter().map(caption).collect();
    if let Some(above) = at.checked_sub(1).map(|above| &rows[above])
        && is_merged(above)
    {
        prefix(&mut names, above);
        left_out.pop();
    }
    let mut data = at + 1;
    if let Some(units) = rows.get(data).filter(|row| is_units(row)) {
        for (name, unit) in names.iter_mut().zip(&units.cells) {
            let unit = bare(unit);
            if heading::unit(unit).is_some() && Heading::of(name).unit.is_none() && !name.is_empty() {
                name.push_str(&format!(" ({unit})"));
            }
        }
        data += 1;
    }
    let line = row.line;
    left_out.retain(|caption| !caption.is_empty());
    if !left_out.is_empty() {
        grid.remarks.push(format!("above the titles: {}", left_out.join("; ")));
    }
    Ok(Titles { names, line, data })
}

fn caption(row: &Row) -> String {
    let filled: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    filled.join(" ")
}

/// Whether a row holds titles over several columns each: words with gaps between them.
fn is_merged(row: &Row) -> bool {
    let filled: Vec<usize> = (0..row.cells.len()).filter(|place| !row.cells[*place].trim().is_empty()).collect();
    filled.windows(2).any(|pair| pair[1] - pair[0] > 1) && row.cells.iter().all(|cell| says(cell).is_none())
}

/// Puts the title above before each title, but for those of times.
fn prefix(names: &mut [String], above: &Row) {
    let mut over = "";
    for (name, cell) in names.iter_mut().zip(&above.cells) {
        over = if cell.trim().is_empty() { over } else { cell.trim() };
        if !over.is_empty() && !Heading::of(name).is_time() {
            *name = format!("{over} {name}").trim().to_owned();
        }
    }
}

/// A unit without its brackets.
fn bare(cell: &str) -> &str {
    cell.trim().trim_matches(['(', ')', '[', ']']).trim()
}

/// Whether every cell of a row is a unit.
fn is_units(row: &Row) -> bool {
    let neutral = ["", "-", "a.u.", "norm.", "n/a", "1"];
    let known = row.cells.iter().filter(|cell| heading::unit(bare(cell)).is_some()).count();
    known > 0 && row.cells.iter().all(|cell| heading::unit(bare(cell)).is_some() || neutral.contains(&bare(cell)))
}
