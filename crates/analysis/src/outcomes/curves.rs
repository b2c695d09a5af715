//! Input–output curves that a study brings along: responses against intensity or volley.

use recording::StoreError;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// When a curve was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Before the induction.
    Before,
    /// After it.
    After,
    /// Without regard to one.
    Once,
}

/// One curve of one slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IoCurve {
    /// Condition.
    pub condition: String,
    /// Animal.
    pub animal: String,
    /// Slice.
    pub slice: u32,
    /// When it was taken.
    pub when: When,
    /// Intensity or volley of each response, in their unit.
    pub input: Vec<f64>,
    /// Responses, in the unit of the study.
    pub response: Vec<f64>,
}

/// All curves of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IoCurves {
    /// What stands on the axis, with its unit, e.g. `Stimulus (µA)`.
    pub input: String,
    /// What was measured, with its unit.
    pub response: String,
    /// The curves.
    pub curve: Vec<IoCurve>,
}

impl IoCurves {
    /// Reads the text of [`Entry::Curves`](results::Entry::Curves).
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming `path`.
    pub fn from_text(text: &str, path: &Path) -> Result<Self, StoreError> {
        let invalid = |reason: String| StoreError::Invalid { path: path.to_owned(), reason };
        let curves: Self = toml::from_str(text).map_err(|fault| invalid(fault.to_string()))?;
        match curves.curve.iter().find(|curve| curve.input.len() != curve.response.len()) {
            Some(curve) => Err(invalid(format!("animal {}: inputs and responses differ in number", curve.animal))),
            None => Ok(curves),
        }
    }

    /// The curves as TOML.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming `path`.
    pub fn to_text(&self, path: &Path) -> Result<String, StoreError> {
        toml::to_string(self).map_err(|fault| StoreError::Invalid { path: path.to_owned(), reason: fault.to_string() })
    }
}
