//! Shouval, Bear & Cooper 2002 PNAS 99:10831: calcium through NMDA receptors
//! alone decides.
//!
//!   V = V_r + (s/0.6968) Σ (e^{−t/50} − e^{−t/5}) + 100 (0.75 e^{−u/3} + 0.25 e^{−u/25}),
//!   where u counts from the latest back-propagating spike, 2 ms after its spike;
//!   a presynaptic spike opens P_0 of the NMDA receptors still closed, I_f of them
//!   closing with τ_f and the rest with τ_s:
//!   Ca' = −G (a+b) B(V) (V − V_Ca) − Ca/τ_Ca,  B = 1/(1 + e^{−0.062 V}/3.57),
//!   w' = η(Ca) (Ω(Ca) − w),  Ω = 1/4 + σ(β_2(Ca−α_2)) − 1/4 σ(β_1(Ca−α_1)),
//!   η = 1/(P_1/(P_2 + Ca³) + P_4) per second.
//!
//! Calcium does not depend on w, so one period of the protocol changes w by an
//! affine map; once calcium repeats, the remaining periods are one power of it.
//! Within a period the traces are exact and the two integrals are of fourth
//! order, with steps that follow the change of calcium.
//!
//! P_2 is 10⁻⁴ P_1; the paper prints the quotient the other way round, which would
//! keep the weight from moving at any calcium level.

use crate::kinetics::magnesium::{JAHR_STEVENS_MM, JAHR_STEVENS_PER_MV};
use crate::rules::error::RuleError;
use crate::rules::outcome::Outcome;
use crate::rules::parameter::{NamedSet, rule_parameters};
use crate::rules::periodic::{Cycle, Repeated, SpikeKind, run};
use crate::rules::protocol::Protocol;
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::spine_rule::SpineRule;
use evidence::Evidence;

rule_parameters! {
    /// Parameters of the rule; names as in the paper.
    Shouval2002 {
        rest_mv "mV" in -90.0..-40.0, "Resting potential";
        epsp_pairs_mv "mV" in 0.0..50.0, "Peak of an EPSP under pairs and bursts";
        epsp_pulses_mv "mV" in 0.0..50.0, "Peak of the compound EPSP under presynaptic pulses";
        bap_mv "mV" in 0.0..150.0, "Peak of the back-propagating spike";
        bap_delay_ms "ms" in 0.0..50.0, "Arrival of the back-propagating spike after its spike";
        open_share "1" in 0.0..1.0, "Share of the closed NMDA receptors that a presynaptic spike opens, P_0";
        fast_share "1" in 0.0..1.0, "Share of them that closes fast, I_f";
        fast_ms "ms" in 0.5..1000.0, "Fast closing of NMDA receptors";
        slow_ms "ms" in 0.5..5000.0, "Slow closing of NMDA receptors";
        conductance "uM/(ms mV)" in 0.0..1.0, "Calcium influx per driving force, G";
        nmda_scale "1" in 0.0..20.0, "Factor on the NMDA conductance";
        calcium_reversal_mv "mV" in 0.0..200.0, "Reversal potential of calcium";
        calcium_ms "ms" in 0.5..1000.0, "Decay of calcium";
        alpha_1_um "uM" in 0.0..100.0, "Half point of depression";
        alpha_2_um "uM" in 0.0..100.0, "Half point of potentiation";
        beta_1_per_um "1/uM" in 0.1..1000.0, "Steepness of depression";
        beta_2_per_um "1/uM" in 0.1..1000.0, "Steepness of potentiation";
        p1_s "s" in 0.0..10000.0, "Learning time P_1";
        p2_um3 "uM^3" in 1.0e-12..100.0, "Calcium scale P_2 of learning";
        p4_s "s" in 0.000001..10000.0, "Shortest learning time P_4";
        start_weight "1" in 0.001..2.0, "Weight before the protocol";
    }
}

/// The set of the paper.
pub const PAPER_SET: Shouval2002 = Shouval2002 {
    rest_mv: -65.0,
    epsp_pairs_mv: 1.0,
    epsp_pulses_mv: 10.0,
    bap_mv: 100.0,
    bap_delay_ms: 2.0,
    open_share: 0.5,
    fast_share: 0.5,
    fast_ms: 50.0,
    slow_ms: 200.0,
    conductance: 1.0 / 500.0,
    nmda_scale: 1.0,
    calcium_reversal_mv: 130.0,
    calcium_ms: 50.0,
    alpha_1_um: 0.35,
    alpha_2_um: 0.55,
    beta_1_per_um: 80.0,
    beta_2_per_um: 80.0,
    p1_s: 0.1,
    p2_um3: 1e-5,
    p4_s: 1.0,
    start_weight: 0.25,
};

/// The published sets.
pub const SETS: &[NamedSet] = &[NamedSet {
    name: "paper",
    title: "the values of the paper; back-propagating spike with a slow after-depolarisation of 25 ms",
    source: "Shouval, Bear & Cooper 2002 PNAS 99:10831",
    evidence: Evidence::Measured,
    values: || PAPER_SET.values(),
}];

/// Normalises the difference of exponentials of an EPSP to a peak of 1; as printed.
const EPSP_NORM: f64 = 0.6968;
const EPSP_DECAY_MS: f64 = 50.0;
const EPSP_RISE_MS: f64 = 5.0;
/// Fast and slow part of the back-propagating spike: share, decay ms.
const BAP: [(f64, f64); 2] = [(0.75, 3.0), (0.25, 25.0)];
/// Peak of calcium (µM) after a lone pulse in the synapse of the paper.
const PULSE_UM: f64 = 0.29;

impl Shouval2002 {
    /// The weight that a calcium level (µM) leads to, Ω.
    pub fn target(&self, calcium_um: f64) -> f64 {
        let sigmoid = |x: f64| 1.0 / (1.0 + libm::exp(-x));
        0.25 + sigmoid(self.beta_2_per_um * (calcium_um - self.alpha_2_um))
            - 0.25 * sigmoid(self.beta_1_per_um * (calcium_um - self.alpha_1_um))
    }

    /// Learning rate at a calcium level (µM), η, per ms.
    pub fn rate_per_ms(&self, calcium_um: f64) -> f64 {
        let cube = calcium_um * calcium_um * calcium_um;
        1e-3 / (self.p1_s / (self.p2_um3 + cube).max(1e-300) + self.p4_s)
    }
}

/// Traces, calcium and the affine map of the weight since the last reset.
#[derive(Clone, Debug)]
struct State<'a> {
    p: &'a Shouval2002,
    epsp_mv: f64,
    held_mv: Option<f64>,
    fast: f64,
    slow: f64,
    decay: f64,
    rise: f64,
    /// The two parts of the latest back-propagating spike, shares of its peak.
    bap: [f64; 2],
    calcium: f64,
    peak: f64,
    since_event: f64,
    /// w = keep w_0 + gain.
    keep: f64,
    gain: f64,
}

impl State<'_> {
    fn influx(&self, after_ms: f64) -> f64 {
        let p = self.p;
        let v = self.held_mv.unwrap_or_else(|| {
            let epsp = self.epsp_mv / EPSP_NORM
                * (self.decay * libm::exp(-after_ms / EPSP_DECAY_MS) - self.rise * libm::exp(-after_ms / EPSP_RISE_MS));
            let bap: f64 = self.bap.iter().zip(BAP).map(|(part, (_, tau))| part * libm::exp(-after_ms / tau)).sum();
            p.rest_mv + epsp + p.bap_mv * bap
        });
        let open = self.fast * libm::exp(-after_ms / p.fast_ms) + self.slow * libm::exp(-after_ms / p.slow_ms);
        let unblocked = 1.0 / (1.0 + libm::exp(-JAHR_STEVENS_PER_MV * v) / JAHR_STEVENS_MM);
        -p.nmda_scale * p.conductance * open * unblocked * (v - p.calcium_reversal_mv)
    }

    /// A step that resolves the spike shapes, the traces and the steep Ω.
    fn step_ms(&self, influx: f64) -> f64 {
        let by_time: f64 = match self.since_event {
            t if t < 15.0 => 0.2,
            t if t < 60.0 => 0.5,
            t if t < 300.0 => 2.0,
            _ => 5.0,
        };
        let slope = (influx - self.calcium / self.p.calcium_ms).abs();
        let steep = self.p.beta_1_per_um.max(self.p.beta_2_per_um);
        by_time.min((0.4 / (steep * slope.max(1e-9))).max(0.01))
    }

    fn step(&mut self, h: f64, influx: f64) {
        let p = self.p;
        let (middle, end) = (self.influx(0.5 * h), self.influx(h));
        let (half, whole) = (libm::exp(-0.5 * h / p.calcium_ms), libm::exp(-h / p.calcium_ms));
        let before = self.calcium;
        let after = before * whole + h / 6.0 * (influx * whole + 4.0 * middle * half + end);
        // Cubic through both ends and their slopes.
        let slope = |calcium: f64, influx: f64| influx - calcium / p.calcium_ms;
        let between = 0.5 * (before + after) + 0.125 * h * (slope(before, influx) - slope(after, end));
        let rate = [p.rate_per_ms(before), p.rate_per_ms(between), p.rate_per_ms(after)];
        let lost = h / 6.0 * (rate[0] + 4.0 * rate[1] + rate[2]);
        let second_half = h / 24.0 * (5.0 * rate[2] + 8.0 * rate[1] - rate[0]);
        let keep = libm::exp(-lost);
        let learnt = h / 6.0
            * (rate[0] * p.target(before) * keep
                + 4.0 * rate[1] * p.target(between) * libm::exp(-second_half)
                + rate[2] * p.target(after));
        self.keep *= keep;
        self.gain = self.gain * keep + learnt;
        self.calcium = after;
        self.peak = self.peak.max(after).max(between);
        self.fast *= libm::exp(-h / p.fast_ms);
        self.slow *= libm::exp(-h / p.slow_ms);
        self.decay *= libm::exp(-h / EPSP_DECAY_MS);
        self.rise *= libm::exp(-h / EPSP_RISE_MS);
        for (part, (_, tau)) in self.bap.iter_mut().zip(BAP) {
            *part *= libm::exp(-h / tau);
        }
        self.since_event += h;
    }
}

impl Cycle for State<'_> {
    fn spike(&mut self, kind: SpikeKind) {
        match kind {
            SpikeKind::Pre => {
                let opened = self.p.open_share * (1.0 - self.fast - self.slow);
                self.fast += self.p.fast_share * opened;
                self.slow += (1.0 - self.p.fast_share) * opened;
                self.decay += 1.0;
                self.rise += 1.0;
            }
            SpikeKind::Post => self.bap = [BAP[0].0, BAP[1].0],
        }
        self.since_event = 0.0;
    }

    fn pass(&mut self, length_ms: f64) {
        let mut left = length_ms;
        while left > 1e-9 {
            let influx = self.influx(0.0);
            // Two last steps of one size instead of a sliver.
            let h = self.step_ms(influx);
            let h = if left <= h { left } else { h.min(0.5 * left).max(h.min(left)) };
            self.step(h, influx);
            left -= h;
        }
    }

    fn distance(&self, other: &Self) -> f64 {
        let pairs = [
            (self.calcium, other.calcium),
            (self.fast, other.fast),
            (self.slow, other.slow),
            (self.decay, other.decay),
        ];
        pairs.iter().map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    fn take_map(&mut self) -> (f64, f64) {
        let map = (self.keep, self.gain);
        (self.keep, self.gain) = (1.0, 0.0);
        map
    }
}

/// Weight and largest calcium (µM) after a protocol.
///
/// # Errors
/// A protocol that does not fit its period.
pub fn simulate(p: &Shouval2002, protocol: &Protocol) -> Result<(f64, f64), RuleError> {
    let pattern = protocol.pattern()?;
    let paired = !pattern.post_ms.is_empty();
    let state = State {
        p,
        epsp_mv: if paired { p.epsp_pairs_mv } else { p.epsp_pulses_mv },
        held_mv: pattern.held_mv,
        fast: 0.0,
        slow: 0.0,
        decay: 0.0,
        rise: 0.0,
        bap: [0.0; 2],
        calcium: 0.0,
        peak: 0.0,
        since_event: 1e3,
        keep: 1.0,
        gain: 0.0,
    };
    let lead_ms = if paired { 300.0 } else { 1.0 };
    let repeated = Repeated::new(&pattern, p.bap_delay_ms, lead_ms);
    let (weight, end) = run(state, &repeated, p.start_weight);
    if !weight.is_finite() {
        let t_ms = lead_ms + pattern.period_ms * f64::from(pattern.n);
        return Err(RuleError::NotFinite { rule: "shouval_2002", variable: "the weight", value: weight, t_ms });
    }
    Ok((weight, end.peak))
}

/// The rule under a protocol.
///
/// # Errors
/// As [`simulate`].
pub(crate) fn outcome(values: &[f64], protocol: &Protocol) -> Result<Outcome, RuleError> {
    let p = Shouval2002::from_values(values);
    let (weight, peak) = simulate(&p, protocol)?;
    Ok(Outcome::new(weight / p.start_weight).with("weight_end", "1", weight).with("calcium_max", "uM", peak))
}

/// One spine under the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SpineState {
    pub(crate) weight: f64,
    /// Calcium of the spine that stands for 1 µM of the paper, µM.
    pub(crate) scale: f64,
}

/// On a spine of the slice the rule reads its calcium: the peak of the spine's own
/// test pulse stands for that of a lone pulse in the paper.
impl SpineRule for Shouval2002 {
    type State = SpineState;

    fn start(&self, _up: bool, spread: f64, peaks: &Peaks) -> SpineState {
        SpineState { weight: self.start_weight, scale: spread * peaks.calcium_um / PULSE_UM }
    }

    /// Simpson's rule over the linear course of calcium.
    fn advance(&self, state: &mut SpineState, before: &Reading, after: &Reading, dt_ms: f64) {
        let scale = state.scale;
        let at = |calcium: f64| {
            let calcium = calcium.max(0.0) / scale;
            let rate = self.rate_per_ms(calcium);
            (rate, rate * self.target(calcium))
        };
        let middle = 0.5 * (before.calcium_um + after.calcium_um);
        let (first, centre, last) = (at(before.calcium_um), at(middle), at(after.calcium_um));
        let rate = (first.0 + 4.0 * centre.0 + last.0) / 6.0;
        let target = (first.1 + 4.0 * centre.1 + last.1) / (6.0 * rate.max(1e-300));
        state.weight = target + (state.weight - target) * libm::exp(-rate * dt_ms);
    }

    fn rest(&self, state: &mut SpineState, gap_ms: f64) {
        self.advance(state, &Reading::default(), &Reading::default(), gap_ms);
    }

    fn closeness(&self, state: &SpineState, reading: &Reading) -> f64 {
        reading.calcium_um / (self.alpha_1_um.min(self.alpha_2_um) * state.scale)
    }

    fn value(&self, state: &SpineState) -> f64 {
        state.weight
    }

    fn strength(&self, state: &SpineState) -> f64 {
        state.weight / self.start_weight
    }
}
