//! TODO: what the room `run` holds.

pub(crate) mod in_memory;
pub mod patch;
pub(crate) mod run;
pub(crate) mod slice;

pub use run::{RunError, RunEvent, RunOptions, RunSummary, SliceError, run};
