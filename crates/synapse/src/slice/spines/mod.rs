//! TODO: what the room `spines` holds.

pub(crate) mod attached;
pub(crate) mod population;
pub(crate) mod spine_block;
pub(crate) mod spines;
