//! NWB files (Neurodata Without Borders 2, an HDF5 file): read, and written from
//! the slices of a results folder ([`export`]).

pub(crate) mod read;
pub(crate) mod write;

pub use crate::nwb::read::file::objects;
pub use crate::nwb::read::objects::{Object, Value};
pub use crate::nwb::write::error::NwbExportError;
pub use crate::nwb::write::export::export;
