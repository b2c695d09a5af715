//! TODO: what the room `recordings` holds.

pub(crate) mod date;
pub(crate) mod digitise;
pub(crate) mod slices;
pub(crate) mod sweeps;
pub(crate) mod table;
pub mod traces;
