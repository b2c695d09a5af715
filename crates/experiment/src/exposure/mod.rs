//! What reaches the receptors of a slice or of a patched cell, and when.

pub(crate) mod exposure;
pub(crate) mod patch;
