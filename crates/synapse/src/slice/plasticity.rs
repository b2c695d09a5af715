//! What makes the synapses of a slice learn, and what keeps what they learnt.

use crate::late_phase::population::LatePhaseModel;
use crate::slice::spines::chosen::ChosenRule;

/// The plasticity of a slice; `Default` is the calibrated effective-calcium rule
/// without a late phase.
#[derive(Clone, Debug, Default)]
pub struct Plasticity {
    /// The induction rule that takes the place of the calibrated one.
    pub rule: Option<ChosenRule>,
    /// Tag, proteins and capture; without it a changed synapse keeps its change.
    pub late_phase: Option<LatePhaseModel>,
}
