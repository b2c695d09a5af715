//! TODO: what the room `patch` holds.

pub(crate) mod figures;
pub(crate) mod page;
pub(crate) mod write;
