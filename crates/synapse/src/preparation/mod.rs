//! TODO: what the room `preparation` holds.

pub mod bath;
pub(crate) mod laws;

pub(crate) use crate::preparation::laws::{CHANNEL_GATES, FACILITATION_SIZE, GABA_B_RATES};
pub use crate::preparation::laws::{ION_LAWS, TemperatureLaw, Warming, temperature_laws};
pub use bath::{
    REFERENCE_AGE_D, REFERENCE_CALCIUM_MM, REFERENCE_CELSIUS, REFERENCE_MAGNESIUM_MM, glun2b_share, in_bath,
    in_reference_bath, is_reference, nmda_calcium_factor, release_factor,
};
