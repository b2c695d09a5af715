//! Dainauskas et al. 2023: parameters, the cell and receptors of the paper, the
//! rule alone, and the rule on a spine of the slice.

pub(crate) mod alone;
pub(crate) mod neuron;
pub(crate) mod on_spine;
pub(crate) mod parameters;
pub(crate) mod receptor;

pub use alone::{EndWeight, simulate};
pub use parameters::{CONTROL, Dainauskas2023, SETS};
