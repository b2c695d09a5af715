//! The results folder: what lies in it and under which name, where slices lie, and
//! who may write. When a job is done it seals the folder with the checksums of everything
//! in it: what is not as it was sealed is named and not used.

pub(crate) mod compare;
pub(crate) mod content;
pub(crate) mod demand;
pub(crate) mod entry;
pub(crate) mod error;
pub(crate) mod folder;
pub(crate) mod layout;
pub(crate) mod lock;
pub(crate) mod log;
pub(crate) mod open;
pub(crate) mod opening;
pub(crate) mod replace;
pub mod slug;
pub(crate) mod sums;
pub(crate) mod verify;

pub use demand::{Reach, demand};
pub use entry::Entry;
pub use error::FolderError;
pub use folder::{Begun, ResultsFolder};
pub use layout::{Layout, StoredSlice};
pub use open::Results;
pub use opening::{Mode, Opening};
pub use verify::{Verified, verify};
