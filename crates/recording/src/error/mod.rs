//! What can go wrong with stored files and with tables.

pub(crate) mod store;
pub(crate) mod table;
