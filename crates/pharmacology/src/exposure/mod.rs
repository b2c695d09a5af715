//! TODO: what the room `exposure` holds.

pub(crate) mod course;
pub(crate) mod effect;
pub(crate) mod exposure;
pub(crate) mod plan;
pub(crate) mod remarks;
