//! The rule on a spine of the slice: it reads the GluN2A and GluN2B conductances of
//! the spine, a release of one mean vesicle standing for one pulse of the paper, and
//! the potential of the dendrite.
//!
//! Its thresholds are potentials of another cell. They keep their distance from
//! rest: u of the rule is the dendritic potential less the difference of the two
//! resting potentials. Traces are exact under an input that moves linearly, the
//! products of traces are taken at the middle of a step.

use crate::kinetics::destexhe_1998::{GLUN2A, GLUN2B};
use crate::parameters::table::Parameters;
use crate::rules::dainauskas_2023::parameters::{
    ABOVE_MV, Dainauskas2023, N1_MS, N2_MS, POTENTIAL_MS, PRESYNAPTIC_MS, REST_MV, STEP_MS, THETA_MS,
};
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::spine_rule::SpineRule;

/// Jump of the presynaptic trace y: one step of the published grid over 15 ms.
const JUMP: f64 = STEP_MS / PRESYNAPTIC_MS;
/// Open share of the published receptors at the end of a lone pulse of 1 ms,
/// α/(α+β) (1 − e^{−(α+β)}), with α and β of GluN2A and GluN2B, /ms.
const PULSE_2A: (f64, f64) = (GLUN2A.alpha, GLUN2A.beta);
const PULSE_2B: (f64, f64) = (GLUN2B.alpha, GLUN2B.beta);
/// Longest stretch after which nothing of a gap is left in the traces, ms: ten
/// times the slowest.
const FORGOTTEN_MS: f64 = 10.0 * N2_MS;

/// The rule with what sets its cell apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OnSpine {
    p: Dainauskas2023,
    /// Resting potential here less that of the paper, mV.
    shift_mv: f64,
    /// Conductance of the paper (mS/cm²) per open nS here, GluN2A and GluN2B.
    per_ns: (f64, f64),
}

impl OnSpine {
    /// The rule in a cell like that of the paper, without receptors yet.
    pub(crate) fn new(p: Dainauskas2023) -> Self {
        Self { p, shift_mv: 0.0, per_ns: (0.0, 0.0) }
    }
}

/// Traces of one synapse.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Traces {
    /// y, the trace of presynaptic spikes.
    pub(crate) presynaptic: f64,
    /// x_1 and x_2, mV.
    pub(crate) potential: (f64, f64),
    /// n_1 and n_2, mS/cm².
    pub(crate) conductance: (f64, f64),
    /// ϑ_1 and ϑ_2.
    pub(crate) theta: (f64, f64),
}

/// One spine under the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SpineState {
    pub(crate) weight: f64,
    pub(crate) traces: Traces,
}

impl SpineRule for OnSpine {
    type State = SpineState;

    fn in_cell(self, p: &Parameters, rest_mv: f64) -> Self {
        let pulse = |(alpha, beta): (f64, f64)| alpha / (alpha + beta) * -libm::expm1(-(alpha + beta));
        let per_ns = |scale: f64, rates, release_ns: f64| {
            if release_ns > 0.0 { 1e-3 * scale * pulse(rates) / release_ns } else { 0.0 }
        };
        Self {
            p: self.p,
            shift_mv: rest_mv - REST_MV,
            per_ns: (
                per_ns(self.p.nr2a_scale, PULSE_2A, p.nmda_ns * (1.0 - p.glun2b_share)),
                per_ns(self.p.nr2b_scale, PULSE_2B, p.nmda_ns * p.glun2b_share),
            ),
        }
    }

    fn start(&self, _up: bool, _spread: f64, _peaks: &Peaks) -> SpineState {
        SpineState { weight: self.p.start_weight, traces: Traces::default() }
    }

    fn presynaptic(&self, state: &mut SpineState, release: f64, _reading: &Reading) {
        state.traces.presynaptic += release * JUMP;
    }

    fn advance(&self, state: &mut SpineState, before: &Reading, after: &Reading, dt_ms: f64) {
        let mean = |of: fn(&Reading) -> f64| 0.5 * (of(before) + of(after));
        let u = mean(|reading| reading.dendrite_mv) - self.shift_mv;
        let g2a = self.per_ns.0 * mean(|reading| reading.glun2a_ns);
        let g2b = self.per_ns.1 * mean(|reading| reading.glun2b_ns);
        learn(&self.p, state, [u, g2a, g2b], &Fades::over(dt_ms));
    }

    /// Fine steps while the potential traces fade, coarse ones for the slow trace
    /// and what it drives.
    fn rest(&self, state: &mut SpineState, gap_ms: f64) {
        let rest = [REST_MV, 0.0, 0.0];
        let (fine, coarse) = (Fades::over(2.0), Fades::over(20.0));
        let end = gap_ms.min(FORGOTTEN_MS);
        let mut passed = 0.0;
        while passed < end {
            let step = if passed < 100.0 { fine } else { coarse };
            let left = end - passed;
            let step = if left < step.dt_ms { Fades::over(left) } else { step };
            learn(&self.p, state, rest, &step);
            passed += step.dt_ms;
        }
        if gap_ms > FORGOTTEN_MS {
            state.traces = Traces::default();
        }
    }

    fn value(&self, state: &SpineState) -> f64 {
        state.weight
    }

    fn strength(&self, state: &SpineState) -> f64 {
        state.weight / self.p.start_weight
    }
}

/// What is left of the traces after a step. Under an input
/// that moves linearly a trace goes to the mean of the input; the lag it neglects
/// is of second order in the step.
#[derive(Clone, Copy, Debug)]
struct Fades {
    dt_ms: f64,
    potential: f64,
    presynaptic: f64,
    conductance: (f64, f64),
    theta: f64,
}

impl Fades {
    fn over(dt_ms: f64) -> Self {
        let fade = |tau: f64| libm::exp(-dt_ms / tau);
        Self {
            dt_ms,
            potential: fade(POTENTIAL_MS),
            presynaptic: fade(PRESYNAPTIC_MS),
            conductance: (fade(N1_MS), fade(N2_MS)),
            theta: fade(THETA_MS),
        }
    }
}

/// Traces and weight over a step under a potential (mV) and the two conductances
/// (mS/cm²).
fn learn(p: &Dainauskas2023, state: &mut SpineState, [u, g2a, g2b]: [f64; 3], fades: &Fades) {
    let old = state.traces;
    let t = &mut state.traces;
    let traced = |trace: f64, input: f64, fade: f64| input + (trace - input) * fade;
    t.potential.0 = traced(old.potential.0, (u - ABOVE_MV[0]).max(0.0), fades.potential);
    t.potential.1 = traced(old.potential.1, (u - ABOVE_MV[1]).max(0.0), fades.potential);
    t.presynaptic = old.presynaptic * fades.presynaptic;
    t.conductance.0 = traced(old.conductance.0, 0.2 * g2a + 0.8 * g2b, fades.conductance.0);
    t.conductance.1 = traced(old.conductance.1, 0.8 * g2a + 0.2 * g2b, fades.conductance.1);
    let middle = |one: f64, other: f64| 0.5 * (one + other);
    let n1 = middle(old.conductance.0, t.conductance.0) / p.ltp_half;
    let n2 = middle(old.conductance.1, t.conductance.1) / p.ltd_half;
    let (fourth, square) = (n1 * n1 * n1 * n1, n2 * n2);
    let h1 = (fourth / (fourth + 1.0) - old.theta.0).max(0.0);
    let h2 = (square / (square + 1.0) - old.theta.1).max(0.0);
    t.theta.0 = traced(old.theta.0, 10.0 * h2, fades.theta);
    t.theta.1 = traced(old.theta.1, 1000.0 * h1, fades.theta);
    let up = h1 * middle(old.potential.0, t.potential.0);
    let presynaptic = middle(old.presynaptic, t.presynaptic);
    let down = p.ltd_gain * h2 * middle(old.potential.1, t.potential.1) * presynaptic;
    let rate = up + down;
    if rate > 0.0 {
        let target = (up * p.weight_high + down * p.weight_low) / rate;
        state.weight = target + (state.weight - target) * libm::exp(-rate * fades.dt_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::dainauskas_2023::parameters::CONTROL;

    /// In a gap of any length the traces end as in one of many parts.
    #[test]
    fn the_traces_pass_a_gap() {
        let rule = OnSpine::new(CONTROL);
        let traces =
            Traces { presynaptic: 0.01, potential: (20.0, 22.0), conductance: (1e-4, 1e-4), theta: (0.1, 0.1) };
        let start = SpineState { weight: 1.0, traces };
        let (mut once, mut twice, mut long) = (start, start, start);
        rule.rest(&mut once, 2_000.0);
        rule.rest(&mut twice, 1_000.0);
        rule.rest(&mut twice, 1_000.0);
        assert!((once.weight - twice.weight).abs() < 1e-3 * (once.weight - 1.0).abs(), "{once:?} {twice:?}");
        rule.rest(&mut long, 1e7);
        assert!((long.weight - once.weight).abs() < 1e-2 * (once.weight - 1.0).abs());
        assert_eq!(long.traces, Traces::default());
    }
}
