//! A row of the parameter table, and why a parameter cannot be set as asked.

use crate::parameters::prior::Prior;
use evidence::Evidence;
use thiserror::Error;

/// One row of the parameter table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParameterSpec {
    /// Path used in experiment files, e.g. `nmda.glun2b_share`.
    pub path: &'static str,
    /// Symbol used in the equations.
    pub symbol: &'static str,
    /// Unit; `1` for numbers without one.
    pub unit: &'static str,
    /// Default value, in `unit`.
    pub default: f64,
    /// Lowest accepted value.
    pub low: f64,
    /// Highest accepted value.
    pub high: f64,
    /// How sure the default is.
    pub evidence: Evidence,
    /// What is known of it before any outcome of plasticity is looked at.
    pub prior: Prior,
    /// What it is.
    pub meaning: &'static str,
    /// Author, year, place.
    pub source: &'static str,
}

/// A parameter that cannot be set as asked.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ParameterError {
    /// No parameter has this path.
    #[error("unknown parameter `{path}`")]
    Unknown {
        /// Path asked for.
        path: String,
    },
    /// The value lies outside the range of the parameter.
    #[error("`{path}` = {value} {unit} is outside its range, {low} to {high} {unit}")]
    OutOfRange {
        /// Path of the parameter.
        path: &'static str,
        /// Value asked for.
        value: f64,
        /// Lowest accepted value.
        low: f64,
        /// Highest accepted value.
        high: f64,
        /// Unit.
        unit: &'static str,
    },
}
