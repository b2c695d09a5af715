//! TODO: what the room `open` holds.

pub(crate) mod axon;
pub(crate) mod file;
pub(crate) mod kind;
pub(crate) mod table;
