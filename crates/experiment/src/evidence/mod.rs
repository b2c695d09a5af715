//! TODO: what the room `evidence` holds.

pub(crate) mod describe;
pub(crate) mod manifest;
pub(crate) mod patch;
pub(crate) mod rows;
