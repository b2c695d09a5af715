//! TODO: what the room `outcomes` holds.

pub mod calibrate;
pub mod validate;
