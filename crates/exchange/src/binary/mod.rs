//! Binary files of any rig: bytes by position, and samples that lie at even
//! distances in them.

pub(crate) mod rate;
pub(crate) mod source;
pub(crate) mod strided;
pub(crate) mod text;
