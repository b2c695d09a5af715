//! What an experiment is to be: everything that the file says, checked, with every
//! silence filled in. Nothing here reads or runs.

pub(crate) mod animals;
pub(crate) mod course;
pub(crate) mod genotype;
pub(crate) mod identity;
pub(crate) mod pairing;
pub(crate) mod patch;
pub(crate) mod plan;
pub(crate) mod prediction;
pub mod protocol;
pub(crate) mod schedule;
pub(crate) mod size;
pub(crate) mod solution;
pub(crate) mod synapse;

pub use plan::{Condition, Plan};
