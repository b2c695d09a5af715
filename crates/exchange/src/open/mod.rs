//! The common door: which format a file has, and its sweeps whatever that is.

pub(crate) mod axon;
pub(crate) mod bridge;
pub(crate) mod file;
pub(crate) mod kind;
pub(crate) mod rig;
pub(crate) mod table;
pub(crate) mod transposed;
