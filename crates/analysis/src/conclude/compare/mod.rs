//! TODO: what the room `compare` holds.

pub(crate) mod contrasts;
pub(crate) mod dose;
pub(crate) mod estimation;
pub(crate) mod interactions;
pub(crate) mod model;
pub(crate) mod pathways;
pub mod required;
pub mod sensitivity;
pub(crate) mod stretches;
