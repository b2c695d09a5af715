//! The report of whole-cell recordings: figures and page from `manifest.toml`,
//! `patch.toml` and `findings.json` of a results folder.

use crate::document::html::html;
use crate::document::markdown::markdown;
use crate::drawing::{Fonts, Style};
use crate::error::ReportError;
use crate::files;
use crate::options::{FigureOptions, RenderOptions, ReportSummary, Watch};
use crate::patch::sources::PatchSources;
use crate::patch::{figures, page};
use recording::atomic;
use results::Entry;
use std::path::Path;

/// Writes figures, their data, `report.html` and `report.md` into a folder of
/// whole-cell recordings that have been analysed; `watch` hears how far it is.
///
/// # Errors
/// [`ReportError`] if a file cannot be read or written, or a look was asked for that these
/// figures do not have.
pub fn write_patch(folder: &Path, options: &RenderOptions, watch: &Watch<'_>) -> Result<ReportSummary, ReportError> {
    if options.figures != FigureOptions::default() {
        let accepted = "of the looks of figures, whole-cell recordings take `--style` only";
        return Err(ReportError::Asked(accepted.to_owned()));
    }
    let sources = PatchSources::read(folder)?;
    let style = Style::of(options.style.unwrap_or(sources.manifest.report.style));
    let formats = options.formats.clone().unwrap_or_else(|| sources.manifest.report.formats.clone());
    let fonts = Fonts::embedded();
    let drawn = figures::all(&sources, &style, &fonts)?;
    let page = page::document(&sources, &drawn, &formats);
    let (html, markdown) = (html(&page)?, markdown(&page));
    let figures = files::figures(folder, &drawn, &formats, &fonts, options.threads, watch)?;
    let summary = ReportSummary {
        html: Entry::Report.within(folder),
        markdown: Entry::ReportMarkdown.within(folder),
        figures,
        answer: page::answer(&sources),
        warnings: sources.findings.warnings.clone(),
    };
    atomic::write(&summary.html, html.as_bytes())?;
    atomic::write(&summary.markdown, markdown.as_bytes())?;
    Ok(summary)
}
