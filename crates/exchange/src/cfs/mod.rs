//! CED filing system (`.cfs`, Signal and its predecessors; also written by Stimfit).

pub(crate) mod file;
pub(crate) mod header;
