//! Clopath, Büsing, Vasilaki & Gerstner 2010 Nat Neurosci 13:344: a voltage rule,
//! here on two neurons and on the time grid of a public reference simulation.
//!
//!   w' = −A_D X(t) \[ū_− − θ_−\]_+ + A_P x̄ \[u − θ_+\]_+ \[ū_+ − θ_−\]_+
//!
//! X are presynaptic spikes, x̄ their trace (15 ms, jump 1/15), ū_± the potential
//! filtered with τ_± and delayed by Q. Potential and filters are archived every
//! 0.1 ms; depression reads the archive at the spike, potentiation sums the
//! archive entries since the spike before. A percentage counts the protocol as
//! repeated 15 times.
//!
//! Filters start at rest. The reference tests start them at 0 mV in the
//! Hodgkin–Huxley neuron, which leaves a transient in their values: the set
//! `hh_zero` repeats that.

use crate::rules::clopath_2010::aeif;
use crate::rules::clopath_2010::hh;

use crate::rules::outcome::{Outcome, Prepared};
use crate::rules::parameter::{NamedSet, rule_parameters};
use crate::rules::{Protocol, RuleError};
use evidence::Evidence;

/// Length of a slice, ms.
pub(super) const SLICE_MS: f64 = 0.1;

rule_parameters! {
    /// Parameters of the rule.
    Clopath2010 {
        neuron "1" in 0.0..1.0, "Neuron: 0 adaptive exponential integrate-and-fire, 1 Hodgkin-Huxley";
        theta_minus_mv "mV" in -100.0..0.0, "Threshold of the filtered potentials";
        theta_plus_mv "mV" in -100.0..50.0, "Threshold of the potential for potentiation";
        depression "1/mV" in 0.0..1.0, "Amplitude of depression";
        potentiation "1/(mV^2 ms)" in 0.0..1.0, "Amplitude of potentiation";
        tau_minus_ms "ms" in 0.2..1000.0, "Filter for depression";
        tau_plus_ms "ms" in 0.2..1000.0, "Filter for potentiation";
        delay_ms "ms" in 0.0..100.0, "Delay of the filtered potentials";
        filter_start_mv "mV" in -100.0..50.0, "Value of the filters at the start";
        trace_ms "ms" in 0.2..1000.0, "Presynaptic trace";
        start_weight "1" in 0.0001..100.0, "Weight before the protocol";
        weight_high "1" in 0.0001..10000.0, "Highest weight";
        repeats "1" in 1.0..1000.0, "Repetitions that the percentage stands for";
    }
}

/// Adaptive exponential integrate-and-fire neuron.
pub const AEIF: Clopath2010 = Clopath2010 {
    neuron: 0.0,
    theta_minus_mv: -70.6,
    theta_plus_mv: -45.3,
    depression: 14e-5,
    potentiation: 8e-5,
    tau_minus_ms: 10.0,
    tau_plus_ms: 7.0,
    delay_ms: 4.0,
    filter_start_mv: -70.6,
    trace_ms: 15.0,
    start_weight: 0.5,
    weight_high: 100.0,
    repeats: 15.0,
};

/// Hodgkin–Huxley neuron.
pub const HH: Clopath2010 = Clopath2010 {
    neuron: 1.0,
    theta_minus_mv: -64.9,
    theta_plus_mv: -35.0,
    tau_plus_ms: 114.0,
    delay_ms: 5.0,
    filter_start_mv: -64.9,
    ..AEIF
};

/// As [`HH`] with filters that start at 0 mV.
pub const HH_ZERO: Clopath2010 = Clopath2010 { filter_start_mv: 0.0, ..HH };

const SOURCE: &str = "Clopath et al. 2010 Nat Neurosci 13:344; values of the NEST test suite, test_clopath_synapse";

/// The sets.
pub const SETS: &[NamedSet] = &[
    NamedSet {
        name: "aeif",
        title: "adaptive exponential integrate-and-fire neuron",
        source: SOURCE,
        evidence: Evidence::Measured,
        values: || AEIF.values(),
    },
    NamedSet {
        name: "hh",
        title: "Hodgkin-Huxley neuron, filters start at rest",
        source: SOURCE,
        evidence: Evidence::Measured,
        values: || HH.values(),
    },
    NamedSet {
        name: "hh_zero",
        title: "Hodgkin-Huxley neuron, filters start at 0 mV as in the reference test",
        source: SOURCE,
        evidence: Evidence::Measured,
        values: || HH_ZERO.values(),
    },
];

/// What a neuron shows at the end of a slice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) volts: f64,
    pub(super) minus: f64,
    pub(super) plus: f64,
}

/// A neuron that is taken from slice to slice.
pub(super) trait Neuron {
    /// One slice; `stimulated`: the postsynaptic stimulus falls in it; `synaptic`:
    /// weight of a presynaptic spike that arrives in it.
    fn slice(&mut self, stimulated: bool, synaptic: f64) -> Reading;
}

/// Weight at the last presynaptic spike. Spikes in ms, on the grid of 0.1 ms.
pub fn end_weight(p: &Clopath2010, pre_ms: &[f64], post_ms: &[f64]) -> f64 {
    if p.neuron < 0.5 {
        learn(p, aeif::Aeif::new(p), pre_ms, post_ms)
    } else {
        learn(p, hh::HodgkinHuxley::new(p), pre_ms, post_ms)
    }
}

fn learn(p: &Clopath2010, mut neuron: impl Neuron, pre_ms: &[f64], post_ms: &[f64]) -> f64 {
    let slices = |ms: &[f64]| -> Vec<usize> { ms.iter().map(|t| libm::round(t / SLICE_MS) as usize).collect() };
    let (pre, post) = (slices(pre_ms), slices(post_ms));
    let delay = libm::round(p.delay_ms / SLICE_MS) as usize;
    let rest = Reading { volts: p.theta_minus_mv, minus: p.filter_start_mv, plus: p.filter_start_mv };
    // Entry k is the end of slice k − 1, at k × 0.1 ms.
    let mut archive = vec![rest];
    let last = pre.last().copied().unwrap_or(0) + 2;
    let (mut weight, mut trace, mut recorded) = (p.start_weight, 0.0, p.start_weight);
    let mut stamp = 0_usize;
    let delayed = |archive: &[Reading], k: usize| k.checked_sub(delay).map_or(rest, |earlier| archive[earlier]);
    for k in 0..last {
        let mut synaptic = 0.0;
        // A spike acts one slice after it occurs.
        if k > 0 && pre.contains(&(k - 1)) {
            let since = |from: usize| (k - from) as f64 * SLICE_MS;
            for at in stamp.max(1)..k {
                let late = delayed(&archive, at);
                let (over, filtered) = (archive[at].volts - p.theta_plus_mv, late.plus - p.theta_minus_mv);
                if over > 0.0 && filtered > 0.0 {
                    let gain = p.potentiation * over * filtered * SLICE_MS;
                    let aged = (stamp as f64 - at as f64 - 1.0) * SLICE_MS / p.trace_ms;
                    weight += gain * trace * libm::exp(aged);
                }
            }
            weight = weight.min(p.weight_high);
            let late = delayed(&archive, k - 1);
            weight = (weight - p.depression * (late.minus - p.theta_minus_mv).max(0.0)).max(0.0);
            recorded = weight;
            trace = trace * libm::exp(-since(stamp) / p.trace_ms) + 1.0 / p.trace_ms;
            stamp = k;
            synaptic = weight;
        }
        archive.push(neuron.slice(post.contains(&k), synaptic));
    }
    recorded
}

/// The rule prepared for protocols.
pub(crate) fn prepare(values: &[f64]) -> Result<Prepared, RuleError> {
    let p = Clopath2010::from_values(values);
    Ok(Box::new(move |protocol| outcome(&p, protocol)))
}

/// Spikes as the reference simulations place them: the first presynaptic one at
/// 29 ms, or a period later if the postsynaptic one follows it.
fn outcome(p: &Clopath2010, protocol: &Protocol) -> Result<Outcome, RuleError> {
    let pattern = protocol.pattern()?;
    let first = pattern.post_ms.iter().copied().fold(0.0, f64::min);
    let start = if first < 0.0 { 29.0_f64.max(10.0 - first) } else { 29.0 + pattern.period_ms };
    let round = |spikes: Vec<f64>| -> Vec<f64> { spikes.iter().map(|t| libm::round(t * 10.0) / 10.0).collect() };
    let (pre, post) = (round(pattern.pre_spikes(start)), round(pattern.post_spikes(start)));
    let end = end_weight(p, &pre, &post);
    if !end.is_finite() {
        let t_ms = pre.last().copied().unwrap_or(0.0);
        return Err(RuleError::NotFinite { rule: "clopath_2010", variable: "the weight", value: end, t_ms });
    }
    let change = (end - p.start_weight) / p.start_weight;
    Ok(Outcome::new(1.0 + p.repeats * change).with("weight_end", "1", end))
}
