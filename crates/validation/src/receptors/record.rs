//! A published outcome, as it stands in TOML.

use crate::receptors::assay::Assay;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// What an outcome is to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A number of the record was set from it: agreement shows consistency.
    Parameter,
    /// Nothing was set from it: agreement is a test.
    Check,
}

impl Role {
    /// The name in the records and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Check => "check",
        }
    }
}

/// The published number, in the unit of the outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Published {
    /// A mean with its standard error.
    Mean {
        /// Mean.
        mean: f64,
        /// Standard error.
        #[serde(skip_serializing_if = "Option::is_none")]
        sem: Option<f64>,
        /// Cells, slices or oocytes.
        #[serde(skip_serializing_if = "Option::is_none")]
        n: Option<u32>,
    },
    /// A range.
    Range {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Only that it is larger.
    Above {
        /// Than this.
        above: f64,
    },
    /// Only that it is smaller.
    Below {
        /// Than this.
        below: f64,
    },
}

/// One published outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Short identifier, unique.
    pub id: String,
    /// What was measured.
    pub title: String,
    /// What it is to the model.
    pub role: Role,
    /// How it is measured here.
    pub assay: Assay,
    /// Compounds and concentrations, µM; the first is varied by a potency.
    pub bath: Vec<(String, f64)>,
    /// Scenarios assumed.
    pub scenarios: Vec<String>,
    /// The published number.
    pub published: Published,
    /// Its unit.
    pub unit: String,
    /// Source.
    pub source: String,
    /// Why the model stands where it stands, if it is not self-evident.
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOutcomes {
    #[serde(default)]
    pub(super) outcome: Vec<RawOutcome>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOutcome {
    pub(super) id: Spanned<String>,
    pub(super) title: Spanned<String>,
    pub(super) role: Spanned<String>,
    pub(super) assay: Spanned<String>,
    pub(super) receptor: Option<Spanned<String>>,
    pub(super) readout: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) bath: Vec<RawEntry>,
    #[serde(default)]
    pub(super) scenarios: Vec<Spanned<String>>,
    pub(super) alpha4_delta: Option<f64>,
    pub(super) depolarising: Option<bool>,
    pub(super) age: Option<Spanned<String>>,
    pub(super) inside: Option<Spanned<String>>,
    pub(super) target: Option<Spanned<String>>,
    pub(super) potential: Option<Spanned<String>>,
    pub(super) magnesium: Option<Spanned<String>>,
    pub(super) mean: Option<f64>,
    pub(super) sem: Option<Spanned<f64>>,
    pub(super) n: Option<u32>,
    pub(super) range: Option<Spanned<Vec<f64>>>,
    pub(super) above: Option<f64>,
    pub(super) below: Option<f64>,
    pub(super) unit: Spanned<String>,
    pub(super) source: Spanned<String>,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntry {
    pub(super) compound: Spanned<String>,
    pub(super) concentration: Option<Spanned<String>>,
}
