//! Graupner & Brunel 2012: parameters and sets, the closed form, the rule followed
//! event by event, the rule alone, and the rule on a spine of the slice.

pub(crate) mod alone;
pub(crate) mod analytic;
pub(crate) mod on_spine;
pub(crate) mod parameters;
pub(crate) mod simulation;

pub use analytic::{Transitions, expected};
pub use parameters::{GraupnerBrunel2012, HIPPOCAMPAL_CULTURES, SETS};
pub use simulation::{MonteCarlo, monte_carlo, segment_exact};
