//! TODO: what the room `tables` holds.

pub mod export;
pub(crate) mod workbook;

pub use export::{Shape, TablesError, export};
