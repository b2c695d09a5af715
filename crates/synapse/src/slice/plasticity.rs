//! What makes the synapses of a slice learn, and what keeps what they learnt.

use crate::late_phase::population::LatePhaseModel;
use crate::rules::spine::spine_rule::AttachedRule;

/// The plasticity of a slice; `Default` is the calibrated effective-calcium rule
/// without a late phase.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Plasticity {
    /// The induction rule that takes the place of the calibrated one.
    pub rule: Option<AttachedRule>,
    /// Tag, proteins and capture; without it a changed synapse keeps its change.
    pub late_phase: Option<LatePhaseModel>,
}
