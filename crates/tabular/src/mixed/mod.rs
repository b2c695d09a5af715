//! Mixed models: slices nested in animals, conditions within slices, what the
//! fit says about each.

mod cells;
mod equal;
pub(crate) mod equivalence;
pub(crate) mod mixed;
pub(crate) mod model;
pub(crate) mod nested;
mod observations;
mod random;
mod rows;
