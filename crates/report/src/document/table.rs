//! A table of words and numbers.

/// A table: column titles and rows of cells.
pub(crate) struct Table {
    /// What the table shows; empty if the text around it says so.
    pub(crate) caption: String,
    /// Column titles.
    pub(crate) head: Vec<String>,
    /// Cells.
    pub(crate) rows: Vec<Vec<String>>,
    /// What most cells hold.
    pub(crate) cells: Cells,
    /// What the reader looks for in a row, if rows differ in that.
    pub(crate) marks: Vec<Mark>,
}

/// The verdict on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// As it should be.
    Pass,
    /// Nearly so.
    Near,
    /// Not so.
    Fail,
}

/// What most cells of a table hold; it decides where their lines may break.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cells {
    /// Numbers: only long cells break.
    Numbers,
    /// Words.
    Words,
    /// Words in the answers to a checklist.
    Checklist,
    /// Words; the fourth column holds the verdict on the row.
    Verdicts,
}

impl Table {
    /// A table of numbers without a caption.
    pub(crate) fn new(head: &[&str], rows: Vec<Vec<String>>) -> Self {
        let head = head.iter().map(|title| (*title).to_owned()).collect();
        Self { caption: String::new(), head, rows, cells: Cells::Numbers, marks: Vec::new() }
    }

    /// The same table under a caption.
    pub(crate) fn captioned(self, caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), ..self }
    }

    /// The same table as one of words.
    pub(crate) fn of(self, cells: Cells) -> Self {
        Self { cells, ..self }
    }

    /// The same table with a verdict on each row in its fourth column.
    pub(crate) fn judged(self, marks: Vec<Mark>) -> Self {
        Self { marks, cells: Cells::Verdicts, ..self }
    }

    /// Whether it has no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
