//! TODO: what the room `spine` holds.

pub mod drift;
pub(crate) mod relaxation;
pub mod spine_rule;
#[cfg(test)]
pub(crate) mod tests;

pub use crate::rules::dainauskas_2023::on_spine::{InCell, VoltageTraces};
pub(crate) use crate::rules::spine::relaxation::{relaxed, share_above};
pub use spine_rule::{AttachedRule, Peaks, Reading, SynapticState};
