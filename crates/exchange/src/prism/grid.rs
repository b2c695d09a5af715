//! A sheet of cells under titles that may repeat, which tables with named
//! columns do not allow.

use recording::table::line::line;

/// Titles and rows of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Grid {
    titles: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// An empty sheet.
    pub fn titled<'a>(titles: impl IntoIterator<Item = &'a str>) -> Self {
        Self { titles: titles.into_iter().map(str::to_owned).collect(), rows: Vec::new() }
    }

    /// Number of rows below the titles.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Fills a cell below a title; rows in between stay empty.
    pub fn put(&mut self, row: usize, column: usize, cell: String) {
        if self.rows.len() <= row {
            self.rows.resize(row + 1, vec![String::new(); self.titles.len()]);
        }
        if let Some(place) = self.rows[row].get_mut(column) {
            *place = cell;
        }
    }

    /// The sheet as CSV: comma, quotation marks where needed, line feed.
    pub fn to_csv(&self) -> String {
        let rows = std::iter::once(&self.titles).chain(&self.rows);
        rows.map(|row| line(row.iter().map(String::as_str))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_repeat_and_commas_are_quoted() {
        let mut grid = Grid::titled(["control", "control", "ISO 3 µM, \"x\""]);
        grid.put(1, 2, String::from("1.5"));
        assert_eq!(grid.to_csv(), "control,control,\"ISO 3 µM, \"\"x\"\"\"\n,,\n,,1.5\n");
    }
}
