//! Axon Binary Format, versions 1 and 2: the headers of both in one shape, and the
//! samples by position.

pub(crate) mod entries;
pub(crate) mod file;
pub(crate) mod header;
pub(crate) mod scale;
pub(crate) mod sweeps;
pub(crate) mod text;
pub(crate) mod version1;
pub(crate) mod version2;

pub use crate::abf::file::Abf;
pub use crate::abf::header::{Channel, Mode, Output, SampleKind, Tag, UserList};
pub use crate::error::abf::{AbfError, Fault};
pub use crate::sweeps::place::SweepPlace;
pub use crate::sweeps::statistics::ChannelStatistics;
