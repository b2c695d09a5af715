//! The free parameters of the synapse set on the calibration records, sets that are
//! accepted besides, and what the records leave open.

pub(crate) mod calibrate;
pub(crate) mod free;
pub(crate) mod identifiability;
pub(crate) mod residuals;

pub use calibrate::{Calibration, CalibrationOptions, ParameterSet, calibrate};
pub use free::{FREE, FreeParameter};
pub use identifiability::{Identifiability, identifiability};
pub use residuals::misfit;
