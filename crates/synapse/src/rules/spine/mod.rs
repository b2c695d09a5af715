//! Rules on the simulated spines of a slice: what a rule does there, what it reads,
//! and the exact pieces that threshold rules are made of.

pub(crate) mod drift;
pub(crate) mod reading;
pub(crate) mod relaxation;
pub(crate) mod spine_rule;
#[cfg(test)]
mod tests;
