//! Models of known effort, timed on this machine.

pub mod b1;
pub mod bench;
pub mod clock;
pub mod file;
pub mod growth;
