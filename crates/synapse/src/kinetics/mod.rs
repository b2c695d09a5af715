//! Published kinetics of receptors and channels, one module for a publication:
//! what the synapse is compared with, and what can be built into it. The physical
//! constants of the crate stand here too.

pub(crate) mod chain;
pub(crate) mod constants;
pub mod destexhe_1998;
pub mod destexhe_sejnowski_1995;
pub(crate) mod gaba_b;
pub mod magnesium;
pub mod rodrigues_2023;
pub mod saudargiene_2015;
pub mod schulz_2018;
pub mod tsodyks_markram_1997;

pub use chain::{Chain, Transition};
pub use constants::{FARADAY_OF_CHLORIDE, GAS_OF_CHLORIDE};
pub use gaba_b::{GabaB, Response, response};
