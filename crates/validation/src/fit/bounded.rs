//! Parameters that a fit may move, with their bounds.

use crate::calibration::FREE;
use crate::error::ValidationError;
use synapse::{ParameterSpec, Parameters};

/// Moved if the study names none: release, the NMDA conductance, the spread of
/// thresholds over spines, and that of expression over slices.
pub const USUAL: [(&str, f64, f64); 4] = [
    ("release.probability", 0.08, 0.2),
    ("nmda.conductance", 0.17, 0.68),
    ("rule.threshold_cv", 0.1, 0.6),
    ("variation.slice_weight", 0.05, 0.9),
];

/// A parameter with the bounds of the search.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounded {
    /// Path in the parameter table.
    pub path: String,
    /// Lower bound, in the unit of the table.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl Bounded {
    /// A parameter within its bounds of [`USUAL`], of calibration, or of the table.
    ///
    /// # Errors
    /// [`ValidationError::UnknownParameter`].
    pub fn usual(path: &str) -> Result<Self, ValidationError> {
        if let Some((_, low, high)) = USUAL.into_iter().find(|(known, _, _)| *known == path) {
            return Ok(Self { path: path.to_owned(), low, high });
        }
        if let Some(free) = FREE.iter().find(|free| free.path == path) {
            return Ok(Self { path: path.to_owned(), low: free.low, high: free.high });
        }
        let spec = spec_of(path).ok_or_else(|| ValidationError::UnknownParameter(path.to_owned()))?;
        Ok(Self { path: path.to_owned(), low: spec.low, high: spec.high })
    }

    /// Its row of the parameter table.
    pub(super) fn spec(&self) -> Option<&'static ParameterSpec> {
        spec_of(&self.path)
    }

    /// Whether the scale is logarithmic: bounds above zero and further apart than a factor of 2.
    fn logarithmic(&self) -> bool {
        self.low > 0.0 && self.high > 2.0 * self.low
    }

    /// The value at `x`, 0 at the lower and 1 at the upper bound.
    pub fn value_at(&self, x: f64) -> f64 {
        let x = x.clamp(0.0, 1.0);
        if self.logarithmic() {
            // The ends are met exactly.
            (self.low * libm::pow(self.high / self.low, x)).clamp(self.low, self.high)
        } else {
            self.low + (self.high - self.low) * x
        }
    }

    /// Where a value lies between the bounds, 0 to 1.
    pub fn place_of(&self, value: f64) -> f64 {
        let place = if self.logarithmic() {
            libm::log(value.max(self.low) / self.low) / libm::log(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        place.clamp(0.0, 1.0)
    }

    /// Where the shipped value lies.
    pub(super) fn place_of_default(&self) -> f64 {
        self.place_of(Parameters::default().get(&self.path).unwrap_or(self.low))
    }
}

fn spec_of(path: &str) -> Option<&'static ParameterSpec> {
    Parameters::specs().iter().find(|spec| spec.path == path)
}

/// The parameters, or the usual ones, if all can be moved as asked.
///
/// # Errors
/// Unknown names, names given twice, bounds outside the table or in the wrong order.
pub(super) fn checked(asked: &[Bounded]) -> Result<Vec<Bounded>, ValidationError> {
    if asked.is_empty() {
        return USUAL.iter().map(|(path, _, _)| Bounded::usual(path)).collect();
    }
    for (k, free) in asked.iter().enumerate() {
        let spec = free.spec().ok_or_else(|| ValidationError::UnknownParameter(free.path.clone()))?;
        let fault = |what: String| Err(ValidationError::Bounds { parameter: free.path.clone(), what });
        if asked[..k].iter().any(|other| other.path == free.path) {
            return fault("named twice".to_owned());
        }
        let inside = free.low < free.high && free.low >= spec.low && free.high <= spec.high;
        if !inside {
            let unit = if spec.unit == "1" { "" } else { spec.unit };
            let found = format!("bounds {} to {}", free.low, free.high);
            return fault(format!(
                "{found}: expected the lower one first, both within {} to {} {unit}",
                spec.low, spec.high
            ));
        }
    }
    Ok(asked.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_values_are_inverse_on_both_scales() {
        for free in [
            Bounded::usual("release.probability").unwrap(),
            Bounded::usual("variation.slice_weight").unwrap(),
            Bounded { path: "nmda.magnesium".into(), low: 1.0, high: 1.5 },
        ] {
            for x in [0.0, 0.2, 0.7, 1.0] {
                assert!((free.place_of(free.value_at(x)) - x).abs() < 1e-12, "{free:?}");
            }
            assert_eq!((free.value_at(0.0), free.value_at(1.0)), (free.low, free.high));
        }
    }

    #[test]
    fn usual_bounds_hold_the_shipped_values_and_lie_in_the_table() {
        for (path, low, high) in USUAL {
            let spec = spec_of(path).unwrap();
            assert!(spec.low <= low && low < spec.default && spec.default < high && high <= spec.high, "{path}");
        }
    }

    #[test]
    fn unknown_reversed_and_doubled_parameters_are_refused() {
        let of = |path: &str, low, high| Bounded { path: path.to_owned(), low, high };
        let refused = |list: &[Bounded]| checked(list).unwrap_err().to_string();
        assert!(refused(&[of("release.probabilty", 0.1, 0.2)]).contains("unknown parameter"));
        assert!(refused(&[of("release.probability", 0.2, 0.1)]).contains("lower one first"));
        assert!(refused(&[of("release.probability", 0.1, 2.0)]).contains("within 0.02 to 0.8"));
        let twice = of("release.probability", 0.1, 0.2);
        assert!(refused(&[twice.clone(), twice]).contains("named twice"));
        assert_eq!(checked(&[]).unwrap().len(), USUAL.len());
    }
}
