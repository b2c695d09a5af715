//! What was planned to be done to which slices.

use crate::plan::exposure::{Regimen, Treatment};
use serde::{Deserialize, Serialize};

/// One compound in the bath.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BathEntry {
    /// Compound name as in the library, e.g. `isopregnanolone`.
    pub compound: String,
    /// Short label, e.g. `ISO`.
    pub label: String,
    /// Nominal bath concentration, µM.
    pub concentration_um: f64,
    /// When it flows; `None` for the usual course of [`Timeline`], from the end of the baseline on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regimen: Option<Regimen>,
}

/// One condition as planned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConditionPlan {
    /// Name, unique in the experiment.
    pub name: String,
    /// What its animals are in words, e.g. `state luteal`; empty if nothing is said of them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub animals: String,
    /// Temperature and ions of its bath in words; empty if nothing is said of them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub solution: String,
    /// Assumptions that are made for this condition only, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
    /// Compounds in the bath; empty for drug-free.
    #[serde(default)]
    pub bath: Vec<BathEntry>,
    /// What its animals were given before the slices were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub treatments: Vec<Treatment>,
}

/// One induction protocol as planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InductionPlan {
    /// Name, e.g. `hfs-2x100`.
    pub name: String,
    /// The protocol in words, with its source.
    pub description: String,
    /// Number of stimulus pulses.
    pub pulses: u32,
    /// From the first to the last pulse, s.
    pub duration_s: f64,
}

/// The course of the recording; times in minutes unless the name says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// Drug-free test pulses.
    pub baseline_min: f64,
    /// Test pulses with the drug before induction.
    pub wash_in_min: f64,
    /// Test pulses after the end of induction.
    pub follow_up_min: f64,
    /// Interval between test pulses, s.
    pub test_interval_s: f64,
    /// Whether the drug is washed out after induction.
    pub wash_out: bool,
}

/// How slices are spread over animals and conditions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DesignPlan {
    /// `true`: every animal gives slices to every condition.
    pub within_animal: bool,
    /// Animals (per condition when between-animal).
    pub animals: u32,
    /// Slices per animal and condition.
    pub slices_per_animal: u32,
}
