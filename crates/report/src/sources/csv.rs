//! Comma-separated source data of the panels.

use recording::table::line;

/// A table that is being written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Csv {
    text: String,
}

impl Csv {
    /// A table with a header.
    pub fn new(header: &[&str]) -> Self {
        Self { text: line::line(header.iter().copied()) }
    }

    /// Adds one row.
    pub fn row(&mut self, cells: &[Cell<'_>]) {
        let cells: Vec<String> = cells.iter().map(Cell::written).collect();
        self.text.push_str(&line::line(cells.iter().map(String::as_str)));
    }

    /// The finished file.
    pub fn finish(self) -> String {
        self.text
    }
}

/// One cell.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// Text, quoted where needed.
    Text(&'a str),
    /// A number in full precision; empty when not finite.
    Number(f64),
    /// A count.
    Count(usize),
}

impl Cell<'_> {
    fn written(&self) -> String {
        match *self {
            Self::Text(text) => text.to_owned(),
            Self::Number(value) => line::number(Some(value).filter(|value| value.is_finite())),
            Self::Count(count) => count.to_string(),
        }
    }
}
