//! A rule that is chosen but in no slice yet.

use crate::parameters::table::Parameters;
use crate::rules::spine::spine_rule::SpineRule;
use crate::slice::spines::carried::{Carried, Spines};
use std::fmt::Debug;
use std::sync::Arc;

/// A rule with its values that the spines of a slice can carry; entries of the
/// catalogue yield it ([`crate::rules::Rule::attach`]).
#[derive(Clone, Debug)]
pub struct ChosenRule(Arc<dyn Chosen>);

/// What a slice asks of a rule before it has spines.
trait Chosen: Debug + Send + Sync {
    fn carried(&self, p: &Parameters, rest_mv: f64) -> Box<dyn Carried>;
    fn span(&self) -> Option<f64>;
}

impl<R: SpineRule> Chosen for R {
    fn carried(&self, p: &Parameters, rest_mv: f64) -> Box<dyn Carried> {
        Box::new(Spines::new(self.clone().in_cell(p, rest_mv)))
    }

    fn span(&self) -> Option<f64> {
        SpineRule::span(self)
    }
}

impl ChosenRule {
    /// The rule with its values.
    pub(crate) fn new(rule: impl SpineRule) -> Self {
        Self(Arc::new(rule))
    }

    /// No spine yet, in a cell with parameters `p` whose dendrite rests at `rest_mv`.
    pub(crate) fn carried(&self, p: &Parameters, rest_mv: f64) -> Box<dyn Carried> {
        self.0.carried(p, rest_mv)
    }

    /// Mean strength before induction, with the share `up` of synapses potentiated.
    pub(crate) fn mean_strength(&self, up: f64) -> f64 {
        1.0 + self.0.span().map_or(0.0, |span| span * up)
    }
}
