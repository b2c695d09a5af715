//! TODO: what the room `graupner_brunel_2012` holds.

pub(crate) mod analytic;
pub mod parameters;
pub(crate) mod simulation;

pub(crate) use crate::rules::graupner_brunel_2012::analytic::transitions;
pub use crate::rules::graupner_brunel_2012::analytic::{Transitions, expected};
pub use crate::rules::graupner_brunel_2012::simulation::{MonteCarlo, monte_carlo, segment_exact};
pub use parameters::GraupnerBrunel2012;
pub use parameters::{
    CORTICAL_SLICES, D, D_PRIME, DP, DPD, DPD_PRIME, HIPPOCAMPAL_CULTURES, HIPPOCAMPAL_SLICES, P, SETS,
};
