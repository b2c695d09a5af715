//! TODO: what the room `read` holds.

pub mod file;
pub(crate) mod hdf;
pub(crate) mod layout;
pub(crate) mod notes;
pub(crate) mod number;
pub(crate) mod objects;
pub(crate) mod series;
