//! TODO: what the room `text` holds.

pub(crate) mod atf;
pub(crate) mod fields;
pub(crate) mod winltp;
