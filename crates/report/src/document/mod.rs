//! TODO: what the room `document` holds.

pub(crate) mod templates;
