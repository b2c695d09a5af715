//! TODO: what the room `propose` holds.

pub(crate) mod names;
pub(crate) mod propose;
pub(crate) mod tables;
