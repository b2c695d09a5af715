//! The report of whole-cell recordings: figures and page from `manifest.toml`,
//! `patch.toml` and `findings.json` of a results folder.

use crate::patch::figures;
use crate::patch::page;
use results::{Entry, Manifest, WholeCellRig};

use crate::drawing::{Fonts, Style};
use crate::error::ReportError;
use crate::files as output;
use crate::{RenderOptions, ReportSummary};
use analysis::patch::PatchFindings;
use recording::atomic;
use std::path::Path;

/// What the report is drawn from.
pub(crate) struct PatchSources {
    pub(crate) manifest: Manifest,
    pub(crate) rig: WholeCellRig,
    pub(crate) findings: PatchFindings,
}

impl PatchSources {
    fn read(folder: &Path) -> Result<Self, ReportError> {
        let manifest = Manifest::read(&Entry::Manifest.within(folder))?;
        let rig = WholeCellRig::read(folder)?;
        let path = Entry::Findings.within(folder);
        let text =
            std::fs::read_to_string(&path).map_err(|source| ReportError::Unreadable { path: path.clone(), source })?;
        let findings = serde_json::from_str(&text).map_err(|fault| ReportError::Invalid {
            path,
            what: "file of findings of whole-cell recordings",
            fault: fault.to_string(),
        })?;
        Ok(Self { manifest, rig, findings })
    }
}

/// Writes figures, their data, `report.html` and `report.md` into a folder of
/// whole-cell recordings that have been analysed.
///
/// # Errors
/// [`ReportError`] if a file cannot be read or written.
pub fn write_patch(folder: &Path, options: &RenderOptions) -> Result<ReportSummary, ReportError> {
    let sources = PatchSources::read(folder)?;
    let style = Style::of(options.style.unwrap_or(sources.manifest.report.style));
    let formats = options.formats.clone().unwrap_or_else(|| sources.manifest.report.formats.clone());
    let fonts = Fonts::embedded();
    let drawn = figures::all(&sources, &style, &fonts)?;
    let page = page::contents(&sources, &drawn, &formats);
    let (html, markdown) = (page::html(&page)?, page::markdown(&page)?);
    let figures = output::figures(folder, &drawn, &formats, &fonts, options.threads)?;
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
