//! The report of whole-cell recordings: its sources, figures and page.

pub(crate) mod figures;
pub(crate) mod page;
pub(crate) mod sources;
pub(crate) mod words;
pub(crate) mod write;
