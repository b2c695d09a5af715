//! Reading what the earlier steps left in the results folder.

use crate::error::ReportError;
use crate::sources::beside::Beside;
use analysis::Findings;
use analysis::conclude::FORMAT;
use recording::digest::sha256_hex;
use recording::input;
use results::beside::fit::Fit;
use results::beside::mechanism::{self, MechanismRow};
use results::beside::prediction::Prediction;
use results::beside::sensitivity::Sensitivity;
use results::{Entry, Manifest};
use serde::de::DeserializeOwned;
use std::path::Path;

/// Everything that a report is written from.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The plan and its evidence.
    pub manifest: Manifest,
    /// The numbers.
    pub findings: Findings,
    /// Model internals; empty when there is no such file.
    pub mechanism: Vec<MechanismRow>,
    /// A sensitivity analysis of the experiment, if one was made.
    pub sensitivity: Option<Sensitivity>,
    /// What the model predicts over draws from what is not known, if that was asked for.
    pub prediction: Option<Prediction>,
    /// The fit to a recorded study that this experiment repeats, if it does.
    pub fit: Option<Fit>,
    /// Another results folder beside this one.
    pub beside: Option<Beside>,
    /// SHA-256 of `manifest.toml` and of `findings.json`, hexadecimal.
    pub hashes: [String; 2],
}

impl Sources {
    /// Reads `manifest.toml`, `findings.json` and, if present, `mechanism.csv`,
    /// `sensitivity.json`, `prediction.json` and `fit.json`.
    pub fn read(folder: &Path) -> Result<Self, ReportError> {
        let path = Entry::Manifest.within(folder);
        let manifest_text = text(&path)?;
        let manifest = Manifest::from_text(&manifest_text, &path)?;
        let (findings, findings_text) = findings(folder)?;
        let mechanism = mechanism::read_table(folder)?;
        let sensitivity = json(folder, Entry::Sensitivity, "sensitivity analysis")?;
        let prediction = json(folder, Entry::Prediction, "prediction")?;
        let fit = json(folder, Entry::Fit, "fit")?;
        Ok(Self {
            manifest,
            findings,
            mechanism,
            sensitivity,
            prediction,
            fit,
            beside: None,
            hashes: [sha256_hex(manifest_text.as_bytes()), sha256_hex(findings_text.as_bytes())],
        })
    }
}

impl Beside {
    /// Reads `manifest.toml` and `findings.json` of the other folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, ReportError> {
        let path = Entry::Manifest.within(folder);
        let manifest = Manifest::from_text(&text(&path)?, &path)?;
        Ok(Self { manifest, findings: findings(folder)?.0 })
    }
}

/// The findings of a folder, and their text.
fn findings(folder: &Path) -> Result<(Findings, String), ReportError> {
    let path = Entry::Findings.within(folder);
    let text = text(&path)?;
    let findings: Findings = serde_json::from_str(&text).map_err(|fault| ReportError::Invalid {
        path: path.clone(),
        what: "findings file",
        fault: fault.to_string(),
    })?;
    check_format(&path, findings.format)?;
    Ok((findings, text))
}

/// A file that may be missing.
fn json<T: DeserializeOwned>(folder: &Path, entry: Entry, what: &'static str) -> Result<Option<T>, ReportError> {
    let path = entry.within(folder);
    if !path.exists() {
        return Ok(None);
    }
    let read = serde_json::from_str(&text(&path)?);
    read.map(Some).map_err(|fault| ReportError::Invalid { path, what, fault: fault.to_string() })
}

fn text(path: &Path) -> Result<String, ReportError> {
    input::read_text(path, input::LARGEST).map_err(|source| ReportError::Unreadable { path: path.to_owned(), source })
}

fn check_format(path: &Path, found: u32) -> Result<(), ReportError> {
    if found == FORMAT { Ok(()) } else { Err(ReportError::Format { path: path.to_owned(), found, expected: FORMAT }) }
}
