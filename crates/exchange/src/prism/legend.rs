//! Which slice of which animal is in which cell or column.

use crate::prism::grid::Grid;
use crate::prism::slices::{Group, Slice};

/// A line of the legend. Columns and rows count from 1, rows without the titles;
/// without a row the slice has the whole column.
pub(crate) fn note(legend: &mut Grid, table: &str, column: usize, row: Option<usize>, group: &Group, slice: &Slice) {
    let at = legend.rows();
    let row = row.map(|row| (row + 1).to_string()).unwrap_or_default();
    let cells = [
        table.to_owned(),
        (column + 1).to_string(),
        row,
        group.title.clone(),
        slice.animal.clone(),
        slice.slice.clone(),
    ];
    for (column, cell) in cells.into_iter().enumerate() {
        legend.put(at, column, cell);
    }
}
