//! What can go wrong while a report is written.

use std::path::PathBuf;

/// Failure to write a report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file of the results folder could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The manifest could not be read, or a file could not be written whole.
    #[error(transparent)]
    Store(#[from] recording::StoreError),
    /// A file of the results folder does not say what it should.
    #[error("{} is not a valid {what}: {fault}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What it should be.
        what: &'static str,
        /// What is wrong with it, and where.
        fault: String,
    },
    /// A file of the results folder was written by another version.
    #[error("{} has format {found}, this program reads format {expected}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// Format number found.
        found: u32,
        /// Format number that can be read.
        expected: u32,
    },
    /// A figure could not be drawn.
    #[error("figure '{figure}' could not be drawn: {fault}")]
    Drawing {
        /// Title of the figure.
        figure: String,
        /// Why.
        fault: String,
    },
    /// A figure could not be turned into PNG or PDF.
    #[error("figure '{figure}' could not be exported: {fault}")]
    Export {
        /// Slug of the figure.
        figure: String,
        /// Why.
        fault: String,
    },
    /// A wish of the reader that this results folder cannot meet.
    #[error("{0}")]
    Asked(String),
    /// The page template failed.
    #[error("the page could not be filled in: {0}")]
    Template(String),
    /// A file of the report could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}
