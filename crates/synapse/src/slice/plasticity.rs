//! What makes the synapses of a slice learn, and what keeps what they learnt.

use crate::late_phase::population::LatePhaseModel;
use crate::slice::spines::chosen::ChosenRule;

/// The plasticity of a slice; `Default` is the calibrated effective-calcium rule
/// without a late phase.
#[derive(Clone, Debug, Default)]
pub struct Plasticity {
    /// The induction rule that takes the place of the calibrated one.
    pub rule: Option<ChosenRule>,
    /// What the thresholds of the rule refer to.
    pub homeostasis: Homeostasis,
    /// Tag, proteins and capture; without it a changed synapse keeps its change.
    pub late_phase: Option<LatePhaseModel>,
}

/// What the thresholds of induction refer to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Homeostasis {
    /// Absolute thresholds, fixed in the reference preparation (P60, 32 °C, 2 mM calcium):
    /// whatever changes calcium entry, by age, genotype, bath or drug, changes plasticity.
    #[default]
    Absolute,
    /// Thresholds follow a drug-free test pulse of the slice's own parameters, as if every
    /// lasting change of calcium entry had been made up for.
    Renormalised,
}
