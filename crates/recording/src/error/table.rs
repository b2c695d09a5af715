//! What can be wrong with the content of a table.

/// A fault in the content of a table.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A column that is not there.
    #[error("no column \"{asked}\"; the columns are {}", present.join(", "))]
    NoColumn {
        /// The name asked for.
        asked: String,
        /// The names of the table.
        present: Vec<String>,
    },
    /// A column with values of another kind.
    #[error("column \"{column}\" holds {found}: expected {expected}")]
    Kind {
        /// The column.
        column: String,
        /// What was asked for.
        expected: &'static str,
        /// What it holds.
        found: String,
    },
    /// A column with a missing value where each row needs one.
    #[error("column \"{column}\" has no value in row {row}")]
    Gap {
        /// The column.
        column: String,
        /// Row, from 1, without the header.
        row: usize,
    },
    /// Two columns of one name.
    #[error("two columns are named \"{0}\"")]
    Twice(String),
    /// Columns of different length.
    #[error("column \"{column}\" has {found} rows: expected {expected}")]
    Length {
        /// The column.
        column: String,
        /// Rows of the columns before it.
        expected: usize,
        /// Its rows.
        found: usize,
    },
    /// A line of a CSV file that does not fit.
    #[error("line {line}: {reason}")]
    Csv {
        /// Line, from 1.
        line: usize,
        /// What is wrong, with what was expected.
        reason: String,
    },
    /// Bytes that are no Parquet file, or not the one that was written.
    #[error("not an intact Parquet file: {0}")]
    Parquet(String),
}
