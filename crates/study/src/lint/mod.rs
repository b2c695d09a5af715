//! TODO: what the room `lint` holds.

pub(crate) mod courses;
pub(crate) mod duplicates;
pub(crate) mod lint;
pub(crate) mod slices;
pub(crate) mod sweeps;

pub use lint::{LintFault, Rule, files, is_unstated, study};
