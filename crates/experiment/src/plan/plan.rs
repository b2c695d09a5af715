//! The plan of an experiment: everything that the file says, checked and with
//! every default filled in. A plan that exists can be run.

use crate::plan::animals::{Animals, Regimen};
use crate::plan::protocol::Induction;
use crate::plan::solution::Solution;
use crate::run::patch::PatchPlan;
use pharmacology::biosynthesis::Region;
use pharmacology::{BathCompound, Chamber, Scenario};
use quantity::{Frequency, Time, Voltage};
use results::plan::{AnalysisPlan, DesignPlan, ReportPlan, StatisticsPlan};
use std::collections::BTreeMap;
use synapse::Plasticity;
use synapse::late_phase::LatePhaseModel;
use synapse::rules::Rule;
use synapse::rules::spine::AttachedRule;

/// Course of one recording; the same for every slice of the experiment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    /// Drug-free test pulses.
    pub baseline: Time,
    /// Test pulses with the drug in the bath, before induction.
    pub wash_in: Time,
    /// Test pulses after the last pulse of the induction.
    pub follow_up: Time,
    /// From one test pulse to the next.
    pub test_interval: Time,
    /// Whether the drug is washed out from the end of induction on.
    pub wash_out: bool,
}

/// What the amplifier and the converter keep of each stimulus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepSettings {
    /// Sampling rate.
    pub rate: Frequency,
    /// Kept before the stimulus.
    pub before: Time,
    /// Kept after the (last) stimulus.
    pub after: Time,
    /// Largest potential that the 16-bit converter can represent; larger
    /// ones are clipped, as on a rig.
    pub range: Voltage,
}

/// A parameter of the synapse that the experiment changes.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterChange {
    /// Path of the parameter, e.g. `nmda.glun2b_share`.
    pub parameter: String,
    /// Its value here, in the unit of the parameter.
    pub value: f64,
    /// Why.
    pub reason: String,
}

/// The induction rule of this experiment.
#[derive(Clone, Debug)]
pub struct RulePlan {
    /// Its entry in the catalogue.
    pub rule: &'static Rule,
    /// Its published set, or that with changes.
    pub set: String,
    /// Its values in the order of its parameters.
    pub values: Vec<f64>,
    /// Names of the values that this experiment states itself.
    pub stated: Vec<String>,
}

impl RulePlan {
    /// In words: the rule, and its set if it has sets.
    pub fn in_words(&self) -> String {
        let mut words = self.rule.name.to_owned();
        if !self.rule.sets.is_empty() {
            words = format!("{words} ({})", self.set);
        }
        if !self.stated.is_empty() {
            words = format!("{words} with {} of its own", self.stated.join(", "));
        }
        words
    }
}

/// The synapse of this experiment.
#[derive(Clone, Debug)]
pub struct SynapsePlan {
    /// Induction rule, e.g. `effective_calcium`.
    pub rule: RulePlan,
    /// Tag, proteins and capture; `None`: a changed synapse keeps its change.
    pub late_phase: Option<LatePhaseModel>,
    /// Changes against the calibrated set.
    pub changes: Vec<ParameterChange>,
    /// The parameters with the changes made.
    pub parameters: synapse::Parameters,
}

impl SynapsePlan {
    /// What makes the synapses learn.
    pub fn plasticity(&self) -> Plasticity {
        Plasticity { rule: AttachedRule::new(self.rule.rule.kind, &self.rule.values), late_phase: self.late_phase }
    }
}

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
    pub remarks: Vec<String>,
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

    /// Number of animals in the whole experiment.
    pub fn animals(&self) -> usize {
        let groups = if self.design.within_animal { 1 } else { self.inductions.len() * self.conditions.len() };
        groups * self.design.animals as usize
    }
}
