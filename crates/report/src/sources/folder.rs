//! Reading what the earlier steps left in the results folder.

use crate::error::ReportError;
pub use crate::sources::beside::{Beside, Pair, Side};
use crate::sources::csv::fields;
use analysis::Findings;
use recording::digest::sha256_hex;
use results::Manifest;
use results::beside::ensemble::EnsembleSpread;
use results::beside::fit::Fit;
use results::beside::sensitivity::Sensitivity;
use results::beside::{ensemble, fit, sensitivity};
use serde::de::DeserializeOwned;
use std::path::Path;

/// Layout version of `findings.json` that can be read.
const FORMAT: u32 = 1;

/// One line of `mechanism.csv`: a quantity inside the model, over the slices of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct MechanismRow {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Quantity in words.
    pub quantity: String,
    /// Unit; empty for a plain number.
    pub unit: String,
    /// Mean over slices.
    pub mean: f64,
    /// Standard deviation over slices; NaN if not given.
    pub sd: f64,
}

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
    /// The experiment over accepted parameter sets, if it was run over them.
    pub ensemble: Option<EnsembleSpread>,
    /// The fit to a recorded study that this experiment repeats, if it does.
    pub fit: Option<Fit>,
    /// Another results folder beside this one.
    pub beside: Option<Beside>,
    /// SHA-256 of `manifest.toml` and of `findings.json`, hexadecimal.
    pub hashes: [String; 2],
}

impl Sources {
    /// Reads `manifest.toml`, `findings.json` and, if present, `mechanism.csv`,
    /// `sensitivity.json`, `ensemble.json` and `fit.json`.
    pub fn read(folder: &Path) -> Result<Self, ReportError> {
        let path = folder.join("manifest.toml");
        let manifest_text = text(&path)?;
        let manifest = Manifest::from_text(&manifest_text, &path)?;
        let (findings, findings_text) = findings(folder)?;
        let path = folder.join("mechanism.csv");
        let mechanism = if path.exists() { mechanism(&path, &text(&path)?)? } else { Vec::new() };
        let sensitivity = json(folder, sensitivity::FILE_NAME, "sensitivity analysis")?;
        let ensemble = json(folder, ensemble::FILE_NAME, "run over the ensemble")?;
        let fit = json(folder, fit::FILE_NAME, "fit")?;
        Ok(Self {
            manifest,
            findings,
            mechanism,
            sensitivity,
            ensemble,
            fit,
            beside: None,
            hashes: [sha256_hex(manifest_text.as_bytes()), sha256_hex(findings_text.as_bytes())],
        })
    }
}

impl Beside {
    /// Reads `manifest.toml` and `findings.json` of the other folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, ReportError> {
        let path = folder.join("manifest.toml");
        let manifest = Manifest::from_text(&text(&path)?, &path)?;
        Ok(Self { manifest, findings: findings(folder)?.0 })
    }
}

/// The findings of a folder, and their text.
fn findings(folder: &Path) -> Result<(Findings, String), ReportError> {
    let path = folder.join("findings.json");
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
fn json<T: DeserializeOwned>(folder: &Path, name: &str, what: &'static str) -> Result<Option<T>, ReportError> {
    let path = folder.join(name);
    if !path.exists() {
        return Ok(None);
    }
    let read = serde_json::from_str(&text(&path)?);
    read.map(Some).map_err(|fault| ReportError::Invalid { path, what, fault: fault.to_string() })
}

fn text(path: &Path) -> Result<String, ReportError> {
    std::fs::read_to_string(path).map_err(|source| ReportError::Unreadable { path: path.to_owned(), source })
}

fn check_format(path: &Path, found: u32) -> Result<(), ReportError> {
    if found == FORMAT { Ok(()) } else { Err(ReportError::Format { path: path.to_owned(), found, expected: FORMAT }) }
}

fn mechanism(path: &Path, text: &str) -> Result<Vec<MechanismRow>, ReportError> {
    let invalid = |line: usize, fault: String| ReportError::Invalid {
        path: path.to_owned(),
        what: "table of model internals",
        fault: format!("line {line}: {fault}"),
    };
    let mut lines = text.lines().enumerate();
    let header = lines.next().map_or_else(Vec::new, |(_, line)| fields(line));
    let column = |name: &str| {
        header
            .iter()
            .position(|title| title.trim() == name)
            .ok_or_else(|| invalid(1, format!("there is no column '{name}'; found: {}", header.join(", "))))
    };
    let places = [
        column("induction")?,
        column("condition")?,
        column("quantity")?,
        column("unit")?,
        column("mean")?,
        column("sd")?,
    ];
    let mut rows = Vec::new();
    for (k, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells = fields(line);
        let cell = |place: usize| cells.get(places[place]).map_or("", |cell| cell.trim());
        let number = |place: usize| -> Result<f64, ReportError> {
            let text = cell(place);
            if text.is_empty() {
                return Ok(f64::NAN);
            }
            text.parse().map_err(|_| invalid(k + 1, format!("'{text}' is no number")))
        };
        rows.push(MechanismRow {
            induction: cell(0).to_owned(),
            condition: cell(1).to_owned(),
            quantity: cell(2).replace('_', " "),
            unit: cell(3).to_owned(),
            mean: number(4)?,
            sd: number(5)?,
        });
    }
    Ok(rows)
}
