//! The synapse of an experiment: its induction rule, its late phase, and what it
//! changes against the calibrated set.

use synapse::late_phase::LatePhaseModel;
use synapse::rules::Rule;
use synapse::{Homeostasis, Parameters, Plasticity};

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
    /// What the thresholds of the rule refer to.
    pub homeostasis: Homeostasis,
    /// Tag, proteins and capture; `None`: a changed synapse keeps its change.
    pub late_phase: Option<LatePhaseModel>,
    /// Changes against the calibrated set.
    pub changes: Vec<ParameterChange>,
    /// The parameters with the changes made.
    pub parameters: Parameters,
}

impl SynapsePlan {
    /// What makes the synapses learn.
    pub fn plasticity(&self) -> Plasticity {
        let rule = self.rule.rule.attach.map(|attach| attach(&self.rule.values));
        Plasticity { rule, homeostasis: self.homeostasis, late_phase: self.late_phase }
    }
}
