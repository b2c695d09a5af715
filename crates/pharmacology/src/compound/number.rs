//! A number of a record with everything that is known about it.

use evidence::Evidence;
use quantity::{Concentration, Conductance};
use serde::Serialize;
use std::fmt;

/// A value with its range, source and evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Number<T> {
    /// The value in use.
    pub value: T,
    /// Lowest and highest defensible value, where the spread is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<[T; 2]>,
    /// Where it stands, or how it was derived.
    pub source: String,
    /// How sure it is.
    pub evidence: Evidence,
}

/// What a compound does at saturation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Maximum {
    /// Factor on the target (1 = no change, 0 = complete block).
    Factor(f64),
    /// Fraction blocked at full activation by a use-dependent blocker (1 = all).
    Blocked(f64),
    /// Conductance opened by the compound itself.
    Conductance(Conductance),
}

impl Maximum {
    /// The bare number: the factor, the fraction, or the conductance in nS.
    pub(crate) fn bare(self) -> f64 {
        match self {
            Self::Factor(number) | Self::Blocked(number) => number,
            Self::Conductance(conductance) => conductance.ns(),
        }
    }
}

impl fmt::Display for Maximum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Factor(factor) => write!(f, "× {factor}"),
            Self::Blocked(fraction) => write!(f, "{fraction} blocked"),
            Self::Conductance(conductance) => write!(f, "{conductance}"),
        }
    }
}

impl Number<Concentration> {
    /// The value at quantile `u` (0–1) of a log-uniform prior over the range:
    ///
    /// C(u) = low · (high/low)^u
    ///
    /// Without a range, the value itself. For propagating the doubt about a
    /// potency through a result.
    pub fn log_uniform(&self, u: f64) -> Concentration {
        match self.range {
            None => self.value,
            Some([low, high]) => {
                let u = u.clamp(0.0, 1.0);
                Concentration::from_um(low.um() * libm::pow(high.um() / low.um(), u))
            }
        }
    }
}

impl<T: fmt::Display> Number<T> {
    /// Value and range in words, e.g. `0.7 µM (0.05 µM to 10 µM)`.
    pub(crate) fn in_words(&self) -> String {
        match &self.range {
            None => self.value.to_string(),
            Some([low, high]) => format!("{} ({low} to {high})", self.value),
        }
    }
}

/// The tags a record may use. `calibrated` is not among them: a number of a
/// drug is never fitted to an outcome.
pub(crate) const TAGS: [(&str, Evidence); 4] = [
    ("measured", Evidence::Measured),
    ("from_memory", Evidence::FromMemory),
    ("derived", Evidence::Derived),
    ("model_choice", Evidence::ModelChoice),
];
