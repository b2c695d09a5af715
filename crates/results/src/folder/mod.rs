//! The results folder: where its files and slices lie.

pub(crate) mod layout;
pub mod slug;

pub use layout::{Layout, RECORDINGS, StoredSlice, list_slices, sweep_leftovers};
