//! The CA1 dendrite of Narayanan & Johnston 2010, whole: channels, synapses with
//! their plasticity, its course in time, and the model under a protocol.

pub(crate) mod alone;
pub(crate) mod channels;
pub(crate) mod parameters;
pub(crate) mod simulation;
pub(crate) mod synapse;

pub use channels::{GATE_NAMES, resting_leak_mv, steady_state, time_constant_ms};
pub use parameters::{NarayananJohnston2010, PAPER, SETS};
pub use simulation::{Run, Snapshot, modification_threshold_hz, simulate, snapshots};
pub use synapse::{ghk, magnesium_block, probe};
