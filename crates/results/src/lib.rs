//! The results folder: its names, its lock and log, the manifest and the plans in
//! it, and what stands beside the recordings. Nothing here computes a result.

pub mod beside;
pub mod folder;
pub mod manifest;
pub mod plan;

pub use beside::whole_cell::WholeCellRig;
pub use folder::{Entry, FolderError, Layout, Mode, Opening, Results, ResultsFolder, StoredSlice};
pub use manifest::Manifest;
