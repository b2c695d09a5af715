//! TODO: what the room `read` holds.

pub(crate) mod analysis;
pub(crate) mod bath;
pub(crate) mod conditions;
pub(crate) mod file;
pub(crate) mod library;
pub(crate) mod patch;
pub(crate) mod physiology;
pub(crate) mod preparation;
pub(crate) mod protocol;
pub(crate) mod solution;
pub(crate) mod synapse;
