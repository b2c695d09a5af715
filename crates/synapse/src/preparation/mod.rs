//! The preparation that a slice is recorded in: temperature and ions of the bath,
//! age of the animal, and the laws by which they act on the parameters.

pub(crate) mod bath;
pub(crate) mod laws;
pub(crate) mod reference;

pub use bath::{glun2b_share, in_bath, is_reference};
pub use laws::{ION_LAWS, TemperatureLaw, Warming, delay_factor, temperature_laws};
pub use reference::{REFERENCE_AGE_D, REFERENCE_CALCIUM_MM, REFERENCE_CELSIUS, REFERENCE_MAGNESIUM_MM};
