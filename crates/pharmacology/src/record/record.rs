//! A compound record as it stands in TOML. Only the shape is checked here;
//! `record_check` turns it into a [`crate::Compound`].

use serde::Deserialize;
use toml::Spanned;

/// A record file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCompound {
    pub name: Spanned<String>,
    pub label: Spanned<String>,
    pub stereo_key: Spanned<String>,
    pub class: Spanned<String>,
    pub summary: Spanned<String>,
    #[serde(default)]
    pub synonyms: Vec<Spanned<String>>,
    #[serde(default)]
    pub misnomer: Vec<RawMisnomer>,
    #[serde(default)]
    pub confusion: Vec<RawConfusion>,
    #[serde(default)]
    pub identifiers: RawIdentifiers,
    #[serde(default)]
    pub target: Vec<Spanned<RawAction>>,
    pub kinetics: RawKinetics,
    pub systemic: Option<RawSystemic>,
    pub allostery: Option<RawAllostery>,
    pub free_fraction: Option<Spanned<RawNumber>>,
    pub solubility: Option<String>,
    #[serde(default)]
    pub remarks: Vec<String>,
    pub published_ltp_data: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawMisnomer {
    pub name: Spanned<String>,
    pub remark: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawConfusion {
    pub name: Spanned<String>,
    pub because: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawIdentifiers {
    pub cas: Option<String>,
    pub pubchem: Option<String>,
    pub chebi: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawKinetics {
    pub wash_in: Spanned<RawNumber>,
    pub wash_out: Spanned<RawNumber>,
    pub membrane: Option<Spanned<RawNumber>>,
    pub diffusion_cm2_per_s: Option<Spanned<RawNumber>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSystemic {
    pub half_life: Spanned<RawNumber>,
    pub peak: Option<Spanned<RawNumber>>,
    pub unbound: Spanned<RawNumber>,
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAllostery {
    pub k: Spanned<RawNumber>,
    pub c: Spanned<RawNumber>,
    pub sites: Spanned<RawNumber>,
    pub site: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAction {
    pub name: Spanned<String>,
    pub mode: Spanned<String>,
    pub site: Option<Spanned<String>>,
    #[serde(default)]
    pub antagonises: Vec<Spanned<String>>,
    pub against: Option<Spanned<String>>,
    pub ec50: Option<Spanned<RawNumber>>,
    pub ic50: Option<Spanned<RawNumber>>,
    pub ki: Option<Spanned<RawNumber>>,
    pub hill: Spanned<RawNumber>,
    pub maximum: Option<Spanned<RawNumber>>,
    pub preparation: Option<String>,
    pub species: Option<String>,
    pub temperature: Option<Spanned<String>>,
    pub scenario: Option<Spanned<String>>,
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
    pub on_rate: Option<Spanned<RawNumber>>,
    pub resting_activity: Option<Spanned<RawNumber>>,
    pub onset: Option<Spanned<RawNumber>>,
    pub offset: Option<Spanned<RawNumber>>,
    pub note: Option<String>,
}

/// `{ value = "21 nM", range = ["…", "…"], source = "…", evidence = "measured" }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNumber {
    pub value: Spanned<toml::Value>,
    pub range: Option<Spanned<Vec<Spanned<toml::Value>>>>,
    pub source: Spanned<String>,
    pub evidence: Spanned<String>,
}

/// As [`RawNumber`], but a number of which only the range is known has no value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSpread {
    pub value: Option<Spanned<toml::Value>>,
    pub range: Option<Spanned<Vec<Spanned<toml::Value>>>>,
    pub source: Spanned<String>,
    pub evidence: Spanned<String>,
}

/// `[[scenario]]` of the scenario file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawScenarios {
    #[serde(default)]
    pub scenario: Vec<RawScenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawScenario {
    pub name: Spanned<String>,
    pub meaning: String,
    pub source: String,
    #[serde(default)]
    pub excludes: Vec<Spanned<String>>,
}
