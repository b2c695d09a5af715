//! Eight B1 synapses side by side.
//!
//! The potential takes one exponential step per time step, with conductances and
//! magnesium block at its middle (second order): with g the sum of conductances
//! and i the sum of their products with the reversal potentials,
//! V ← V + (i − g V) (dt/C) φ(x), x = g dt/C, φ(x) = (1 − e^{−x})/x. The block is
//! taken at the potential that the slope of the previous step predicts.

use super::course::{Notes, Pulse};
use super::{Conductances, Trajectory};
use crate::lanes::{Lanes, WIDTH, exp, larger};
use crate::receptors::{magnesium_block, peak_factor};
use crate::rule::{Drift, Thresholds, learn, share_above};
use crate::stepping::Excitable;

/// Decay of the traces, ms: AMPA, NMDA, GABA-A, each rising and decaying.
const TAU_MS: [f64; 6] = [0.5, 3.0, 3.0, 80.0, 1.0, 10.0];
const CAPACITANCE_PF: f64 = 100.0;
const LEAK_NS: f64 = 5.0;
/// Reversal of leak and GABA-A, mV; AMPA and NMDA reverse at 0.
const REST_MV: f64 = -70.0;
const MAGNESIUM_MM: f64 = 1.0;
const INHIBITION_LATENCY_MS: f64 = 2.0;
const CALCIUM_DECAY_MS: f64 = 20.0;
const CALCIUM_PER_PA: f64 = 0.002;
const RHO_TIME_MS: f64 = 150_000.0;
const RHO_START: f64 = 0.1;
/// Weight gained from ρ = 0 to 1.
const WEIGHT_GAIN: f64 = 0.5;
/// Thresholds in µM.
const THRESHOLDS: Thresholds = Thresholds { depression: 1.0, potentiation: 1.3, gamma_d: 200.0, gamma_p: 321.808 };
/// Interval at which the drift of ρ acts within a window, ms.
const SLOW_INTERVAL_MS: f64 = 200.0;

/// Factors of one step size.
pub(super) struct Factors {
    dt_ms: f64,
    /// Decay of the traces over half the step.
    half: [f64; 6],
    calcium: f64,
}

/// Eight synapses.
pub(super) struct Block {
    /// Traces in the order of [`TAU_MS`].
    traces: [Lanes; 6],
    v_mv: Lanes,
    /// Slope of the potential over the previous step, mV/ms.
    slope: Lanes,
    calcium: Lanes,
    rho: Lanes,
    ampa_ns: Lanes,
    nmda_ns: Lanes,
    gaba_ns: Lanes,
    closest: f64,
    slow_ms: f64,
    inhibition_ms: f64,
    notes: Notes,
}

impl Block {
    /// Up to eight synapses at rest; lanes without one repeat the last.
    pub(super) fn new(synapses: &[Conductances]) -> Self {
        let zero = Lanes::all(0.0);
        let [ampa, nmda, gaba] = [0, 2, 4].map(|at| peak_factor(TAU_MS[at], TAU_MS[at + 1]));
        let lanes = |pick: fn(&Conductances) -> f64, peak: f64| {
            let value = |lane: usize| synapses.get(lane).or(synapses.last()).map_or(0.0, pick) * peak;
            Lanes(std::array::from_fn(value))
        };
        Self {
            traces: [zero; 6],
            v_mv: Lanes::all(REST_MV),
            slope: zero,
            calcium: zero,
            rho: Lanes::all(RHO_START),
            ampa_ns: lanes(|synapse| synapse.ampa_ns, ampa),
            nmda_ns: lanes(|synapse| synapse.nmda_ns, nmda),
            gaba_ns: lanes(|synapse| synapse.gaba_ns, gaba),
            closest: 0.0,
            slow_ms: 0.0,
            inhibition_ms: f64::INFINITY,
            notes: Notes::new(),
        }
    }

    /// What the synapse in a lane did.
    pub(super) fn trajectory(&mut self, lane: usize) -> Trajectory {
        self.notes.end();
        let notes = &self.notes;
        Trajectory {
            rho_end: self.rho.0[lane],
            peak_baseline_um: notes.peak_baseline_um.0[lane],
            peak_trains_um: notes.peak_trains_um.0[lane],
            above_potentiation_ms: notes.trains_p_ms.0[lane],
            above_depression_ms: notes.trains_d_ms.0[lane],
            above_depression_test_ms: notes.test_d_ms().0[lane],
            rho_minutes: notes.rho_minutes.iter().map(|rho| rho.0[lane]).collect(),
            epsp_mv: notes.epsp_mv.iter().map(|epsp| epsp.0[lane]).collect(),
        }
    }

    /// ρ at a time after the drift last acted.
    fn drifted(&self, at_ms: f64) -> Lanes {
        let drift = Drift::over(at_ms - self.slow_ms, RHO_TIME_MS);
        self.rho.map(|rho| drift.of(rho))
    }

    fn pass_slow_time(&mut self, now_ms: f64) {
        self.rho = self.drifted(now_ms);
        self.slow_ms = now_ms;
    }

    /// ρ over the step that is just over, and the time above the thresholds.
    #[inline(always)]
    fn learn(&mut self, before: Lanes, dt_ms: f64) {
        for k in 0..WIDTH {
            let (old, new) = (before.0[k], self.calcium.0[k]);
            self.rho.0[k] = learn(self.rho.0[k], old, new, THRESHOLDS, dt_ms / RHO_TIME_MS);
            let (top, span) = (larger(new, old), (new - old).abs() + 1e-300);
            self.notes.above_d_ms.0[k] += dt_ms * share_above(top, span, THRESHOLDS.depression);
            self.notes.above_p_ms.0[k] += dt_ms * share_above(top, span, THRESHOLDS.potentiation);
        }
    }
}

/// (1 − e^{−x})/x by its series to x⁶/7!; error below 1e-8 for 0 ≤ x ≤ 0.5.
#[inline(always)]
fn phi(x: f64) -> f64 {
    let inner = 1.0 - x * (1.0 / 5.0) * (1.0 - x * (1.0 / 6.0) * (1.0 - x * (1.0 / 7.0)));
    1.0 - x * 0.5 * (1.0 - x * (1.0 / 3.0) * (1.0 - x * 0.25 * inner))
}

impl Excitable for Block {
    type Factors = Factors;
    type Stimulus = Pulse;

    const LADDER: &'static [(f64, f64)] = &[(0.25, 12.0), (0.5, 30.0), (1.0, 90.0), (2.0, f64::INFINITY)];

    fn factors(&self, dt_ms: f64) -> Factors {
        let half = TAU_MS.map(|tau| exp(-0.5 * dt_ms / tau));
        Factors { dt_ms, half, calcium: exp(-dt_ms / CALCIUM_DECAY_MS) }
    }

    fn at_ms(stimulus: &Pulse) -> f64 {
        stimulus.t_ms
    }

    #[inline(always)]
    fn stimulate(&mut self, pulse: &Pulse) {
        if pulse.t_ms - self.slow_ms > SLOW_INTERVAL_MS {
            self.pass_slow_time(pulse.t_ms);
        }
        self.notes.pulse(pulse, self.v_mv);
        for k in 0..WIDTH {
            let weight = 1.0 + WEIGHT_GAIN * self.rho.0[k];
            self.traces[0].0[k] += weight;
            self.traces[1].0[k] += weight;
            self.traces[2].0[k] += 1.0;
            self.traces[3].0[k] += 1.0;
        }
        self.inhibition_ms = pulse.t_ms + INHIBITION_LATENCY_MS;
    }

    #[inline(always)]
    fn next_event_ms(&self) -> f64 {
        self.inhibition_ms
    }

    #[inline(always)]
    fn meet_event(&mut self, _now_ms: f64) {
        self.traces[4] += Lanes::all(1.0);
        self.traces[5] += Lanes::all(1.0);
        self.inhibition_ms = f64::INFINITY;
    }

    #[inline(always)]
    fn delicate(&self, _now_ms: f64) -> bool {
        false
    }

    #[inline(always)]
    fn step(&mut self, f: &Factors, _from_ms: f64, to_ms: f64) -> bool {
        let half_dt = 0.5 * f.dt_ms;
        let per_c = f.dt_ms / CAPACITANCE_PF;
        let per_ms = 1.0 / f.dt_ms;
        let influx_gain = -CALCIUM_PER_PA * CALCIUM_DECAY_MS * (1.0 - f.calcium);
        let before = self.calcium;
        // One loop over the lanes with all of the arithmetic in it: compilers
        // turn this form into full-width vector instructions.
        for k in 0..WIDTH {
            let ampa_rise = self.traces[0].0[k] * f.half[0];
            let ampa_decay = self.traces[1].0[k] * f.half[1];
            let nmda_rise = self.traces[2].0[k] * f.half[2];
            let nmda_decay = self.traces[3].0[k] * f.half[3];
            let gaba_rise = self.traces[4].0[k] * f.half[4];
            let gaba_decay = self.traces[5].0[k] * f.half[5];
            let v = self.v_mv.0[k];
            let ampa = (ampa_decay - ampa_rise) * self.ampa_ns.0[k];
            let nmda = (nmda_decay - nmda_rise) * self.nmda_ns.0[k];
            let to_rest = (gaba_decay - gaba_rise) * self.gaba_ns.0[k] + LEAK_NS;
            let open = nmda * magnesium_block(v + self.slope.0[k] * half_dt, MAGNESIUM_MM);
            let g = to_rest + ampa + open;
            let change = (to_rest * REST_MV - g * v) * per_c * phi(g * per_c);
            let next = v + change;
            let calcium = before.0[k] * f.calcium + open * (v + 0.5 * change) * influx_gain;
            self.traces[0].0[k] = ampa_rise * f.half[0];
            self.traces[1].0[k] = ampa_decay * f.half[1];
            self.traces[2].0[k] = nmda_rise * f.half[2];
            self.traces[3].0[k] = nmda_decay * f.half[3];
            self.traces[4].0[k] = gaba_rise * f.half[4];
            self.traces[5].0[k] = gaba_decay * f.half[5];
            self.v_mv.0[k] = next;
            self.slope.0[k] = change * per_ms;
            self.calcium.0[k] = calcium;
            self.notes.peak_um.0[k] = larger(calcium, self.notes.peak_um.0[k]);
        }
        if self.notes.awaits_peak(to_ms) {
            for k in 0..WIDTH {
                self.notes.peak_mv.0[k] = larger(self.v_mv.0[k], self.notes.peak_mv.0[k]);
            }
        }
        let highest = self.calcium.largest();
        if highest > THRESHOLDS.depression || self.closest > 1.0 {
            self.learn(before, f.dt_ms);
        }
        self.closest = highest / THRESHOLDS.depression;
        false
    }

    fn open_window(&mut self, _now_ms: f64) {}

    #[inline(always)]
    fn close_window(&mut self, now_ms: f64) {
        self.pass_slow_time(now_ms);
    }

    #[inline(always)]
    fn pass_gap(&mut self, from_ms: f64, until_ms: f64) {
        let gap_ms = until_ms - from_ms;
        while self.notes.next_minute_ms() <= until_ms {
            let rho = self.drifted(self.notes.next_minute_ms());
            self.notes.rho_minutes.push(rho);
        }
        for (trace, tau) in self.traces.iter_mut().zip(TAU_MS) {
            *trace *= exp(-gap_ms / tau);
        }
        let rest = Lanes::all(REST_MV);
        self.v_mv = rest + (self.v_mv - rest) * exp(-gap_ms * LEAK_NS / CAPACITANCE_PF);
        self.slope = Lanes::all(0.0);
        self.calcium *= exp(-gap_ms / CALCIUM_DECAY_MS);
        self.closest = 0.0;
        self.pass_slow_time(until_ms);
    }

    fn watched(&self, _now_ms: f64) -> bool {
        false
    }

    fn closeness(&self) -> f64 {
        self.closest
    }

    fn unrest_mv(&self) -> f64 {
        (self.v_mv - Lanes::all(REST_MV)).map(f64::abs).largest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phi_agrees_with_the_exponential() {
        assert_eq!(phi(0.0), 1.0);
        for k in 1..=500 {
            let x = f64::from(k) * 1e-3;
            assert!((phi(x) + libm::expm1(-x) / x).abs() < 1e-8, "{x}");
        }
    }
}
