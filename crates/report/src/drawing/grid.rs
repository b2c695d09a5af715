//! Panels of equal size in rows and columns.

use crate::drawing::canvas::Rect;

/// A grid of panels on a sheet; lengths in mm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Width of the sheet.
    pub sheet: f64,
    /// Panels per row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Left of the first column: axis labels and title.
    pub left: f64,
    /// Right of the last column.
    pub right: f64,
    /// Above the first row.
    pub top: f64,
    /// Below the last row: axis labels and title.
    pub bottom: f64,
    /// Between columns.
    pub across: f64,
    /// Between rows.
    pub between: f64,
    /// Height of a panel.
    pub panel: f64,
}

impl Grid {
    /// Height of the sheet.
    pub fn height(&self) -> f64 {
        let rows = self.rows as f64;
        self.top + rows * self.panel + (rows - 1.0) * self.between + self.bottom
    }

    /// Rows that fit on a page of `height` mm; one at least.
    pub fn rows_within(&self, height: f64) -> usize {
        let rows = (height - self.top - self.bottom + self.between) / (self.panel + self.between);
        (rows + 1e-9).floor().max(1.0) as usize
    }

    /// Width of one panel.
    pub fn width(&self) -> f64 {
        let columns = self.columns as f64;
        (self.sheet - self.left - self.right - (columns - 1.0) * self.across) / columns
    }

    /// Panel in `column` and `row`, from 0.
    pub fn cell(&self, column: usize, row: usize) -> Rect {
        Rect {
            x: self.left + column as f64 * (self.width() + self.across),
            y: self.top + row as f64 * (self.panel + self.between),
            width: self.width(),
            height: self.panel,
        }
    }
}
