//! What a report is written from: the files of a results folder, those of
//! another folder beside it, and tables of comma-separated values.

pub(crate) mod beside;
pub(crate) mod csv;
pub(crate) mod folder;
pub(crate) mod pairs;
