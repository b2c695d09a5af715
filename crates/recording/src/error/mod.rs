//! TODO: what the room `error` holds.

pub(crate) mod store;
