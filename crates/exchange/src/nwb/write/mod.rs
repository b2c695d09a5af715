//! TODO: what the room `write` holds.

pub(crate) mod export;
pub(crate) mod general;
pub(crate) mod measures;
pub(crate) mod sweeps;
pub(crate) mod writer;
