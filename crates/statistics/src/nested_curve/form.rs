//! The shape of the mean curve in log dose, between 0 and 1.

use serde::{Deserialize, Serialize};

/// Which curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Logistic step 1/(1 + (E/x)^b): the location is ln EC50, the slope ln b.
    Logistic,
    /// Logistic step of Hill slope 1.
    LogisticOfSlopeOne,
    /// Gaussian bell exp(−((ln x − μ)/w)²/2): the location is the ln dose of the
    /// peak, the slope ln w.
    Bell,
}

impl Form {
    /// Parameters of one curve: baseline, span, location and, unless fixed, slope.
    pub(crate) fn parameters(self) -> usize {
        match self {
            Form::LogisticOfSlopeOne => 3,
            Form::Logistic | Form::Bell => 4,
        }
    }

    /// h and its derivatives along location and slope, at a dose ≥ 0.
    pub(crate) fn value(self, dose: f64, location: f64, slope: f64) -> [f64; 3] {
        if dose <= 0.0 {
            return [0.0; 3];
        }
        let distance = libm::log(dose) - location;
        match self {
            Form::Logistic | Form::LogisticOfSlopeOne => {
                let hill = libm::exp(slope);
                let u = hill * distance;
                let h = 1.0 / (1.0 + libm::exp(-u));
                let steep = h * (1.0 - h);
                [h, -hill * steep, u * steep]
            }
            Form::Bell => {
                let width = libm::exp(slope);
                let z = distance / width;
                let h = libm::exp(-0.5 * z * z);
                [h, h * z / width, h * z * z]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_are_those_of_the_value() {
        let d = 1e-6;
        for form in [Form::Logistic, Form::Bell] {
            for dose in [0.0, 0.03, 0.8, 20.0] {
                let [_, along_location, along_slope] = form.value(dose, -0.4, 0.3);
                let location = (form.value(dose, -0.4 + d, 0.3)[0] - form.value(dose, -0.4 - d, 0.3)[0]) / (2.0 * d);
                let slope = (form.value(dose, -0.4, 0.3 + d)[0] - form.value(dose, -0.4, 0.3 - d)[0]) / (2.0 * d);
                assert!((along_location - location).abs() < 1e-8, "{form:?} {dose}");
                assert!((along_slope - slope).abs() < 1e-8, "{form:?} {dose}");
            }
        }
    }
}
