//! What the report of whole-cell recordings is drawn from.

use crate::error::ReportError;
use analysis::patch::PatchFindings;
use recording::input;
use results::{Entry, Manifest, Results, WholeCellRig};
use std::path::Path;

/// What the report is drawn from.
pub(crate) struct PatchSources {
    /// The plan and its evidence.
    pub(crate) manifest: Manifest,
    /// The rig.
    pub(crate) rig: WholeCellRig,
    /// The numbers.
    pub(crate) findings: PatchFindings,
}

impl PatchSources {
    /// Reads the three files of `folder`.
    pub(crate) fn read(folder: &Path) -> Result<Self, ReportError> {
        let manifest = Results::open(folder)?.manifest;
        let rig = WholeCellRig::read(folder)?;
        let path = Entry::Findings.within(folder);
        let text = input::read_text(&path, input::LARGEST)
            .map_err(|source| ReportError::Unreadable { path: path.clone(), source })?;
        let findings = serde_json::from_str(&text).map_err(|fault| ReportError::Invalid {
            path,
            what: "file of findings of whole-cell recordings",
            fault: fault.to_string(),
        })?;
        Ok(Self { manifest, rig, findings })
    }
}
