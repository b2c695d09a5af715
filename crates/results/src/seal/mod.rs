//! The seal of a results folder: the checksums of everything in it, written when a job is
//! done. What is not as it was sealed is named and not used.

pub(crate) mod demand;
pub(crate) mod sums;
pub(crate) mod verify;

pub use demand::{Reach, demand};
pub use verify::{Verified, verify};
