//! TODO: what the room `pictures` holds.

pub(crate) mod curves;
pub mod growth;
pub(crate) mod scoreboard;
