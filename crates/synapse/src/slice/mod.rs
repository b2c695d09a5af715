//! TODO: what the room `slice` holds.

pub(crate) mod cell;
pub(crate) mod circuit;
pub(crate) mod engine;
pub(crate) mod field;
pub(crate) mod mechanism;
#[doc(hidden)]
pub mod parts;
pub mod plasticity;
pub(crate) mod release;
pub(crate) mod simulate;
pub(crate) mod spines;
pub(crate) mod variation;
