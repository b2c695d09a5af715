//! Foreign files to recordings, and results to foreign tables.
//!
//! - [`inspect`] and [`abf`]: files of pCLAMP (ABF 1 and 2);
//! - [`csv`]: sweeps from text tables with stated columns and units;
//! - [`prism`]: results as tables in the shapes that GraphPad Prism takes.

pub mod abf;
pub mod csv;
mod inspection;
pub mod prism;

pub use inspection::{Inspection, inspect};
