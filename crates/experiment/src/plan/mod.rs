//! TODO: what the room `plan` holds.

pub mod animals;
pub(crate) mod identity;
pub(crate) mod pairing;
pub(crate) mod plan;
pub mod protocol;
pub(crate) mod schedule;
pub(crate) mod solution;

pub use plan::{Condition, Course, ParameterChange, Plan, RulePlan, SweepSettings, SynapsePlan};
