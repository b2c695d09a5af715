//! TODO: what the room `parameters` holds.

pub mod access;
pub(crate) mod table;

pub use access::{ParameterError, ParameterSpec};
