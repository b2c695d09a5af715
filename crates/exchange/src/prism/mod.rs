//! Results as tables in the shapes that GraphPad Prism takes.

pub(crate) mod course;
pub(crate) mod error;
pub(crate) mod export;
pub(crate) mod grid;
pub(crate) mod legend;
pub(crate) mod project;
pub(crate) mod slices;

pub use crate::prism::error::PrismError;
pub use crate::prism::export::{PrismExport, export, export_project};
