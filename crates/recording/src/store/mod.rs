//! TODO: what the room `store` holds.

pub(crate) mod head;
pub(crate) mod layout;
pub(crate) mod natural;
pub mod slice_folder;
pub(crate) mod sweeps;
pub(crate) mod write;

pub use crate::error::store::StoreError;
pub use crate::slug::slug;
pub(crate) use crate::store::head::check_format;
pub use crate::store::layout::{Layout, RECORDINGS, StoredSlice, list_slices, slice_dir, sweep_leftovers};
pub use crate::store::write::{write_slice, write_slice_with};
pub use slice_folder::{HEAD, SWEEPS, is_complete, read_slice};
