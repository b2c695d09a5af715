//! The manifest of a results folder: what was planned, with which program,
//! resting on which evidence. Everything in it is reproducible from the input;
//! host, clock and duration go to `run.log`.

use crate::manifest::blinding::Blinding;
use crate::manifest::measured::Measured;
use crate::manifest::session::Session;
use crate::plan::analysis::AnalysisPlan;
use crate::plan::design::{ConditionPlan, DesignPlan, InductionPlan, Timeline};
use crate::plan::look::ReportPlan;
use crate::plan::statistics::StatisticsPlan;
use evidence::EvidenceRow;
use recording::Origin;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the folder layout that this program writes and reads.
pub const FORMAT: u32 = 1;

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
    /// Where slopes were measured; read it by [`Manifest::measured`].
    #[serde(default, skip_serializing_if = "Measured::is_here")]
    pub measured: Measured,
    /// Master seed; 0 for recorded data.
    #[serde(with = "recording::seed")]
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
    /// When the recordings of slices began; empty where no file says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// Sentences on what simulated time courses lack that recorded ones show; told where they are drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub time_course_limits: Vec<String>,
    /// Blinding, where the study states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blinding: Option<Blinding>,
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

impl Manifest {
    /// How many slices or cells were planned; unknown for recorded data.
    pub fn planned_slices(&self) -> Option<usize> {
        let groups = self.inductions.len() * self.conditions.len();
        let of_group = self.design.animals as usize * self.design.slices_per_animal as usize;
        (self.origin == Origin::Simulated).then_some(groups * of_group)
    }

    /// Where slopes were measured. Manifests of older versions say of tables only
    /// that they have no sampling rate.
    pub fn measured(&self) -> Measured {
        let rateless = self.origin == Origin::Recorded && self.rate_hz <= 1.0;
        if rateless { Measured::Elsewhere } else { self.measured }
    }
}
