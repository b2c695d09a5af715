//! The tracked spines: one between windows, eight at a time within them, all of a
//! slice, and all under an attached rule.

pub(crate) mod attached;
pub(crate) mod population;
pub(crate) mod spine_block;
pub(crate) mod spines;
