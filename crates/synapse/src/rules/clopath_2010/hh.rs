//! The Hodgkin–Huxley neuron of the rule with alpha-shaped currents:
//!
//!   100 V' = −12000 m³h(V−50) − 3600 n⁴(V+77) − 30(V+54.402) + I,
//!   I' = J − I/0.2, J' = −J/0.2; a stimulus of size q adds q e/0.2 to J.
//! nS, pF, pA, mV, ms; rates of Hodgkin & Huxley 1952 for a rest of −65 mV.

use crate::rules::clopath_2010::neuron::{Neuron, Reading, SLICE_MS};
use crate::rules::clopath_2010::parameters::Clopath2010;
use crate::rules::clopath_2010::solver::Fehlberg;

const SYNAPTIC_MS: f64 = 0.2;
/// e as the reference has it.
#[allow(clippy::approx_constant, reason = "the reference rounds it")]
const E: f64 = 2.718_28;
/// Peak of the current of one postsynaptic stimulus, pA.
const STIMULUS_PA: f64 = 2000.0;
const START_MV: f64 = -64.9;
/// Potential whose equilibrium the gates start from, mV.
const GATES_MV: f64 = -65.0;

/// State order: V, m, h, n, J, I, ū_−, ū_+.
pub(super) struct HodgkinHuxley {
    solver: Fehlberg<8>,
    tau_minus_ms: f64,
    tau_plus_ms: f64,
}

/// x/(1 − e^{−x/10}).
fn linear(x: f64) -> f64 {
    if x.abs() < 1e-7 { 10.0 } else { x / -libm::expm1(-x / 10.0) }
}

/// Opening and closing rates of m, h and n, /ms.
fn rates(v: f64) -> [(f64, f64); 3] {
    [
        (0.1 * linear(v + 40.0), 4.0 * libm::exp(-(v + 65.0) / 18.0)),
        (0.07 * libm::exp(-(v + 65.0) / 20.0), 1.0 / (1.0 + libm::exp(-(v + 35.0) / 10.0))),
        (0.01 * linear(v + 55.0), 0.125 * libm::exp(-(v + 65.0) / 80.0)),
    ]
}

impl HodgkinHuxley {
    pub(super) fn new(p: &Clopath2010) -> Self {
        let [m, h, n] = rates(GATES_MV).map(|(open, close)| open / (open + close));
        let filter = p.filter_start_mv;
        Self {
            solver: Fehlberg::new([START_MV, m, h, n, 0.0, 0.0, filter, filter]),
            tau_minus_ms: p.tau_minus_ms,
            tau_plus_ms: p.tau_plus_ms,
        }
    }
}

impl Neuron for HodgkinHuxley {
    fn slice(&mut self, stimulated: bool, synaptic: f64) -> Reading {
        let (tau_minus, tau_plus) = (self.tau_minus_ms, self.tau_plus_ms);
        let slope = move |s: &[f64; 8]| {
            let [v, m, h, n, j, i, minus, plus] = *s;
            let current =
                -12_000.0 * m * m * m * h * (v - 50.0) - 3_600.0 * n * n * n * n * (v + 77.0) - 30.0 * (v + 54.402) + i;
            let [(am, bm), (ah, bh), (an, bn)] = rates(v);
            [
                current / 100.0,
                am - (am + bm) * m,
                ah - (ah + bh) * h,
                an - (an + bn) * n,
                -j / SYNAPTIC_MS,
                j - i / SYNAPTIC_MS,
                (v - minus) / tau_minus,
                (v - plus) / tau_plus,
            ]
        };
        let mut left = SLICE_MS;
        while left > 1e-14 {
            left -= self.solver.advance(left, &slope);
        }
        let charge = synaptic + if stimulated { STIMULUS_PA } else { 0.0 };
        self.solver.y[4] += charge * E / SYNAPTIC_MS;
        let [v, _, _, _, _, _, minus, plus] = self.solver.y;
        Reading { volts: v, minus, plus }
    }
}
