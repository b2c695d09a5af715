//! The plan of an experiment: everything that the file says, checked and with
//! every default filled in. A plan that exists can be run.

use crate::plan::animals::{Animals, Regimen};
use crate::plan::course::{Course, SweepSettings};
use crate::plan::patch::PatchPlan;
use crate::plan::prediction::PredictionPlan;
use crate::plan::protocol::Induction;
use crate::plan::solution::Solution;
use crate::plan::synapse::SynapsePlan;
use evidence::Remark;
use pharmacology::biosynthesis::Region;
use pharmacology::{BathCompound, Chamber, Scenario};
use results::plan::{AnalysisPlan, DesignPlan, ReportPlan, StatisticsPlan};
use std::collections::BTreeMap;

/// One condition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Name, unique in the experiment.
    pub name: String,
    /// Compounds in the bath; none for drug-free.
    pub bath: Vec<BathCompound>,
    /// When each of them flows; `None` for from the end of the baseline on.
    pub regimens: Vec<Option<Regimen>>,
    /// Named assumptions about these compounds that are not made by default.
    pub scenario: Scenario,
    /// What its animals bring along, and the solution that they lie in.
    pub animals: Animals,
    /// Temperature and ions of the bath.
    pub solution: Solution,
    /// What to tell the reader about a loose or wrong name of a compound.
    pub remarks: Vec<Remark>,
}

/// A checked experiment.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Name of the experiment and of its results folder.
    pub name: String,
    /// Title, for the report.
    pub title: String,
    /// Seed of all random streams.
    pub seed: u64,
    /// Species, age, bath solution …, ready to print.
    pub preparation: BTreeMap<String, String>,
    /// Exchange of the bath and depth of the cells.
    pub chamber: Chamber,
    /// Region, for the metabolism of steroids.
    pub region: Region,
    /// Course of the recording.
    pub course: Course,
    /// Induction protocols; every condition runs under each.
    pub inductions: Vec<Induction>,
    /// Sweeps.
    pub sweeps: SweepSettings,
    /// The synapse.
    pub synapse: SynapsePlan,
    /// Conditions in the order of the file.
    pub conditions: Vec<Condition>,
    /// Virtual whole-cell recordings.
    pub patch: PatchPlan,
    /// Draws from what is not known.
    pub prediction: PredictionPlan,
    /// Animals and slices.
    pub design: DesignPlan,
    /// Analysis.
    pub analysis: AnalysisPlan,
    /// Statistics.
    pub statistics: StatisticsPlan,
    /// Report.
    pub report: ReportPlan,
    /// The experiment file, byte for byte.
    pub source: String,
}

impl Plan {
    /// Number of slices in the whole experiment.
    pub fn slices(&self) -> usize {
        self.inductions.len()
            * self.conditions.len()
            * self.design.animals as usize
            * self.design.slices_per_animal as usize
    }

    /// Whether the experiment file itself gives the value of a parameter, for all
    /// conditions or for one: in the bath, or as a change with its reason.
    pub fn states(&self, parameter: &str) -> bool {
        let in_bath = |condition: &Condition| condition.solution.changes_stated().any(|path| path == parameter);
        self.synapse.changes.iter().any(|change| change.parameter == parameter) || self.conditions.iter().any(in_bath)
    }

    /// Number of animals in the whole experiment.
    pub fn animals(&self) -> usize {
        let groups = if self.design.within_animal { 1 } else { self.inductions.len() * self.conditions.len() };
        groups * self.design.animals as usize
    }
}
