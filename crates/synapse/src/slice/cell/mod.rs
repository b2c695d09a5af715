//! TODO: what the room `cell` holds.

pub(crate) mod cell;
pub(crate) mod gates;
