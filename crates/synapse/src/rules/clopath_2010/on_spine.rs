//! The rule on a spine of the slice: it reads the potential of the dendrite.
//!
//! Its thresholds are potentials of another cell. They keep their distance from
//! rest: u of the rule is the dendritic potential less the difference of the two
//! resting potentials. The presynaptic trace is exact, its products are taken at
//! the middle of a step.

use crate::parameters::table::Parameters;
use crate::rules::clopath_2010::parameters::Clopath2010;
use crate::rules::spine::reading::{Filters, Peaks, Reading};
use crate::rules::spine::spine_rule::SpineRule;

/// The rule with what sets its cell apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OnSpine {
    p: Clopath2010,
    /// Resting potential here less that of the paper, mV.
    shift_mv: f64,
}

impl OnSpine {
    /// The rule in a cell like that of the paper.
    pub(crate) fn new(p: Clopath2010) -> Self {
        Self { p, shift_mv: 0.0 }
    }
}

/// One spine under the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SpineState {
    pub(crate) weight: f64,
    /// Trace x̄ of presynaptic spikes, 1/ms.
    pub(crate) trace: f64,
}

impl SpineRule for OnSpine {
    type State = SpineState;

    fn in_cell(self, _p: &Parameters, rest_mv: f64) -> Self {
        // The threshold of the filtered potentials is the resting potential.
        Self { shift_mv: rest_mv - self.p.theta_minus_mv, ..self }
    }

    fn start(&self, _up: bool, _spread: f64, _peaks: &Peaks) -> SpineState {
        SpineState { weight: self.p.start_weight, trace: 0.0 }
    }

    fn filters(&self) -> Option<Filters> {
        Some(Filters { tau_ms: (self.p.tau_minus_ms, self.p.tau_plus_ms), delay_ms: self.p.delay_ms })
    }

    /// Depression by the filtered potential, then the trace.
    fn presynaptic(&self, state: &mut SpineState, release: f64, reading: &Reading) {
        let over = (reading.filtered_mv.0 - self.shift_mv - self.p.theta_minus_mv).max(0.0);
        state.weight = (state.weight - self.p.depression * release * over).max(0.0);
        state.trace += release / self.p.trace_ms;
    }

    /// Potentiation A_P x̄ \[u − θ_+\]_+ \[ū_+ − θ_−\]_+.
    fn advance(&self, state: &mut SpineState, before: &Reading, after: &Reading, dt_ms: f64) {
        let p = &self.p;
        let fade = libm::exp(-0.5 * dt_ms / p.trace_ms);
        let drive = |reading: &Reading| {
            let over = (reading.dendrite_mv - self.shift_mv - p.theta_plus_mv).max(0.0);
            over * (reading.filtered_mv.1 - self.shift_mv - p.theta_minus_mv).max(0.0)
        };
        let gain = p.potentiation * state.trace * fade * 0.5 * (drive(before) + drive(after)) * dt_ms;
        state.trace *= fade * fade;
        state.weight = (state.weight + gain).min(p.weight_high);
    }

    fn rest(&self, state: &mut SpineState, gap_ms: f64) {
        state.trace *= libm::exp(-gap_ms / self.p.trace_ms);
    }

    fn value(&self, state: &SpineState) -> f64 {
        state.weight
    }

    fn strength(&self, state: &SpineState) -> f64 {
        state.weight / self.p.start_weight
    }
}
