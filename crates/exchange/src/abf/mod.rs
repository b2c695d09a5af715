//! TODO: what the room `abf` holds.

pub mod file;
pub(crate) mod header;
pub(crate) mod source;
pub(crate) mod sweeps;
pub(crate) mod text;
pub(crate) mod version1;
pub(crate) mod version2;

pub use crate::abf::header::{Channel, Mode, Output, SampleKind, Tag, UserList};
pub use crate::abf::sweeps::SweepPlace;
pub use crate::error::abf::{AbfError, Fault};
pub use crate::sweeps::statistics::ChannelStatistics;
pub(crate) use crate::sweeps::statistics::Running;
pub use file::Abf;
