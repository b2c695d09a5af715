//! Reader of reference tables.

/// A row with the names of its columns.
pub struct Row {
    header: Vec<String>,
    cells: Vec<String>,
    line: usize,
}

impl Row {
    pub fn text(&self, column: &str) -> &str {
        let place = self.header.iter().position(|name| name == column);
        &self.cells[place.unwrap_or_else(|| panic!("no column {column}"))]
    }

    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("line {}: {column}", self.line))
    }

    /// Fails with the line unless `found` is within `tolerance` of the column.
    pub fn close(&self, column: &str, found: f64, tolerance: f64) {
        let expected = self.number(column);
        assert!(!expected.is_nan(), "line {}: {column} has no value to compare with", self.line);
        assert!(
            (found - expected).abs() <= tolerance,
            "line {}, {column}: found {found}, expected {expected} ({:?})",
            self.line,
            self.cells
        );
    }
}

/// Rows of a table with `#` lines before its header.
pub fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let split = |line: &str| -> Vec<String> { line.split(',').map(str::to_owned).collect() };
    let header = split(lines.next().expect("a header").1);
    let rows: Vec<Row> =
        lines.map(|(k, line)| Row { header: header.clone(), cells: split(line), line: k + 1 }).collect();
    assert!(!rows.is_empty(), "an empty table proves nothing");
    rows
}
