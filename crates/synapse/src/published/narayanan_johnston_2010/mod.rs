//! TODO: what the room `narayanan_johnston_2010` holds.

pub(crate) mod channels;
pub mod parameters;
pub(crate) mod simulation;
pub(crate) mod synapse;

pub use channels::{GATE_NAMES, resting_leak_mv, steady_state, time_constant_ms};
pub use parameters::{NarayananJohnston2010, PAPER, SETS};
pub use simulation::{Run, Snapshot, modification_threshold_hz, simulate, snapshots};
pub use synapse::{ghk, magnesium_block, probe};
