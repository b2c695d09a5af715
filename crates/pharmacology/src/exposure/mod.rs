//! Compounds over time: the plan of a bath, concentrations at the receptors, what
//! they do to the synapse, and what that rests on.

pub(crate) mod course;
pub(crate) mod effect;
pub(crate) mod exposure;
pub(crate) mod participants;
pub(crate) mod plan;
pub(crate) mod remarks;
