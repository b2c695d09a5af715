//! `slice.toml`: everything about a slice but its sweeps, with checksums.

use crate::digest::sha256_hex;
use crate::error::store::StoreError;
use crate::input;
use crate::slice::{Event, Exposure, SliceKey, SliceRecording, Sweep};
use crate::stamp::Stamp;
use crate::store::format::check_format;
use crate::store::names::HEAD;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Version of the layout of a slice folder.
const FORMAT: u32 = 2;

/// What the last line begins with; the checksum of all lines before it follows.
const LAST_LINE: &str = "# sha256 ";

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    format: u32,
    induction_s: Option<f64>,
    drug_on_s: Option<f64>,
    pub(super) key: SliceKey,
    pub(super) stamp: Stamp,
    /// SHA-256 of every other file of the folder, by name.
    pub(super) files: BTreeMap<String, String>,
    #[serde(default)]
    events: Vec<Event>,
    #[serde(default)]
    exposure: Vec<Exposure>,
}

impl Head {
    pub(super) fn new(recording: &SliceRecording, stamp: &Stamp, files: BTreeMap<String, String>) -> Self {
        Self {
            format: FORMAT,
            induction_s: recording.induction_s,
            drug_on_s: recording.drug_on_s,
            key: recording.key.clone(),
            stamp: stamp.clone(),
            files,
            events: recording.events.clone(),
            exposure: recording.exposure.clone(),
        }
    }

    pub(super) fn into_recording(self, sweeps: Vec<Sweep>) -> SliceRecording {
        SliceRecording {
            key: self.key,
            induction_s: self.induction_s,
            drug_on_s: self.drug_on_s,
            sweeps,
            events: self.events,
            exposure: self.exposure,
        }
    }

    pub(super) fn to_text(&self) -> Result<String, toml::ser::Error> {
        let mut text = toml::to_string(self)?;
        let sum = sha256_hex(text.as_bytes());
        text.push_str(LAST_LINE);
        text.push_str(&sum);
        text.push('\n');
        Ok(text)
    }

    /// Reads `slice.toml` of a slice folder and verifies its last line.
    pub(super) fn read(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(HEAD);
        let bytes = input::read(&path, input::LARGEST)
            .map_err(|source| StoreError::reading(&path, "the description of a slice", source))?;
        let text = String::from_utf8(bytes).map_err(|_| StoreError::damaged(&path, "UTF-8 text", "other bytes"))?;
        Self::parse(&path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, StoreError> {
        let last = text.rfind(LAST_LINE).filter(|&at| at == 0 || text[..at].ends_with('\n'));
        let Some(last) = last else {
            let expected = format!("a last line with \"{LAST_LINE}\" and a checksum");
            return Err(StoreError::damaged(path, expected, "none"));
        };
        let (body, line) = text.split_at(last);
        let sum = line.strip_prefix(LAST_LINE).and_then(|rest| rest.strip_suffix('\n')).unwrap_or_default();
        let found = sha256_hex(body.as_bytes());
        if found != sum {
            let expected = format!("SHA-256 {} as in its last line", sum.escape_debug());
            return Err(StoreError::damaged(path, expected, found));
        }
        check_format(path, body, FORMAT)?;
        toml::from_str(body).map_err(|error| StoreError::invalid(path, error.to_string()))
    }
}
