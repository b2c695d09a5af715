//! Rules on the simulated spines of a slice: what a rule reads there, what it keeps
//! for each spine, and the exact pieces that threshold rules are made of.

pub(crate) mod drift;
pub(crate) mod reading;
pub(crate) mod relaxation;
pub(crate) mod spine_rule;
pub(crate) mod state;
#[cfg(test)]
mod tests;

pub use crate::rules::dainauskas_2023::on_spine::InCell;
pub use reading::{Peaks, Reading};
pub use spine_rule::AttachedRule;
pub use state::{SynapticState, VoltageTraces};
