//! Why a file cannot be opened, read or understood: one error for each format, and
//! that of the common door.

pub(crate) mod abf;
pub(crate) mod csv;
pub(crate) mod exchange;
