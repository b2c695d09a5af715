//! The manifest of a results folder: what was planned, with which program,
//! resting on which evidence. Everything in it is reproducible from the input;
//! host, clock and duration go to `run.log`.

mod check;
mod file;
mod seed;

pub use file::{FILE_NAME, FORMAT};

use crate::plan::{AnalysisPlan, ReportPlan, StatisticsPlan};
use evidence::EvidenceRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where the recordings come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// In-silico slices; never to be called animals' data.
    Simulated,
    /// Recordings from a rig.
    Recorded,
}

/// One compound in the bath.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BathEntry {
    /// Compound name as in the library, e.g. `isopregnanolone`.
    pub compound: String,
    /// Short label, e.g. `ISO`.
    pub label: String,
    /// Nominal bath concentration, µM.
    pub concentration_um: f64,
}

/// One condition as planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionPlan {
    /// Name, unique in the experiment.
    pub name: String,
    /// Compounds in the bath from wash-in on; empty for drug-free.
    #[serde(default)]
    pub bath: Vec<BathEntry>,
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

/// The manifest of a results folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the folder layout; now 1.
    pub format: u32,
    /// Program and version, e.g. `schaffer 0.1.0`.
    pub program: String,
    /// Commit of the program, with `-dirty` if the tree had changes; empty if unknown.
    pub commit: String,
    /// Name of the experiment.
    pub name: String,
    /// Title of the experiment.
    pub title: String,
    /// Simulated or recorded.
    pub origin: Origin,
    /// Master seed; 0 for recorded data.
    #[serde(with = "seed")]
    pub seed: u64,
    /// SHA-256 of the experiment or study file, hexadecimal.
    pub input_sha256: String,
    /// Sampling rate of the sweeps, Hz.
    pub rate_hz: f64,
    /// Induction protocols; every condition runs under each.
    pub inductions: Vec<InductionPlan>,
    /// Conditions in the order of the file.
    pub conditions: Vec<ConditionPlan>,
    /// Course of the recording.
    pub timeline: Timeline,
    /// Animals and slices.
    pub design: DesignPlan,
    /// Species, age, temperature, bath solution …, ready to print.
    pub preparation: BTreeMap<String, String>,
    /// Statements of the analysis, frozen before the first slice.
    pub analysis: AnalysisPlan,
    /// Statistics, frozen before the first slice.
    pub statistics: StatisticsPlan,
    /// Look of the report.
    pub report: ReportPlan,
    /// Everything that took part, with its evidence.
    #[serde(default)]
    pub evidence: Vec<EvidenceRow>,
    /// Remarks for the reader, e.g. that an outcome is a prediction, or a mixture law.
    #[serde(default)]
    pub remarks: Vec<String>,
}
