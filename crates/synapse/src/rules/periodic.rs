//! A repeated protocol for states that forget: once a period begins as the one
//! before it began, all further periods act alike. The weight must follow an
//! affine map over a stretch of time, w ← keep w + gain.

use crate::rules::protocol::Pattern;

/// Which neuron fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpikeKind {
    /// The presynaptic one.
    Pre,
    /// The postsynaptic one.
    Post,
}

/// A state that spikes act on.
pub(crate) trait Cycle: Clone {
    /// A spike arrives.
    fn spike(&mut self, kind: SpikeKind);
    /// Time passes without spikes, ms.
    fn pass(&mut self, length_ms: f64);
    /// How far two states are apart, in the units of what decides.
    fn distance(&self, other: &Self) -> f64;
    /// (keep, gain) since this was last asked.
    fn take_map(&mut self) -> (f64, f64);
}

/// Spikes of one period in order; a spike with a lag belongs to an earlier repetition.
#[derive(Clone, Debug)]
pub(crate) struct Repeated {
    lead_ms: f64,
    period_ms: f64,
    n: u32,
    /// Time in the period, kind, repetitions that have to pass before it occurs.
    spikes: Vec<(f64, SpikeKind, u32)>,
    tail_ms: f64,
}

/// State below which two periods count as alike.
const ALIKE: f64 = 1e-12;

impl Repeated {
    /// `lead_ms`: time before the first presynaptic spike. Postsynaptic spikes act
    /// `post_delay_ms` after they occur. The run ends one period after the last
    /// presynaptic spike.
    pub(crate) fn new(pattern: &Pattern, post_delay_ms: f64, lead_ms: f64) -> Self {
        let period_ms = pattern.period_ms;
        let pre = pattern.pre_ms.iter().map(|t| (*t, SpikeKind::Pre));
        let post = pattern.post_ms.iter().map(|t| (t + post_delay_ms, SpikeKind::Post));
        let all: Vec<(f64, SpikeKind)> = pre.chain(post).collect();
        let first = all.iter().map(|spike| spike.0).fold(0.0, f64::min);
        let mut spikes: Vec<(f64, SpikeKind, u32)> = all
            .into_iter()
            .map(|(t, kind)| {
                let lag = libm::floor((t - first) / period_ms);
                (t - first - lag * period_ms, kind, lag as u32)
            })
            .collect();
        spikes.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { lead_ms: lead_ms + first, period_ms, n: pattern.n, spikes, tail_ms: -first }
    }

    /// One period of a state; spikes of repetitions that lie before the first are left out.
    fn period<C: Cycle>(&self, state: &mut C, repetition: u32) {
        let mut now = 0.0;
        for &(t, kind, lag) in &self.spikes {
            if repetition >= lag {
                state.pass(t - now);
                state.spike(kind);
                now = t;
            }
        }
        state.pass(self.period_ms - now);
    }
}

/// Takes a state through the protocol; the weight at the end and the state.
pub(crate) fn run<C: Cycle>(mut state: C, repeated: &Repeated, start_weight: f64) -> (f64, C) {
    state.pass(repeated.lead_ms.max(0.0));
    let (keep, gain) = state.take_map();
    let mut weight = keep * start_weight + gain;
    let settled = repeated.spikes.iter().map(|spike| spike.2).max().unwrap_or(0);
    let mut k = 0;
    while k < repeated.n {
        let before = state.clone();
        repeated.period(&mut state, k);
        let (keep, gain) = state.take_map();
        weight = keep * weight + gain;
        k += 1;
        if k > settled && state.distance(&before) < ALIKE {
            // The rest are equal maps: w → w* + (w − w*) keep^m, with 1 − keep ≥ 0.
            let m = f64::from(repeated.n - k);
            let lost = 1.0 - keep;
            weight = if lost > 1e-14 {
                let fixed = gain / lost;
                fixed + (weight - fixed) * libm::exp(m * libm::log(keep))
            } else {
                weight + m * (gain - lost * weight)
            };
            break;
        }
    }
    state.pass(repeated.tail_ms);
    let (keep, gain) = state.take_map();
    (keep * weight + gain, state)
}
