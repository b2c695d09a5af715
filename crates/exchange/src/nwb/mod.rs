//! TODO: what the room `nwb` holds.

pub(crate) mod read;
pub(crate) mod write;

pub use read::file::objects;
pub use read::objects::{Object, Value};
pub use write::export::{NwbExportError, export};
