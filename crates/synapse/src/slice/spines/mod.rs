//! The tracked spines: one between windows, eight at a time within them, all of a
//! slice, and all under a rule that is chosen in place of the calibrated one.

pub(crate) mod attached;
pub(crate) mod carried;
pub(crate) mod chosen;
pub(crate) mod population;
pub(crate) mod spine_block;
pub(crate) mod spines;
