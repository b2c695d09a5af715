//! Writing NWB: what one file is made of, and each of its parts as HDF5 objects.

pub(crate) mod content;
pub(crate) mod electrode;
pub(crate) mod error;
pub(crate) mod export;
pub(crate) mod general;
pub(crate) mod measured;
pub(crate) mod measures;
pub(crate) mod signal;
pub(crate) mod subject;
pub(crate) mod sweeps;
pub(crate) mod words;
pub(crate) mod writer;
