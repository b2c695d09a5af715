//! TODO: what the room `words` holds.

pub(crate) mod power;
