//! TODO: what the room `dainauskas_2023` holds.

pub(crate) mod neuron;
pub(crate) mod on_spine;
pub mod parameters;
pub(crate) mod receptor;

pub use parameters::Dainauskas2023;
pub use parameters::{CONTROL, EndWeight, SETS, simulate};
