//! A table of words.

use serde::Serialize;

/// A table: column titles and rows of cells.
#[derive(Serialize)]
pub struct Table {
    /// Column titles.
    pub head: Vec<String>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table under `head`.
    pub(crate) fn new(head: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { head: head.iter().map(|title| (*title).to_owned()).collect(), rows }
    }
}
