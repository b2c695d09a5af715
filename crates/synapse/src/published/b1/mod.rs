//! TODO: what the room `b1` holds.

pub(crate) mod block;
pub(crate) mod course;
pub mod run;

pub use run::{Conductances, MINUTES, SHORTCUTS, TEST_PULSES, Trajectory, conditions, simulate, synapse};
