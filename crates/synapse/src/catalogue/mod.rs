//! TODO: what the room `catalogue` holds.

pub(crate) mod catalogue;
pub(crate) mod effective_calcium;
