//! What a report is asked for, and what was written.

use results::plan::{FigureFormat, JournalStyle};
use std::path::PathBuf;

/// How to write a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderOptions {
    /// Journal style instead of the planned one.
    pub style: Option<JournalStyle>,
    /// Figure formats instead of the planned ones.
    pub formats: Option<Vec<FigureFormat>>,
    /// Another results folder that is drawn beside this one, labelled.
    pub beside: Option<PathBuf>,
    /// Threads for rasterising; 0 for two. The files do not depend on it.
    pub threads: usize,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportSummary {
    /// The page.
    pub html: PathBuf,
    /// The same as Markdown.
    pub markdown: PathBuf,
    /// Figure files and their source data, sorted.
    pub figures: Vec<PathBuf>,
    /// The answer in one paragraph, as on the page.
    pub answer: String,
    /// Warnings of the findings, as on the page.
    pub warnings: Vec<String>,
}
