//! The settings of a whole-cell rig, kept beside the manifest: what the recordings
//! of a patched cell cannot say themselves. A results folder that holds them is one
//! of whole-cell recordings.

use crate::folder::entry::Entry;
use recording::StoreError;
use recording::input;
use recording::store::check_format;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Version of the file.
pub const FORMAT: u32 = 1;

/// Settings of the rig.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WholeCellRig {
    /// Version of the file.
    pub format: u32,
    /// When the drug starts to flow, min.
    pub drug_on_min: f64,
    /// When it stops, min.
    pub drug_off_min: f64,
    /// When the recording ends, min.
    pub end_min: f64,
    /// Length of each stretch of voltage clamp, s.
    pub stretch_s: f64,
    /// Holding potential, mV.
    pub hold_mv: f64,
    /// The solution in the pipette, in words.
    pub internal: String,
    /// Chloride in it, mM.
    pub chloride_mm: f64,
    /// Nernst potential of chloride with it, mV.
    pub chloride_reversal_mv: f64,
    /// Reversal of GABA-A currents with it, bicarbonate included, mV.
    pub gaba_reversal_mv: f64,
    /// Warnings that belong to the plan.
    #[serde(default)]
    pub warnings: Vec<String>,
}

impl WholeCellRig {
    /// Whether a results folder holds whole-cell recordings.
    pub fn is_in(results: &Path) -> bool {
        Entry::Rig.within(results).is_file()
    }

    /// The settings as TOML; `path` is for messages.
    ///
    /// # Errors
    /// [`StoreError::Invalid`].
    pub fn to_text(&self, path: &Path) -> Result<String, StoreError> {
        toml::to_string(self).map_err(|error| StoreError::invalid(path, error.to_string()))
    }

    /// Reads the settings of a results folder.
    ///
    /// # Errors
    /// [`StoreError`] naming the file and what is wrong with it.
    pub fn read(results: &Path) -> Result<Self, StoreError> {
        let path = Entry::Rig.within(results);
        let bytes = input::read(&path, input::LARGEST)
            .map_err(|source| StoreError::reading(&path, "the settings of a whole-cell rig", source))?;
        let text = String::from_utf8(bytes).map_err(|_| StoreError::damaged(&path, "UTF-8 text", "other bytes"))?;
        check_format(&path, &text, FORMAT)?;
        toml::from_str(&text).map_err(|error| StoreError::invalid(&path, error.to_string()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn settings_come_back_and_faults_are_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!WholeCellRig::is_in(folder.path()));
        let rig = WholeCellRig { format: FORMAT, hold_mv: -70.0, chloride_mm: 10.0, ..WholeCellRig::default() };
        fs::write(Entry::Rig.within(folder.path()), rig.to_text(folder.path()).unwrap()).unwrap();
        assert!(WholeCellRig::is_in(folder.path()));
        assert_eq!(WholeCellRig::read(folder.path()).unwrap(), rig);
        fs::write(Entry::Rig.within(folder.path()), "format = 1\nhold = 3\n").unwrap();
        assert!(WholeCellRig::read(folder.path()).unwrap_err().to_string().contains("patch.toml"));
        fs::write(Entry::Rig.within(folder.path()), "format = 9\n").unwrap();
        assert!(WholeCellRig::read(folder.path()).unwrap_err().to_string().contains('9'));
    }
}
