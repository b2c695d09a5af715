//! TODO: what the room `error` holds.

pub(crate) mod abf;
pub(crate) mod csv;
pub(crate) mod exchange;
