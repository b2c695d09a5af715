//! B1 synapses side by side, two vectors of eight: the latency of one vector's
//! arithmetic hides behind the other's.
//!
//! The potential takes one exponential step per time step, with the traces
//! averaged over it exactly and the magnesium block at its middle (second order):
//! with g the sum of conductances and i the sum of their products with the
//! reversal potentials, V ← V + (i − g V) (dt/C) φ(x), x = g dt/C,
//! φ(x) = (1 − e^{−x})/x. The block is taken at the potential that the slope of
//! the previous step predicts.

use crate::kernel::lanes::{Lanes, WIDTH, exp, larger};
use crate::kernel::stepping::Excitable;
use crate::published::b1::course::{Notes, Pulse};
use crate::published::b1::trajectory::{Conductances, Trajectory};
use crate::receptors::voltage::{magnesium_block, peak_factor};
use crate::rules::spine::drift::{Drift, Thresholds, learn, share_above};

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
const SLOW_INTERVAL_MS: f64 = 50.0;

/// Factors of one step size.
pub(crate) struct Factors {
    dt_ms: f64,
    /// Decay of the traces over the step.
    decay: [f64; 6],
    /// Mean of a trace over the step, relative to its beginning.
    mean: [f64; 6],
    calcium: f64,
}

/// Vectors of a block.
const OCTETS: usize = 2;
/// Synapses of a block.
pub(crate) const SYNAPSES: usize = OCTETS * WIDTH;

/// Sixteen synapses under way.
pub(crate) struct Block {
    octets: [Octet; OCTETS],
    closest: f64,
    slow_ms: f64,
    inhibition_ms: f64,
}

/// Eight synapses.
struct Octet {
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
    notes: Notes,
}

impl Block {
    /// Up to sixteen synapses at rest; places without one repeat the last.
    pub(crate) fn new(synapses: &[Conductances]) -> Self {
        let octets = std::array::from_fn(|octet| Octet::new(synapses, octet * WIDTH));
        Self { octets, closest: 0.0, slow_ms: 0.0, inhibition_ms: f64::INFINITY }
    }

    /// The recording is over: gives what every synapse did.
    pub(crate) fn finish(&mut self) -> impl Iterator<Item = Trajectory> + '_ {
        self.octets.iter_mut().flat_map(|octet| {
            octet.notes.end();
            (0..WIDTH).map(|lane| octet.trajectory(lane))
        })
    }

    fn pass_slow_time(&mut self, now_ms: f64) {
        let drift = Drift::over(now_ms - self.slow_ms, RHO_TIME_MS);
        for octet in &mut self.octets {
            octet.rho = octet.rho.map(|rho| drift.of(rho));
        }
        self.slow_ms = now_ms;
    }
}

impl Octet {
    /// The eight synapses from place `first` on.
    fn new(synapses: &[Conductances], first: usize) -> Self {
        let zero = Lanes::all(0.0);
        let [ampa, nmda, gaba] = [0, 2, 4].map(|at| peak_factor(TAU_MS[at], TAU_MS[at + 1]));
        let lanes = |pick: fn(&Conductances) -> f64, peak: f64| {
            let value = |lane: usize| synapses.get(first + lane).or(synapses.last()).map_or(0.0, pick) * peak;
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
            notes: Notes::new(),
        }
    }

    /// What the synapse in a lane did.
    fn trajectory(&self, lane: usize) -> Trajectory {
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

    #[inline(always)]
    fn step(&mut self, f: &Factors) {
        let half_dt = 0.5 * f.dt_ms;
        let per_c = f.dt_ms / CAPACITANCE_PF;
        let per_ms = 1.0 / f.dt_ms;
        let influx_gain = -CALCIUM_PER_PA * CALCIUM_DECAY_MS * (1.0 - f.calcium);
        // One loop over the lanes with all of the arithmetic in it: compilers
        // turn this form into full-width vector instructions.
        for k in 0..WIDTH {
            let (ampa_rise, ampa_decay) = (self.traces[0].0[k], self.traces[1].0[k]);
            let (nmda_rise, nmda_decay) = (self.traces[2].0[k], self.traces[3].0[k]);
            let (gaba_rise, gaba_decay) = (self.traces[4].0[k], self.traces[5].0[k]);
            let v = self.v_mv.0[k];
            let ampa = (ampa_decay * f.mean[1] - ampa_rise * f.mean[0]) * self.ampa_ns.0[k];
            let nmda = (nmda_decay * f.mean[3] - nmda_rise * f.mean[2]) * self.nmda_ns.0[k];
            let to_rest = (gaba_decay * f.mean[5] - gaba_rise * f.mean[4]) * self.gaba_ns.0[k] + LEAK_NS;
            let open = nmda * magnesium_block(v + self.slope.0[k] * half_dt, MAGNESIUM_MM);
            let g = to_rest + ampa + open;
            let change = (to_rest * REST_MV - g * v) * per_c * phi(g * per_c);
            let next = v + change;
            let calcium = self.calcium.0[k] * f.calcium + open * (v + 0.5 * change) * influx_gain;
            self.traces[0].0[k] = ampa_rise * f.decay[0];
            self.traces[1].0[k] = ampa_decay * f.decay[1];
            self.traces[2].0[k] = nmda_rise * f.decay[2];
            self.traces[3].0[k] = nmda_decay * f.decay[3];
            self.traces[4].0[k] = gaba_rise * f.decay[4];
            self.traces[5].0[k] = gaba_decay * f.decay[5];
            self.v_mv.0[k] = next;
            self.slope.0[k] = change * per_ms;
            self.calcium.0[k] = calcium;
            self.notes.peak_um.0[k] = larger(calcium, self.notes.peak_um.0[k]);
        }
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

/// (1 − e^{−x})/x by its series to x⁶/7!; error below 2e-7 for 0 ≤ x ≤ 0.5.
#[inline(always)]
fn phi(x: f64) -> f64 {
    let inner = 1.0 - x * (1.0 / 5.0) * (1.0 - x * (1.0 / 6.0) * (1.0 - x * (1.0 / 7.0)));
    1.0 - x * 0.5 * (1.0 - x * (1.0 / 3.0) * (1.0 - x * 0.25 * inner))
}

impl Excitable for Block {
    type Factors = Factors;
    type Stimulus = Pulse;

    const LADDER: &'static [(f64, f64)] = &[(0.5, 12.0), (1.0, 30.0), (2.0, 90.0), (4.0, f64::INFINITY)];

    fn factors(&self, dt_ms: f64) -> Factors {
        let decay = TAU_MS.map(|tau| exp(-dt_ms / tau));
        let mean = std::array::from_fn(|k| (1.0 - decay[k]) * TAU_MS[k] / dt_ms);
        Factors { dt_ms, decay, mean, calcium: exp(-dt_ms / CALCIUM_DECAY_MS) }
    }

    fn at_ms(stimulus: &Pulse) -> f64 {
        stimulus.t_ms
    }

    #[inline(always)]
    fn stimulate(&mut self, pulse: &Pulse) -> bool {
        if pulse.t_ms - self.slow_ms > SLOW_INTERVAL_MS {
            self.pass_slow_time(pulse.t_ms);
        }
        for octet in &mut self.octets {
            octet.notes.pulse(pulse, octet.v_mv);
            let weight = octet.rho * WEIGHT_GAIN + 1.0;
            let opened = [weight, weight, Lanes::all(1.0), Lanes::all(1.0)];
            octet.traces.iter_mut().zip(opened).for_each(|(trace, by)| *trace += by);
        }
        self.inhibition_ms = pulse.t_ms + INHIBITION_LATENCY_MS;
        true
    }

    #[inline(always)]
    fn next_event_ms(&self) -> f64 {
        self.inhibition_ms
    }

    #[inline(always)]
    fn meet_event(&mut self, _now_ms: f64) {
        for octet in &mut self.octets {
            octet.traces[4] += Lanes::all(1.0);
            octet.traces[5] += Lanes::all(1.0);
        }
        self.inhibition_ms = f64::INFINITY;
    }

    #[inline(always)]
    fn delicate(&self, _now_ms: f64) -> bool {
        false
    }

    #[inline(always)]
    fn step(&mut self, f: &Factors, _from_ms: f64, to_ms: f64) -> bool {
        let before = [0, 1].map(|octet| self.octets[octet].calcium);
        for octet in &mut self.octets {
            octet.step(f);
        }
        if self.octets[0].notes.awaits_peak(to_ms) {
            for octet in &mut self.octets {
                octet.notes.peak_mv = octet.notes.peak_mv.larger(octet.v_mv);
            }
        }
        let highest = self.octets[0].calcium.larger(self.octets[1].calcium).largest();
        if highest > THRESHOLDS.depression || self.closest > 1.0 {
            for (octet, before) in self.octets.iter_mut().zip(before) {
                octet.learn(before, f.dt_ms);
            }
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
        let traces = TAU_MS.map(|tau| exp(-gap_ms / tau));
        let membrane = exp(-gap_ms * LEAK_NS / CAPACITANCE_PF);
        let calcium = exp(-gap_ms / CALCIUM_DECAY_MS);
        let rest = Lanes::all(REST_MV);
        for octet in &mut self.octets {
            octet.notes.minutes_until(until_ms, octet.rho, self.slow_ms, RHO_TIME_MS);
            octet.traces.iter_mut().zip(traces).for_each(|(trace, factor)| *trace *= factor);
            octet.v_mv = rest + (octet.v_mv - rest) * membrane;
            octet.slope = Lanes::all(0.0);
            octet.calcium *= calcium;
        }
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
        let away = |octet: &Octet| (octet.v_mv - Lanes::all(REST_MV)).map(f64::abs).largest();
        self.octets.iter().map(away).fold(0.0, f64::max)
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
            assert!((phi(x) + libm::expm1(-x) / x).abs() < 2e-7, "{x}");
        }
    }
}
