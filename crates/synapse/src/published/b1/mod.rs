//! B1, the comparison model: its protocol, sixteen synapses side by side, and the
//! run that takes them through it.

pub(crate) mod block;
pub(crate) mod course;
pub(crate) mod run;
pub(crate) mod trajectory;

pub use course::{MINUTES, TEST_PULSES};
pub use run::{SHORTCUTS, conditions, simulate, synapse};
pub use trajectory::{Conductances, Trajectory};
