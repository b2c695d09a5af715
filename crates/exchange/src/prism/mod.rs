//! TODO: what the room `prism` holds.

pub(crate) mod course;
pub mod export;
pub(crate) mod grid;
pub(crate) mod slices;

pub use export::{PrismError, PrismExport, export};
