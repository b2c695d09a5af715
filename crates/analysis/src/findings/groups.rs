//! What was measured in each group: its outcome, slices and animals, what was
//! excluded, and its averaged sweeps.

use crate::findings::interval::Interval;
use crate::findings::number;
use serde::{Deserialize, Serialize};

/// What was measured, in words and numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// e.g. `potentiation of the fEPSP slope`.
    pub name: String,
    /// e.g. `% change from baseline`.
    pub unit: String,
    /// e.g. `20–80 % of the rising phase, least squares`.
    pub method: String,
    /// Outcome window, min after induction.
    pub window_min: [f64; 2],
    /// Short-term window, min after induction.
    pub short_term_window_min: [f64; 2],
}

/// Summary of one condition under one induction protocol. A group whose slices
/// are all excluded has counts of 0 and NaN everywhere else; with one animal SD,
/// SEM and interval are NaN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Included slices.
    pub n_slices: usize,
    /// Animals they come from.
    pub n_animals: usize,
    /// Excluded slices.
    pub n_excluded: usize,
    /// Mean of the animal means of potentiation, %.
    #[serde(with = "number")]
    pub mean: f64,
    /// Standard deviation of the animal means.
    #[serde(with = "number")]
    pub sd: f64,
    /// Standard error of the mean over animals.
    #[serde(with = "number")]
    pub sem: f64,
    /// Interval of the mean over animals (t).
    pub ci: Interval,
    /// Mean short-term potentiation over animals, %.
    #[serde(with = "number")]
    pub stp_mean: f64,
    /// Its standard error over animals.
    #[serde(with = "number")]
    pub stp_sem: f64,
    /// Mean effect of the drug on baseline transmission over animals, %.
    #[serde(with = "number")]
    pub drug_effect_mean: f64,
    /// Its standard error over animals.
    #[serde(with = "number")]
    pub drug_effect_sem: f64,
    /// Potentiation of each included slice: animal, slice, %.
    pub slices: Vec<SlicePoint>,
    /// Mean potentiation of each animal, %.
    pub animals: Vec<AnimalPoint>,
}

/// Potentiation of one slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlicePoint {
    /// Animal.
    pub animal: String,
    /// Slice number.
    pub slice: u32,
    /// Potentiation, %.
    pub potentiation_percent: f64,
}

/// Mean potentiation of one animal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnimalPoint {
    /// Animal.
    pub animal: String,
    /// Slices that the mean is taken over.
    pub n_slices: usize,
    /// Potentiation, %.
    pub potentiation_percent: f64,
}

/// One excluded slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Animal.
    pub animal: String,
    /// Slice number.
    pub slice: u32,
    /// Rule that it broke, with the value found and the limit.
    pub reason: String,
    /// The rules that it broke, without numbers, each once; empty in findings of older versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// Averaged sweeps of one group before and after induction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AveragedSweeps {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Time after the stimulus, ms.
    pub time_ms: Vec<f64>,
    /// Mean of the sweeps in the reference window, mV.
    pub before_mv: Vec<f64>,
    /// Mean of the sweeps in the outcome window, mV.
    pub after_mv: Vec<f64>,
    /// Sweeps averaged: before and after.
    pub n_sweeps: [usize; 2],
}
