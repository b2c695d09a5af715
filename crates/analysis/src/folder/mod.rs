//! A results folder: recordings in, tables of measures and findings out.

pub(crate) mod folder;
pub(crate) mod ledger;
pub(crate) mod tables;

pub use folder::{Step, analyse_folder, analyse_in_steps, read_findings};
