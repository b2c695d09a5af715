//! TODO: what the room `inspection` holds.

pub(crate) mod inspect;
pub(crate) mod table;

pub use crate::inspection::table::TableColumn;
