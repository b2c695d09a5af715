//! What is in a file, recording or table, in short.

pub(crate) mod inspect;
pub(crate) mod kinds;
pub(crate) mod recording;
pub(crate) mod table;
