//! Faults in the content of recordings and tables: within a channel, a file, a
//! table, between recordings, and against the plan of the study.

pub(crate) mod channel;
pub(crate) mod courses;
pub(crate) mod duplicates;
pub(crate) mod electrical;
pub(crate) mod fault;
pub(crate) mod lint;
pub(crate) mod parameters;
pub(crate) mod shape;
pub(crate) mod slices;
pub(crate) mod sweeps;
pub(crate) mod tables;

pub use crate::lint::fault::{LintFault, Rule};
pub use crate::lint::lint::{files, is_unstated, study};
