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

use crate::rules::parameter::{NamedSet, rule_parameters};
use evidence::Evidence;

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
