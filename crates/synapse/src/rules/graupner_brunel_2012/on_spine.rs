//! The rule on a spine of the slice: it carries its calcium transient, which spikes
//! cause. Crossings of the thresholds are exact, whatever the steps.

use crate::rules::graupner_brunel_2012::parameters::GraupnerBrunel2012;
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::relaxation::relaxed;
use crate::rules::spine::spine_rule::SpineRule;

/// One spine under the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SpineState {
    pub(crate) rho: f64,
    /// Calcium transient of the rule.
    pub(crate) calcium: f64,
    /// Factor on the thresholds of this spine.
    pub(crate) spread: f64,
}

impl SpineRule for GraupnerBrunel2012 {
    type State = SpineState;

    fn start(&self, up: bool, spread: f64, _peaks: &Peaks) -> SpineState {
        SpineState { rho: f64::from(u8::from(up)), calcium: 0.0, spread }
    }

    fn delay_ms(&self) -> f64 {
        self.delay_ms
    }

    fn presynaptic(&self, state: &mut SpineState, release: f64, _reading: &Reading) {
        state.calcium += self.c_pre * release;
    }

    fn postsynaptic(&self, state: &mut SpineState) {
        state.calcium += self.c_post;
    }

    fn advance(&self, state: &mut SpineState, _before: &Reading, _after: &Reading, dt_ms: f64) {
        let calcium = state.calcium;
        let above = |theta: f64| {
            let theta = theta * state.spread;
            if calcium > theta { (self.tau_ca_ms * libm::log(calcium / theta)).min(dt_ms) } else { 0.0 }
        };
        let (low, high) = (above(self.theta_d), above(self.theta_p));
        let span = |length: f64| length / (1000.0 * self.tau_s);
        let (first, second) = (low.min(high), low.max(high));
        for (from, to) in [(0.0, first), (first, second), (second, dt_ms)] {
            if to > from {
                let up = if high > from { self.gamma_p } else { 0.0 };
                let down = if low > from { self.gamma_d } else { 0.0 };
                state.rho = relaxed(state.rho, up, down, self.rho_star, span(to - from));
            }
        }
        state.calcium = calcium * libm::exp(-dt_ms / self.tau_ca_ms);
    }

    fn rest(&self, state: &mut SpineState, gap_ms: f64) {
        self.advance(state, &Reading::default(), &Reading::default(), gap_ms);
    }

    fn value(&self, state: &SpineState) -> f64 {
        state.rho
    }

    fn strength(&self, state: &SpineState) -> f64 {
        1.0 + (self.strength_ratio - 1.0) * state.rho
    }

    fn span(&self) -> Option<f64> {
        Some(self.strength_ratio - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::graupner_brunel_2012::parameters::DP;
    use crate::rules::graupner_brunel_2012::simulation::segment_exact;
    use crate::rules::protocol::Protocol;

    /// With its own transient the rule on a spine is the event-exact one, whatever
    /// the steps between the spikes (the drift is what the exact mean leaves out,
    /// so it is slowed down to nothing here by starting from 0 with strong rates).
    #[test]
    fn on_a_spine_it_is_the_event_exact_rule() {
        let p = GraupnerBrunel2012 { delay_ms: 0.0, ..DP };
        let expected = segment_exact(&p, &Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms: 10.0 }, 0.0).unwrap();
        let quiet = Reading::default();
        for parts in [1_u32, 7] {
            let mut state = SpineState { rho: 0.0, calcium: 0.0, spread: 1.0 };
            let pass = |state: &mut SpineState, length: f64| {
                (0..parts).for_each(|_| p.advance(state, &quiet, &quiet, length / f64::from(parts)));
            };
            for _ in 0..60 {
                p.presynaptic(&mut state, 1.0, &quiet);
                pass(&mut state, 10.0);
                p.postsynaptic(&mut state);
                pass(&mut state, 190.0);
            }
            // 12 s at τ = 150 s: the drift changes ρ by less than a hundredth.
            assert!((state.rho - expected).abs() < 0.01, "{parts}: {} {expected}", state.rho);
        }
    }
}
