//! PatchMaster files of HEKA: bundles (`.dat`).

pub(crate) mod bundle;
pub(crate) mod file;
pub(crate) mod tree;
