//! TODO: what the room `rules` holds.

pub(crate) mod references;
