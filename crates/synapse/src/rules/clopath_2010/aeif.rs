//! The adaptive exponential integrate-and-fire neuron of the rule, with a spike
//! after-current and an adaptive threshold:
//!
//!   C V' = −g_L(V−E_L) + g_L Δ e^{(V−V_T)/Δ} − y + z,   τ_w y' = a(V−E_L) − y,
//!   τ_z z' = −z,   τ_T V_T' = −(V_T − V_Trest),
//! V replaced by min(V, V_peak) on the right. A spike holds V at 33 mV for 2 ms.

use crate::rules::clopath_2010::neuron::{Neuron, Reading, SLICE_MS};
use crate::rules::clopath_2010::parameters::Clopath2010;
use crate::rules::clopath_2010::solver::Fehlberg;

const C_PF: f64 = 281.0;
const LEAK_NS: f64 = 30.0;
const LEAK_MV: f64 = -70.6;
const SLOPE_MV: f64 = 2.0;
const ADAPTATION_MS: f64 = 144.0;
const ADAPTATION_NS: f64 = 4.0;
const ADAPTATION_JUMP_PA: f64 = 0.0805;
const AFTER_MS: f64 = 40.0;
const AFTER_PA: f64 = 400.0;
const THRESHOLD_MV: f64 = -50.4;
const THRESHOLD_HIGH_MV: f64 = 30.4;
const THRESHOLD_MS: f64 = 50.0;
const PEAK_MV: f64 = 33.0;
const RESET_MV: f64 = -49.6;
/// Slices that a spike holds the potential, the one it falls in included.
const HELD_SLICES: u32 = 21;
/// Depolarisation by one postsynaptic stimulus.
const STIMULUS_MV: f64 = 80.0;

/// State order: V, y, z, V_T, ū_−, ū_+.
pub(super) struct Aeif {
    solver: Fehlberg<6>,
    held: u32,
    tau_minus_ms: f64,
    tau_plus_ms: f64,
}

impl Aeif {
    pub(super) fn new(p: &Clopath2010) -> Self {
        let filter = p.filter_start_mv;
        Self {
            solver: Fehlberg::new([LEAK_MV, 0.0, 0.0, THRESHOLD_MV, filter, filter]),
            held: 0,
            tau_minus_ms: p.tau_minus_ms,
            tau_plus_ms: p.tau_plus_ms,
        }
    }
}

impl Neuron for Aeif {
    fn slice(&mut self, stimulated: bool, synaptic: f64) -> Reading {
        let (tau_minus, tau_plus) = (self.tau_minus_ms, self.tau_plus_ms);
        let slope = |held: bool| {
            move |s: &[f64; 6]| {
                let [v, y, z, threshold, minus, plus] = *s;
                let v = if held { PEAK_MV } else { v.min(PEAK_MV) };
                let current =
                    -LEAK_NS * (v - LEAK_MV) + LEAK_NS * SLOPE_MV * libm::exp((v - threshold) / SLOPE_MV) - y + z;
                let free = f64::from(u8::from(!held));
                [
                    free * current / C_PF,
                    free * (ADAPTATION_NS * (v - LEAK_MV) - y) / ADAPTATION_MS,
                    -z / AFTER_MS,
                    -(threshold - THRESHOLD_MV) / THRESHOLD_MS,
                    (v - minus) / tau_minus,
                    (v - plus) / tau_plus,
                ]
            }
        };
        let mut left = SLICE_MS;
        let mut input = synaptic + if stimulated { STIMULUS_MV } else { 0.0 };
        while left > 1e-14 {
            left -= self.solver.advance(left, &slope(self.held > 0));
            if self.held == 1 {
                self.solver.y[0] = RESET_MV;
                self.held = 0;
            }
            if self.held == 0 {
                self.solver.y[0] += input;
                if self.solver.y[0] >= PEAK_MV {
                    self.solver.y[0] = PEAK_MV;
                    self.solver.y[1] += ADAPTATION_JUMP_PA;
                    self.solver.y[2] = AFTER_PA;
                    self.solver.y[3] = THRESHOLD_HIGH_MV;
                    self.held = HELD_SLICES;
                }
            }
            // Input acts once, after the first step of the slice.
            input = 0.0;
        }
        self.held = self.held.saturating_sub(1);
        let [v, _, _, _, minus, plus] = self.solver.y;
        Reading { volts: v, minus, plus }
    }
}
