//! TODO: what the room `carry_out` holds.

pub(crate) mod blinding;
pub(crate) mod carry_out;
pub(crate) mod exclusions;
pub(crate) mod manifest;
