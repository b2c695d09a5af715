//! TODO: what the room `folder` holds.

pub(crate) mod folder;
pub(crate) mod ledger;
pub mod tables;

pub use folder::{Step, analyse_folder, analyse_in_steps, read_findings};
