//! From the measured slices of an experiment to its findings: groups, time
//! courses, comparisons, and what a reader must be warned of.

pub(crate) mod cells;
pub(crate) mod compare;
pub(crate) mod comparing;
pub(crate) mod conclude;
pub(crate) mod course;
pub(crate) mod diagnostics;
pub(crate) mod groups;
pub(crate) mod input_output;
pub(crate) mod methods;
pub(crate) mod outcomes;
pub(crate) mod pulses;
pub(crate) mod warnings;

pub use conclude::{FORMAT, conclude};
