//! How far data speak about a curve: a limit beyond that is a property of the
//! equation, not of the data.
//!
//! Far above the tested doses a logistic curve is a power law, y = d + A xᵇ, whose
//! EC₅₀ may lie anywhere; two decades above, the two differ by 1 % of the response
//! for b = 1. Limits found out there follow from rounding and from the shape, so
//! they are reported as not bounded.

use crate::dose_response::curve::Parameter;

/// Factor by which a limit of a dose may lie outside the positive doses tested.
const DOSE_FACTOR: f64 = 100.0;
/// Ranges of the responses by which a limit of a plateau may lie outside them.
const RANGES: f64 = 100.0;
/// Largest Hill slope that doses can tell from a step, and the inverse of the smallest.
const STEEPEST: f64 = 100.0;

/// What doses and responses reach.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    ln_dose: (f64, f64),
    response: (f64, f64),
}

impl Reach {
    /// The reach of these data.
    pub(crate) fn of(dose: &[f64], response: &[f64]) -> Reach {
        let ends = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
        };
        let (low, high) = ends(&mut dose.iter().copied().filter(|x| *x > 0.0));
        let (least, most) = ends(&mut response.iter().copied());
        let (margin, range) = (libm::log(DOSE_FACTOR), most - least);
        Reach {
            ln_dose: (libm::log(low) - margin, libm::log(high) + margin),
            response: (least - RANGES * range, most + RANGES * range),
        }
    }

    /// Whether the data speak about the logarithm of a dose.
    pub(crate) fn holds_ln_dose(&self, ln: f64) -> bool {
        ln >= self.ln_dose.0 && ln <= self.ln_dose.1
    }

    /// A limit of the logarithm of a dose, if the data reach it.
    pub(crate) fn of_ln_dose(&self, limit: Option<f64>) -> Option<f64> {
        limit.filter(|ln| self.holds_ln_dose(*ln))
    }

    /// A limit of a response, if the data reach it.
    pub(crate) fn of_response(&self, limit: Option<f64>) -> Option<f64> {
        limit.filter(|y| *y >= self.response.0 && *y <= self.response.1)
    }

    /// A limit of a difference of responses, if the data reach it.
    pub(crate) fn of_difference(&self, limit: Option<f64>) -> Option<f64> {
        limit.filter(|d| d.abs() <= self.response.1 - self.response.0)
    }

    /// A limit of a slope or width, if the data reach it.
    pub(crate) fn of_slope(&self, limit: Option<f64>) -> Option<f64> {
        limit.filter(|b| *b >= 1.0 / STEEPEST && *b <= STEEPEST)
    }

    /// A limit of a parameter of a logistic curve, if the data reach it.
    pub(crate) fn of_parameter(&self, parameter: Parameter, limit: Option<f64>) -> Option<f64> {
        match parameter {
            Parameter::LnEc50 => self.of_ln_dose(limit),
            Parameter::Baseline | Parameter::Plateau => self.of_response(limit),
            Parameter::Hill | Parameter::Asymmetry => self.of_slope(limit),
        }
    }
}
