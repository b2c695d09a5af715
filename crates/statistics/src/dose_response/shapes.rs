//! The three shapes by name.

use crate::dose_response::curve::Shape;
use crate::dose_response::fit::fit;
use crate::dose_response::outcome::CurveOutcome;
use crate::error::StatisticsError;

/// Fits baseline, plateau and EC50 with Hill slope 1.
///
/// # Errors
/// As [`fit`].
pub fn fit_3pl(dose: &[f64], response: &[f64], level: f64) -> Result<CurveOutcome, StatisticsError> {
    fit(Shape::ThreeParameter, dose, response, level)
}

/// Fits baseline, plateau, EC50 and Hill slope.
///
/// # Errors
/// As [`fit`].
pub fn fit_4pl(dose: &[f64], response: &[f64], level: f64) -> Result<CurveOutcome, StatisticsError> {
    fit(Shape::FourParameter, dose, response, level)
}

/// Fits baseline, plateau, EC50, Hill slope and asymmetry.
///
/// # Errors
/// As [`fit`].
pub fn fit_5pl(dose: &[f64], response: &[f64], level: f64) -> Result<CurveOutcome, StatisticsError> {
    fit(Shape::FiveParameter, dose, response, level)
}
