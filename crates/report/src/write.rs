//! The report of field recordings: figures and page of a results folder.

use crate::asked;
use crate::document::html::html;
use crate::document::markdown::markdown;
use crate::drawing::{Fonts, Style};
use crate::error::ReportError;
use crate::figures::all;
use crate::figures::scene::Scene;
use crate::files;
use crate::options::{RenderOptions, ReportSummary, Watch};
use crate::sections::answer::answer;
use crate::sections::page;
use crate::sources::beside::Beside;
use crate::sources::folder::Sources;
use recording::atomic;
use results::Entry;
use std::path::Path;

/// Writes figures, `report.html` and `report.md` into the results folder
/// `folder`, which must hold `manifest.toml` and `findings.json`.
///
/// Figures of an earlier report in the same folder are replaced; those that no
/// longer exist are removed, so that the folder never mixes two reports.
pub fn write(folder: &Path, options: &RenderOptions) -> Result<ReportSummary, ReportError> {
    write_watched(folder, options, &|_| {})
}

/// [`write()`] that tells how far it is.
///
/// # Errors
/// As [`write()`].
pub fn write_watched(folder: &Path, options: &RenderOptions, watch: &Watch<'_>) -> Result<ReportSummary, ReportError> {
    let mut sources = Sources::read(folder)?;
    sources.beside = options.beside.as_deref().map(Beside::read).transpose()?;
    let style = Style::of(options.style.unwrap_or(sources.manifest.report.style));
    let formats = options.formats.clone().unwrap_or_else(|| sources.manifest.report.formats.clone());
    asked::arrange(&mut sources, &options.figures)?;
    let fonts = Fonts::embedded();
    let scene = Scene::new(&sources, style, &fonts, &options.figures);
    let drawn = all::all(&scene)?;
    let page = page::document(&scene, &drawn, &formats);
    let (html, markdown) = (html(&page)?, markdown(&page));
    let figures = files::figures(folder, &drawn, &formats, &fonts, options.threads, watch)?;
    let summary = ReportSummary {
        html: Entry::Report.within(folder),
        markdown: Entry::ReportMarkdown.within(folder),
        figures,
        answer: answer::paragraph(&scene),
        warnings: sources.findings.warnings.clone(),
    };
    atomic::write(&summary.html, html.as_bytes())?;
    atomic::write(&summary.markdown, markdown.as_bytes())?;
    Ok(summary)
}
