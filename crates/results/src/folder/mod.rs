//! The results folder: what lies in it and under which name, where slices lie, and
//! who may write.

pub(crate) mod entry;
pub(crate) mod error;
pub(crate) mod folder;
pub(crate) mod layout;
pub(crate) mod lock;
pub(crate) mod log;
pub(crate) mod open;
pub mod slug;

pub use entry::Entry;
pub use error::FolderError;
pub use folder::{Begun, Mode, Opening, ResultsFolder, write_json};
pub use layout::{Layout, StoredSlice};
pub use log::note_in;
pub use open::Results;
