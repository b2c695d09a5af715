//! The time course of the response: one panel for few conditions, a panel each
//! for many, with the key and the source data.

pub(crate) mod draw;
pub(crate) mod key;
pub(crate) mod panel;
pub(crate) mod panel_of;
pub(crate) mod table;
