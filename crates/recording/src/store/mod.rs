//! The folder of one slice: writing it, so that it appears at once, and reading
//! it, with its checksums verified.

pub(crate) mod format;
pub(crate) mod head;
pub(crate) mod names;
pub(crate) mod natural;
pub(crate) mod slice_folder;
pub(crate) mod sweeps;
pub(crate) mod write;

pub use format::check_format;
pub use names::{HEAD, SWEEPS};
pub use slice_folder::{check_slice, is_whole, read_beside, read_identity, read_slice};
pub use write::write_slice;
