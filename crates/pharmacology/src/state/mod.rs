//! TODO: what the room `state` holds.

pub(crate) mod state;
