//! TODO: what the room `calibration` holds.

pub mod calibrate;
pub(crate) mod free;
pub(crate) mod identifiability;
pub(crate) mod residuals;

pub use crate::calibration::free::{FREE, FreeParameter};
pub use crate::calibration::identifiability::{Identifiability, identifiability};
pub use crate::calibration::residuals::misfit;
pub use calibrate::{Calibration, CalibrationOptions, Draw, ParameterSet, accepted_sets, calibrate};
