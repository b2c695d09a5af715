//! TODO: what the room `effect` holds.

pub mod coagonist;
pub(crate) mod effects;
pub(crate) mod laws;
