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

    /// Stretches of columns under one title: the title, and the cells of each column
    /// from the first row to the last.
    pub fn columns(&self) -> Vec<(&str, Vec<Vec<&str>>)> {
        let mut columns: Vec<(&str, Vec<Vec<&str>>)> = Vec::new();
        for (place, title) in self.titles.iter().enumerate() {
            let cells = self.rows.iter().map(|row| row[place].as_str()).collect();
            match columns.last_mut() {
                Some((last, members)) if *last == title => members.push(cells),
                _ => columns.push((title, vec![cells])),
            }
        }
        columns
    }

    /// The rows without the titles, a line of CSV each.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.rows.iter().map(|row| line(row.iter().map(String::as_str)).trim_end().to_owned())
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
        let cells = |columns: &[&'static str]| columns.iter().map(|cell| vec!["", *cell]).collect::<Vec<_>>();
        let known = [("control", cells(&["", ""])), ("ISO 3 µM, \"x\"", cells(&["1.5"]))];
        assert_eq!(grid.columns(), known);
        assert_eq!(grid.to_csv(), "control,control,\"ISO 3 µM, \"\"x\"\"\"\n,,\n,,1.5\n");
    }
}
