//! One CA1 spine outside the slice: receptors, channels, calcium and effective
//! calcium with the constants of the synapse (`parameters::table`), under a
//! dendritic potential that is prescribed instead of simulated.
//!
//!   V_d = E_L + A_E N (e^{−t/15} − e^{−t/2}) per presynaptic spike
//!         + A_B N (e^{−u/4} − e^{−u/0.3}) after the latest postsynaptic one,
//!   V = (g_n V_d + g_A E_A + g_N B E_N) / (g_n + g_A + g_N B), E_A = E_N = 0,
//!   Ca' = k (P_f I_N + I_T + I_R + I_L − rest) − c/τ_Ca, e' = −e/τ_e + c/(1 + c/K_S),
//! c above rest. Every presynaptic spike releases one vesicle. Trapezoid of the
//! sources under exact decay; steps of 0.05 ms after a spike, growing to 2 ms.
//!
//! A_B takes the dendrite to 0 mV, as the back-propagating spike of the slice does;
//! its width of 3 ms, A_E and the EPSP's time course are choices.

use crate::kinetics::constants::TWO_FARADAY_OF_SPINES;
use crate::parameters::table::Parameters;
use crate::receptors::channels::{L_ACTIVATION, R_ACTIVATION, R_INACTIVATION, T_ACTIVATION, T_INACTIVATION};
use crate::receptors::voltage::{magnesium_block, peak_factor};
use crate::rules::protocol::Pattern;

/// Peak of the compound EPSP in the dendrite, mV; model choice.
pub(crate) const EPSP_MV: f64 = 8.0;
const EPSP_MS: (f64, f64) = (2.0, 15.0);
const BAP_MS: (f64, f64) = (0.3, 4.0);

/// A stretch of one step: calcium above rest (µM) and effective calcium (µM ms)
/// at its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) calcium: (f64, f64),
    pub(crate) effective: (f64, f64),
    pub(crate) dt_ms: f64,
}

/// The course of a protocol: periods one by one, and how often the last of them
/// occurs in all.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(crate) periods: Vec<Vec<Stretch>>,
    pub(crate) last_repeats: u32,
    /// After the last period.
    pub(crate) tail: Vec<Stretch>,
}

#[derive(Clone, Debug)]
struct State {
    traces: [f64; 6],
    epsp: (f64, f64),
    bap: (f64, f64),
    gates: [f64; 5],
    calcium: f64,
    effective: f64,
    inactivation: f64,
    since: f64,
}

/// The spine with its constants.
pub(crate) struct Ca1Spine<'a> {
    p: &'a Parameters,
    norms: [f64; 3],
    epsp_norm: f64,
    bap_norm: f64,
    per_pa: f64,
    rest_influx: f64,
    held_mv: Option<f64>,
    step_scale: f64,
}

fn open(v: f64, gate: (f64, f64, f64)) -> f64 {
    1.0 / (1.0 + libm::exp((gate.0 - v) * gate.1))
}

impl<'a> Ca1Spine<'a> {
    pub(crate) fn new(p: &'a Parameters, held_mv: Option<f64>) -> Self {
        let mut spine = Self {
            p,
            norms: [
                p.ampa_ns * peak_factor(p.ampa_rise_ms, p.ampa_decay_ms),
                p.nmda_ns * (1.0 - p.glun2b_share) * peak_factor(p.glun2a_rise_ms, p.glun2a_decay_ms),
                p.nmda_ns * p.glun2b_share * peak_factor(p.glun2b_rise_ms, p.glun2b_decay_ms),
            ],
            epsp_norm: peak_factor(EPSP_MS.0, EPSP_MS.1),
            bap_norm: peak_factor(BAP_MS.0, BAP_MS.1),
            per_pa: 1e6 * p.calcium_free / (TWO_FARADAY_OF_SPINES * p.spine_volume_um3),
            rest_influx: 0.0,
            held_mv,
            step_scale: 1.0,
        };
        let rest = spine.resting();
        spine.rest_influx = spine.channels(&rest.gates, spine.rest_mv());
        spine
    }

    fn rest_mv(&self) -> f64 {
        self.held_mv.unwrap_or(self.p.leak_reversal_mv)
    }

    fn resting(&self) -> State {
        let v = self.rest_mv();
        let gates =
            [T_ACTIVATION, T_INACTIVATION, R_ACTIVATION, R_INACTIVATION, L_ACTIVATION].map(|gate| open(v, gate));
        State {
            traces: [0.0; 6],
            epsp: (0.0, 0.0),
            bap: (0.0, 0.0),
            gates,
            calcium: 0.0,
            effective: 0.0,
            inactivation: 0.0,
            since: 1e3,
        }
    }

    /// Calcium current of the channels, pA, inward positive.
    fn channels(&self, gates: &[f64; 5], v: f64) -> f64 {
        let [tm, th, rm, rh, lm] = *gates;
        (self.p.t_type_ns * tm * th + self.p.r_type_ns * rm * rh + self.p.l_type_ns * lm)
            * (self.p.channel_calcium_reversal_mv - v)
    }

    /// Head potential and calcium entry, µM/ms.
    fn entry(&self, s: &State) -> (f64, f64) {
        let p = self.p;
        let ampa = self.norms[0] * (s.traces[1] - s.traces[0]);
        let nmda = (self.norms[1] * (s.traces[3] - s.traces[2]) + self.norms[2] * (s.traces[5] - s.traces[4]))
            / (1.0 + s.inactivation);
        let v = match self.held_mv {
            Some(held) => held,
            None => {
                let dendrite = p.leak_reversal_mv + EPSP_MV * self.epsp_norm * (s.epsp.1 - s.epsp.0)
                    - p.leak_reversal_mv * self.bap_norm * (s.bap.1 - s.bap.0);
                // The block depends on the potential it shapes: a few rounds settle it.
                let mut v = dendrite;
                for _ in 0..4 {
                    v = p.neck_ns * dendrite / (p.neck_ns + ampa + nmda * magnesium_block(v, p.magnesium_mm));
                }
                v
            }
        };
        let through_nmda =
            nmda * magnesium_block(v, p.magnesium_mm) * p.nmda_calcium_share * (p.nmda_calcium_reversal_mv - v);
        (v, self.per_pa * (through_nmda + self.channels(&s.gates, v) - self.rest_influx))
    }

    fn step(&self, s: &mut State, h: f64) -> Stretch {
        let p = self.p;
        let fade = |tau: f64| libm::exp(-h / tau);
        let (v, before) = self.entry(s);
        let (calcium, effective) = (s.calcium, s.effective);
        let taus =
            [p.ampa_rise_ms, p.ampa_decay_ms, p.glun2a_rise_ms, p.glun2a_decay_ms, p.glun2b_rise_ms, p.glun2b_decay_ms];
        for (trace, tau) in s.traces.iter_mut().zip(taus) {
            *trace *= fade(tau);
        }
        s.epsp = (s.epsp.0 * fade(EPSP_MS.0), s.epsp.1 * fade(EPSP_MS.1));
        s.bap = (s.bap.0 * fade(BAP_MS.0), s.bap.1 * fade(BAP_MS.1));
        // Gates towards the potential halfway, from a first look at its end.
        let (ahead, _) = self.entry(s);
        let middle = 0.5 * (v + ahead);
        for (gate, kind) in
            s.gates.iter_mut().zip([T_ACTIVATION, T_INACTIVATION, R_ACTIVATION, R_INACTIVATION, L_ACTIVATION])
        {
            let target = open(middle, kind);
            *gate = target + (*gate - target) * fade(kind.2);
        }
        let (_, after) = self.entry(s);
        let gain = 0.5 * p.calcium_decay_ms * (1.0 - fade(p.calcium_decay_ms));
        s.calcium = calcium * fade(p.calcium_decay_ms) + gain * (before + after);
        let sensed = |c: f64| c.max(0.0) / (1.0 + c.max(0.0) / p.sensor_saturation_um);
        let sum = 0.5 * p.effective_decay_ms * (1.0 - fade(p.effective_decay_ms));
        s.effective = effective * fade(p.effective_decay_ms) + sum * (sensed(calcium) + sensed(s.calcium));
        let load = p.nmda_inactivation_per_um * 0.5 * (calcium + s.calcium).max(0.0);
        s.inactivation = load + (s.inactivation - load) * fade(p.nmda_inactivation_ms);
        s.since += h;
        Stretch { calcium: (calcium, s.calcium), effective: (effective, s.effective), dt_ms: h }
    }

    fn pass(&self, s: &mut State, length_ms: f64, into: &mut Vec<Stretch>) {
        let mut left = length_ms;
        while left > 1e-9 {
            let h = self.step_scale * (0.05 + 0.01 * (s.since - 5.0).clamp(0.0, 195.0));
            let h = if left < 1.5 * h { left } else { h };
            into.push(self.step(s, h));
            left -= h;
        }
    }

    /// The course of a protocol from rest, the first presynaptic spike at 0 or as
    /// soon as the spikes before it allow.
    pub(crate) fn course(&self, pattern: &Pattern) -> Course {
        let period = pattern.period_ms;
        let first = pattern.post_ms.iter().copied().fold(0.0, f64::min);
        let pre = pattern.pre_ms.iter().map(|t| (t - first, true));
        let post = pattern.post_ms.iter().map(|t| (t - first, false));
        let mut spikes: Vec<(f64, bool, u32)> = pre
            .chain(post)
            .map(|(t, is_pre)| {
                let lag = libm::floor(t / period);
                (t - lag * period, is_pre, lag as u32)
            })
            .collect();
        spikes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let settled = spikes.iter().map(|spike| spike.2).max().unwrap_or(0);
        let mut s = self.resting();
        let mut course = Course { periods: Vec::new(), last_repeats: 1, tail: Vec::new() };
        for k in 0..pattern.n {
            let start = (s.calcium, s.effective, s.inactivation, s.traces[5]);
            let mut stretches = Vec::new();
            let mut now = 0.0;
            for &(t, is_pre, lag) in &spikes {
                if k >= lag {
                    self.pass(&mut s, t - now, &mut stretches);
                    self.spike(&mut s, is_pre);
                    now = t;
                }
            }
            self.pass(&mut s, period - now, &mut stretches);
            course.periods.push(stretches);
            let moved = [
                (s.calcium - start.0).abs(),
                (s.effective - start.1).abs() * 1e-2,
                (s.inactivation - start.2).abs(),
                (s.traces[5] - start.3).abs(),
            ];
            if k >= settled && moved.iter().all(|distance| *distance < 1e-8) {
                course.last_repeats = pattern.n - k;
                break;
            }
        }
        self.pass(&mut s, 2_000.0, &mut course.tail);
        course
    }

    fn spike(&self, s: &mut State, is_pre: bool) {
        if is_pre {
            s.traces.iter_mut().for_each(|trace| *trace += 1.0);
            s.epsp = (s.epsp.0 + 1.0, s.epsp.1 + 1.0);
        } else {
            s.bap = (1.0, 1.0);
        }
        s.since = 0.0;
    }

    /// Peaks of calcium (µM above rest) and of effective calcium (µM ms) after one
    /// presynaptic spike in the free membrane: what thresholds are relative to.
    pub(crate) fn test_pulse(p: &Parameters) -> (f64, f64) {
        let single = Pattern { n: 1, period_ms: 1_000.0, pre_ms: vec![0.0], post_ms: Vec::new(), held_mv: None };
        Ca1Spine::new(p, None).course(&single).peaks()
    }
}

impl Course {
    /// Every stretch in order, repetitions included.
    pub(crate) fn each(&self, mut visit: impl FnMut(&Stretch)) {
        for (k, period) in self.periods.iter().enumerate() {
            let times = if k + 1 == self.periods.len() { self.last_repeats } else { 1 };
            for _ in 0..times {
                period.iter().for_each(&mut visit);
            }
        }
        self.tail.iter().for_each(&mut visit);
    }

    /// Largest calcium and effective calcium.
    pub(crate) fn peaks(&self) -> (f64, f64) {
        let all = self.periods.iter().flatten().chain(&self.tail);
        all.fold((0.0, 0.0), |(c, e), s| (s.calcium.1.max(c), s.effective.1.max(e)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(dt_ms: f64) -> Pattern {
        Pattern { n: 5, period_ms: 200.0, pre_ms: vec![0.0], post_ms: vec![dt_ms], held_mv: None }
    }

    #[test]
    fn halving_the_step_changes_peaks_by_less_than_a_thousandth() {
        let p = Parameters::default();
        let coarse = Ca1Spine::new(&p, None);
        let fine = Ca1Spine { step_scale: 0.5, ..Ca1Spine::new(&p, None) };
        for dt in [-10.0, 10.0] {
            let (a, b) = (coarse.course(&pair(dt)).peaks(), fine.course(&pair(dt)).peaks());
            assert!((a.0 / b.0 - 1.0).abs() < 2e-3 && (a.1 / b.1 - 1.0).abs() < 1e-3, "{a:?} {b:?}");
        }
    }

    /// The signature of NMDA receptors: most calcium when the spike follows.
    #[test]
    fn pairing_in_causal_order_gives_the_most_calcium() {
        let p = Parameters::default();
        let spine = Ca1Spine::new(&p, None);
        let (causal, reverse) = (spine.course(&pair(10.0)).peaks(), spine.course(&pair(-10.0)).peaks());
        let alone = Ca1Spine::test_pulse(&p);
        assert!(
            causal.0 > 1.5 * reverse.0 && causal.1 > 1.1 * reverse.1 && reverse.1 > alone.1,
            "{causal:?} {reverse:?} {alone:?}"
        );
    }

    #[test]
    fn without_nmda_receptors_and_channels_no_calcium_enters() {
        let mut p = Parameters::default();
        for field in [&mut p.nmda_ns, &mut p.t_type_ns, &mut p.r_type_ns, &mut p.l_type_ns] {
            *field = 0.0;
        }
        let peaks = Ca1Spine::new(&p, None).course(&pair(10.0)).peaks();
        assert_eq!(peaks, (0.0, 0.0));
    }
}
