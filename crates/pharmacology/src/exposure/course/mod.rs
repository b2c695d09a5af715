//! Courses over time: chamber and tissue, delayed effects, use-dependent block,
//! carriers.

pub(crate) mod block;
pub(crate) mod chamber;
pub(crate) mod delayed;
pub(crate) mod kinetics;
pub mod scavenger;
