//! TODO: what the room `kernel` holds.

pub(crate) mod lanes;
pub(crate) mod random;
pub(crate) mod stepping;
