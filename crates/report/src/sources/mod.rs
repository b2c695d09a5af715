//! TODO: what the room `sources` holds.

pub(crate) mod beside;
pub mod csv;
pub(crate) mod folder;
