//! TODO: what the room `chindemi_2022` holds.

pub mod parameters;
pub(crate) mod spine;

pub use crate::rules::chindemi_2022::spine::{Scheme, Trace, run, waveform_mv};
pub use parameters::Chindemi2022;
pub use parameters::{APICAL, BASAL, PUBLISHED_STEP_MS, SETS, Thresholds};
