//! The effect of a drug in the model: the same virtual slice with and without it, over
//! draws of everything that is uncertain.

pub(crate) mod constants;
pub(crate) mod predict;
pub(crate) mod summary;

pub use predict::{Asked, predict};
