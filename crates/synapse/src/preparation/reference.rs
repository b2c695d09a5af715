//! The preparation that the calibration stands for.

/// Temperature that the calibration stands for, °C.
pub const REFERENCE_CELSIUS: f64 = 32.0;
/// Extracellular calcium that the calibration stands for, mM.
pub const REFERENCE_CALCIUM_MM: f64 = 2.0;
/// Extracellular magnesium that the calibration stands for, mM.
pub const REFERENCE_MAGNESIUM_MM: f64 = 1.3;
/// Age that the calibration stands for, postnatal days.
pub const REFERENCE_AGE_D: f64 = 60.0;
