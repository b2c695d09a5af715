//! TODO: what the room `time_course` holds.

pub(crate) mod long;
pub(crate) mod wide;

pub use crate::time_course::long::LongColumns;
