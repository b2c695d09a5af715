//! TODO: what the room `time_course` holds.

pub(crate) mod draw;
pub(crate) mod key;
pub(crate) mod panel;
pub(crate) mod table;
