//! The rule on a spine of the slice: it reads effective calcium. The thresholds of
//! a spine follow from its test pulse and its back-propagating spike, as published.

use crate::rules::chindemi_2022::parameters::{Chindemi2022, Thresholds};
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::relaxation::{drifted, relaxed, share_above};
use crate::rules::spine::spine_rule::SpineRule;

/// One spine under the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SpineState {
    pub(crate) rho: f64,
    /// Thresholds of this spine, µM ms.
    pub(crate) thresholds: Thresholds,
}

impl SpineRule for Chindemi2022 {
    type State = SpineState;

    fn start(&self, up: bool, spread: f64, peaks: &Peaks) -> SpineState {
        let Thresholds { depression, potentiation } =
            self.thresholds_from(peaks.effective_um_ms, peaks.spike_effective_um_ms);
        let thresholds = Thresholds { depression: depression * spread, potentiation: potentiation * spread };
        SpineState { rho: f64::from(u8::from(up)), thresholds }
    }

    fn advance(&self, state: &mut SpineState, before: &Reading, after: &Reading, dt_ms: f64) {
        let share = |theta: f64| share_above(before.effective_um_ms, after.effective_um_ms, theta);
        let up = self.gamma_p * share(state.thresholds.potentiation);
        let down = self.gamma_d * share(state.thresholds.depression);
        state.rho = relaxed(state.rho, up, down, self.rho_star, dt_ms / self.tau_ms);
    }

    fn rest(&self, state: &mut SpineState, gap_ms: f64) {
        state.rho = drifted(state.rho, self.rho_star, gap_ms / self.tau_ms);
    }

    fn closeness(&self, state: &SpineState, reading: &Reading) -> f64 {
        reading.effective_um_ms / state.thresholds.depression.min(state.thresholds.potentiation)
    }

    fn value(&self, state: &SpineState) -> f64 {
        state.rho
    }

    fn strength(&self, state: &SpineState) -> f64 {
        Chindemi2022::strength(self, state.rho) / Chindemi2022::strength(self, 0.0)
    }

    fn span(&self) -> Option<f64> {
        Some(Chindemi2022::strength(self, 1.0) / Chindemi2022::strength(self, 0.0) - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::chindemi_2022::parameters::BASAL;

    #[test]
    fn the_state_stays_between_0_and_1() {
        let thresholds = Thresholds { depression: 50.0, potentiation: 80.0 };
        let mut state = SpineState { rho: 0.0, thresholds };
        let effective = |effective_um_ms: f64| Reading { effective_um_ms, ..Reading::default() };
        for k in 0..100_000 {
            let e = 100.0 * (0.5 + 0.5 * libm::sin(f64::from(k) * 0.01));
            BASAL.advance(&mut state, &effective(e), &effective(e + 0.5), 1.0);
            assert!((0.0..=1.0).contains(&state.rho));
        }
        assert!(state.rho > 0.4 && SpineRule::strength(&BASAL, &state) > 1.0);
    }
}
