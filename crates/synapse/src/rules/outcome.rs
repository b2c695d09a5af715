//! What a rule yields under a protocol.

use crate::rules::error::RuleError;
use crate::rules::protocol::Protocol;

/// A named number of an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detail {
    /// What it is.
    pub name: &'static str,
    /// Its unit; `1` for numbers without one.
    pub unit: &'static str,
    /// Value.
    pub value: f64,
}

/// What a rule yields under a protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Synaptic strength after / before.
    pub ratio: f64,
    /// Further numbers, in the order of the rule.
    pub details: Vec<Detail>,
}

impl Outcome {
    pub(crate) fn new(ratio: f64) -> Self {
        Self { ratio, details: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, unit: &'static str, value: f64) -> Self {
        self.details.push(Detail { name, unit, value });
        self
    }

    /// A detail by name.
    pub fn detail(&self, name: &str) -> Option<f64> {
        self.details.iter().find(|detail| detail.name == name).map(|detail| detail.value)
    }
}

/// A rule with its parameters, ready for protocols.
pub type Prepared = Box<dyn Fn(&Protocol) -> Result<Outcome, RuleError> + Send + Sync>;
