//! TODO: what the room `arguments` holds.

pub mod power;
pub(crate) mod recordings;
pub mod rule;
