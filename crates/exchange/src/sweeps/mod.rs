//! TODO: what the room `sweeps` holds.

pub(crate) mod held;
pub(crate) mod statistics;
