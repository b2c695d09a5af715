//! The rules that read the membrane potential, in the cell of the slice.
//!
//! Their thresholds are potentials of another cell. They keep their distance from
//! rest: u of the rule is the dendritic potential less the difference of the two
//! resting potentials. The equations are those of `clopath_2010` and
//! `dainauskas_2023`; traces are exact under an input that moves linearly, the
//! products of traces are taken at the middle of a step.

use crate::parameters::table::Parameters;
use crate::rules::clopath_2010::parameters::Clopath2010;
use crate::rules::dainauskas_2023::parameters::{Dainauskas2023, STEP_MS};
use crate::rules::spine::reading::Reading;
use crate::rules::spine::state::{SynapticState, VoltageTraces};

/// Resting potential of the dendrite of Dainauskas's cell, mV.
const DAINAUSKAS_REST_MV: f64 = -69.0;
/// Jump of the presynaptic trace y: one step of the published grid over 15 ms.
pub(crate) const DAINAUSKAS_JUMP: f64 = STEP_MS / PRESYNAPTIC_MS;
const PRESYNAPTIC_MS: f64 = 15.0;
const POTENTIAL_MS: f64 = 10.0;
const N1_MS: f64 = 20.0;
const N2_MS: f64 = 1000.0;
const THETA_MS: f64 = 100.0;
/// Open share of the published receptors at the end of a lone pulse of 1 ms,
/// α/(α+β) (1 − e^{−(α+β)}), with α and β of GluN2A and GluN2B, /ms.
const PULSE_2A: (f64, f64) = (0.5, 0.024);
const PULSE_2B: (f64, f64) = (0.1, 0.0075);

/// Where a cell differs from that of the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct InCell {
    /// Resting potential here less that of the paper, mV.
    pub shift_mv: f64,
    /// Conductance of the paper (mS/cm²) per open nS here, GluN2A and GluN2B.
    pub per_ns: (f64, f64),
}

impl InCell {
    pub(crate) fn of_clopath(rule: &Clopath2010, rest_mv: f64) -> Self {
        // The threshold of the filtered potentials is the resting potential.
        Self { shift_mv: rest_mv - rule.theta_minus_mv, per_ns: (0.0, 0.0) }
    }

    pub(crate) fn of_dainauskas(rule: &Dainauskas2023, p: &Parameters, rest_mv: f64) -> Self {
        let pulse = |(alpha, beta): (f64, f64)| alpha / (alpha + beta) * -libm::expm1(-(alpha + beta));
        let per_ns = |scale: f64, rates, release_ns: f64| {
            if release_ns > 0.0 { 1e-3 * scale * pulse(rates) / release_ns } else { 0.0 }
        };
        Self {
            shift_mv: rest_mv - DAINAUSKAS_REST_MV,
            per_ns: (
                per_ns(rule.nr2a_scale, PULSE_2A, p.nmda_ns * (1.0 - p.glun2b_share)),
                per_ns(rule.nr2b_scale, PULSE_2B, p.nmda_ns * p.glun2b_share),
            ),
        }
    }
}

/// A presynaptic spike: depression by the filtered potential, then the trace.
pub(crate) fn clopath_spike(
    p: &Clopath2010,
    cell: &InCell,
    state: &mut SynapticState,
    release: f64,
    reading: &Reading,
) {
    let over = (reading.filtered_mv.0 - cell.shift_mv - p.theta_minus_mv).max(0.0);
    state.value = (state.value - p.depression * release * over).max(0.0);
    state.traces.presynaptic += release / p.trace_ms;
}

/// Potentiation A_P x̄ \[u − θ_+\]_+ \[ū_+ − θ_−\]_+ over a step.
pub(crate) fn clopath_step(
    p: &Clopath2010,
    cell: &InCell,
    state: &mut SynapticState,
    before: &Reading,
    after: &Reading,
    dt_ms: f64,
) {
    let trace = &mut state.traces.presynaptic;
    let fade = libm::exp(-0.5 * dt_ms / p.trace_ms);
    let drive = |reading: &Reading| {
        let over = (reading.dendrite_mv - cell.shift_mv - p.theta_plus_mv).max(0.0);
        over * (reading.filtered_mv.1 - cell.shift_mv - p.theta_minus_mv).max(0.0)
    };
    let gain = p.potentiation * *trace * fade * 0.5 * (drive(before) + drive(after)) * dt_ms;
    *trace *= fade * fade;
    state.value = (state.value + gain).min(p.weight_high);
}

/// What is left of the traces of Dainauskas's rule after a step. Under an input
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

/// One step of the rule with the conductances of the spine.
pub(crate) fn dainauskas_step(
    p: &Dainauskas2023,
    cell: &InCell,
    state: &mut SynapticState,
    before: &Reading,
    after: &Reading,
    dt_ms: f64,
) {
    let mean = |of: fn(&Reading) -> f64| 0.5 * (of(before) + of(after));
    let u = mean(|reading| reading.dendrite_mv) - cell.shift_mv;
    let g2a = cell.per_ns.0 * mean(|reading| reading.glun2a_ns);
    let g2b = cell.per_ns.1 * mean(|reading| reading.glun2b_ns);
    learn(p, state, [u, g2a, g2b], &Fades::over(dt_ms));
}

/// Traces and weight over a step under a potential (mV) and the two conductances
/// (mS/cm²).
fn learn(p: &Dainauskas2023, state: &mut SynapticState, [u, g2a, g2b]: [f64; 3], fades: &Fades) {
    let old = state.traces;
    let t = &mut state.traces;
    let traced = |trace: f64, input: f64, fade: f64| input + (trace - input) * fade;
    t.potential.0 = traced(old.potential.0, (u + 65.0).max(0.0), fades.potential);
    t.potential.1 = traced(old.potential.1, (u + 67.0).max(0.0), fades.potential);
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
        state.value = target + (state.value - target) * libm::exp(-rate * fades.dt_ms);
    }
}

/// Longest stretch after which nothing of a gap is left in the traces, ms: ten
/// times the slowest.
const FORGOTTEN_MS: f64 = 10.0 * N2_MS;

/// Passes a gap at rest: fine steps while the potential traces fade, coarse ones
/// for the slow trace and what it drives.
pub(crate) fn dainauskas_gap(p: &Dainauskas2023, state: &mut SynapticState, gap_ms: f64) {
    let rest = [DAINAUSKAS_REST_MV, 0.0, 0.0];
    let (fine, coarse) = (Fades::over(2.0), Fades::over(20.0));
    let end = gap_ms.min(FORGOTTEN_MS);
    let mut passed = 0.0;
    while passed < end {
        let step = if passed < 100.0 { fine } else { coarse };
        let left = end - passed;
        let step = if left < step.dt_ms { Fades::over(left) } else { step };
        learn(p, state, rest, &step);
        passed += step.dt_ms;
    }
    if gap_ms > FORGOTTEN_MS {
        state.traces = VoltageTraces::default();
    }
}
