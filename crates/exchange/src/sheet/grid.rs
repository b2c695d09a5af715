//! Cells of a text table before their kinds are known: separator, remarks and rows.

use recording::table::{TableError, records};

/// A row of cells with the line, or row of the sheet, where it stands.
pub(crate) struct Row {
    /// Line, from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Row {
    /// Cells that hold something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }
}

/// All cells of a table.
pub(crate) struct Grid {
    /// The rows.
    pub rows: Vec<Row>,
    /// What stands between cells; `None` for a workbook, which has none.
    pub separator: Option<char>,
    /// What a reader must know.
    pub remarks: Vec<String>,
}

/// Separators in the order in which they are believed where they fit equally well.
const SEPARATORS: [char; 3] = ['\t', ';', ','];
/// Lines that are looked at for the separator.
const LOOKED_AT: usize = 200;
/// What a line of remarks begins with.
const REMARKS: [char; 2] = ['#', '%'];

/// The cells of a text.
pub(crate) fn of_text(text: &str) -> Result<Grid, TableError> {
    let (stated, text, skipped) = stated_separator(text);
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let is_remark = |line: &&str| line.starts_with(REMARKS);
    let leading: Vec<&str> = lines().take_while(is_remark).collect();
    let separator = stated.unwrap_or_else(|| separator(text));
    let mut rows: Vec<Row> = records(text, separator)
        .map_err(|fault| shifted(fault, skipped))?
        .into_iter()
        .map(|(line, cells)| Row { line: line + skipped, cells })
        .collect();
    let mut remarks = Vec::new();
    let width = width(&rows);
    // Programs for numbers write the titles as the last line of remarks.
    let titled = leading.len().checked_sub(1).filter(|last| {
        let next = rows.get(last + 1).map(|row| row.cells.iter().all(|cell| cell.trim().parse::<f64>().is_ok()));
        rows.get(*last).is_some_and(|row| row.cells.len() == width) && next == Some(true)
    });
    if let Some(row) = titled.and_then(|last| rows.get_mut(last)) {
        let first = row.cells[0].trim_start_matches(REMARKS).trim().to_owned();
        if !first.is_empty() {
            row.cells[0] = first;
        }
    }
    let before = rows.len();
    let mut place = 0;
    rows.retain(|row| {
        let titles = titled == Some(place);
        place += 1;
        let marked = row.cells.first().is_some_and(|cell| {
            let rest = cell.trim_start();
            // "#N/A" and a title "#" are cells.
            rest.starts_with(REMARKS) && !rest.starts_with("#N") && rest.len() > 1
        });
        titles || !marked || (row.cells.len() == width && row.filled() > 1 && width > 1)
    });
    if rows.len() < before {
        remarks.push(format!("{} lines of remarks are left out", before - rows.len()));
    }
    Ok(Grid { rows, separator: Some(separator), remarks })
}

/// The fault with lines that were taken off before it counted in again.
fn shifted(fault: TableError, by: usize) -> TableError {
    match fault {
        TableError::Csv { line, reason } => TableError::Csv { line: line + by, reason },
        other => other,
    }
}

/// The separator that spreadsheets state in a first line `sep=;`, the text after it, and
/// how many lines were taken off.
fn stated_separator(text: &str) -> (Option<char>, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let stated = first.trim_end_matches('\r').trim_matches('"');
    match stated.strip_prefix("sep=").or_else(|| stated.strip_prefix("SEP=")) {
        Some(sign) if sign.chars().count() == 1 => (sign.chars().next(), rest, 1),
        _ => (None, text, 0),
    }
}

/// The separator that gives most lines one number of cells.
fn separator(text: &str) -> char {
    let mut head = text.split_inclusive('\n').take(LOOKED_AT).map(str::len).sum::<usize>();
    head = head.min(text.len());
    let fit = |separator: char| -> Option<usize> {
        let rows = records(&text[..head], separator).or_else(|_| records(text, separator)).ok()?;
        let rows: Vec<Row> = rows.into_iter().map(|(line, cells)| Row { line, cells }).collect();
        let usual = width(&rows);
        (usual > 1).then(|| rows.iter().filter(|row| row.cells.len() == usual).count())
    };
    let fits: Vec<(char, usize)> = SEPARATORS.into_iter().filter_map(|sign| Some((sign, fit(sign)?))).collect();
    let most = fits.iter().map(|(_, lines)| *lines).max();
    fits.iter().find(|(_, lines)| Some(*lines) == most).map_or(',', |(sign, _)| *sign)
}

/// The number of cells that most of the first rows have; of two, the larger.
pub(crate) fn width(rows: &[Row]) -> usize {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for row in rows.iter().take(LOOKED_AT) {
        match counts.iter_mut().find(|(width, _)| *width == row.cells.len()) {
            Some((_, count)) => *count += 1,
            None => counts.push((row.cells.len(), 1)),
        }
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(0, |(width, _)| width)
}
