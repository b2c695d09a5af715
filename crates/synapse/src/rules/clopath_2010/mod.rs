//! TODO: what the room `clopath_2010` holds.

pub(crate) mod aeif;
pub(crate) mod hh;
pub mod parameters;
pub(crate) mod solver;

pub use parameters::Clopath2010;
pub use parameters::{AEIF, HH, HH_ZERO, SETS, end_weight};
