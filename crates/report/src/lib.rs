//! Figures and the page, drawn from findings.
//!
//! [`write()`] reads what a run and its analysis left in the results folder and
//! writes figures, their source data, `report.html` and `report.md`. It
//! formats; every number that it prints stands in `findings.json` or
//! `manifest.toml`.

use crate::files as output;
use crate::sections::page;
use results::Entry;
mod document;
pub mod drawing;
pub mod error;
mod figures;
mod files;
mod numbers;
mod patch;
pub mod pictures;
mod sections;
pub mod sources;

pub use crate::patch::write::write_patch;
pub use crate::pictures::curves::{CurveFigure, CurveSeries, draw_curves};
pub use crate::pictures::scoreboard::{ScoreGroup, ScoreLine, scoreboard_page};
pub use crate::sources::folder::Sources;
pub use error::ReportError;

use crate::sources::folder::Beside;
use drawing::{Fonts, Style};
use figures::Scene;
use results::plan::{FigureFormat, JournalStyle};
use std::path::{Path, PathBuf};

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

/// Writes figures, `report.html` and `report.md` into the results folder
/// `folder`, which must hold `manifest.toml` and `findings.json`.
///
/// Figures of an earlier report in the same folder are replaced; those that no
/// longer exist are removed, so that the folder never mixes two reports.
pub fn write(folder: &Path, options: &RenderOptions) -> Result<ReportSummary, ReportError> {
    let mut sources = Sources::read(folder)?;
    sources.beside = options.beside.as_deref().map(Beside::read).transpose()?;
    let style = Style::of(options.style.unwrap_or(sources.manifest.report.style));
    let formats = options.formats.clone().unwrap_or_else(|| sources.manifest.report.formats.clone());
    let fonts = Fonts::embedded();
    let scene = Scene::new(&sources, style, &fonts);
    let drawn = figures::all::all(&scene)?;
    let page = page::Page::new(&scene, &drawn, &formats);
    let (html, markdown) = (page.html()?, page.markdown()?);
    let figures = output::figures(folder, &drawn, &formats, &fonts, options.threads)?;
    let summary = ReportSummary {
        html: Entry::Report.within(folder),
        markdown: Entry::ReportMarkdown.within(folder),
        figures,
        answer: page.answer().to_owned(),
        warnings: sources.findings.warnings.clone(),
    };
    recording::atomic::write(&summary.html, html.as_bytes())?;
    recording::atomic::write(&summary.markdown, markdown.as_bytes())?;
    Ok(summary)
}

pub use pictures::growth;
pub use sources::csv;
