//! A proposal for a study file from what a folder holds.

pub(crate) mod channel;
pub(crate) mod clocks;
pub(crate) mod found;
pub(crate) mod names;
pub(crate) mod page;
pub(crate) mod propose;
pub(crate) mod tables;
pub(crate) mod turns;
pub(crate) mod words;
