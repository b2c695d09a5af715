//! Clopath et al. 2010: parameters, the two neurons, the rule alone, and the rule on
//! a spine of the slice.

pub(crate) mod aeif;
pub(crate) mod alone;
pub(crate) mod hh;
pub(crate) mod neuron;
pub(crate) mod on_spine;
pub(crate) mod parameters;
pub(crate) mod solver;

pub use alone::end_weight;
pub use parameters::{AEIF, Clopath2010, HH, HH_ZERO, SETS};
