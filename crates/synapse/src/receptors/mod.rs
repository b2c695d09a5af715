//! TODO: what the room `receptors` holds.

pub mod voltage;
pub(crate) mod voltage_table;

pub use voltage::{alpha5_rectification, magnesium_block, peak_factor, tonic_rectification};
