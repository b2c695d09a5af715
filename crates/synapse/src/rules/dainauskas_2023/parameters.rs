//! Dainauskas, Marie, Migliore & Saudargiene 2023 Front Synaptic Neurosci
//! 15:1113957 (ModelDB 267680): a voltage rule driven by GluN2A and GluN2B
//! conductances, in a two-compartment CA1 cell.
//!
//!   n_1 = 20 ms trace of 0.2 g_2A + 0.8 g_2B, n_2 = 1 s trace of 0.8 g_2A + 0.2 g_2B,
//!   p = \[n_1⁴/(n_1⁴+K_1⁴) − ϑ_1\]_+ x_1,  q = A \[n_2²/(n_2²+K_2²) − ϑ_2\]_+ x_2 y,
//!   w' = p (w_max − w) − q (w − w_min),
//! x_1, x_2: 10 ms traces of the potential above −65 and −67 mV; y: 15 ms trace of
//! presynaptic spikes; ϑ_1 follows 10 H_2 and ϑ_2 1000 H_1 with 100 ms (each side
//! inhibits the other).
//!
//! The publication fixes the grid: explicit Euler at 0.1 ms, all states from old
//! values. The order of a step, the sign of the dendritic calcium current and the
//! time base of the AMPA receptor are those of the public code.

use crate::rules::parameter::{NamedSet, rule_parameters};
use evidence::Evidence;

/// Step of the public code, ms.
pub(crate) const STEP_MS: f64 = 0.1;
/// Potential at which the cell of the paper starts, mV.
pub(super) const REST_MV: f64 = -69.0;
/// Potentials above which x₁ and x₂ rise, mV.
pub(super) const ABOVE_MV: [f64; 2] = [-65.0, -67.0];
/// Time constants of x₁ and x₂, of y, of n₁ and n₂, and of ϑ₁ and ϑ₂, ms.
pub(super) const POTENTIAL_MS: f64 = 10.0;
pub(super) const PRESYNAPTIC_MS: f64 = 15.0;
pub(super) const N1_MS: f64 = 20.0;
pub(super) const N2_MS: f64 = 1000.0;
pub(super) const THETA_MS: f64 = 100.0;

rule_parameters! {
    /// Parameters of the rule.
    Dainauskas2023 {
        nr2a_scale "1" in 0.0..100.0, "Factor on the GluN2A conductance";
        nr2b_scale "1" in 0.0..100.0, "Factor on the GluN2B conductance";
        magnesium_mm "mM" in 0.0..10.0, "Extracellular magnesium";
        ampa_ms_cm2 "mS/cm2" in 0.0..100.0, "AMPA conductance at weight 1";
        ltp_half "mS/cm2" in 1.0e-9..1.0, "Half point K_1 of potentiation";
        ltd_half "mS/cm2" in 1.0e-9..1.0, "Half point K_2 of depression";
        ltd_gain "1" in 0.0..100000.0, "Amplitude A of depression";
        weight_low "1" in 0.0..10.0, "Lowest weight";
        weight_high "1" in 0.0..10.0, "Highest weight";
        start_weight "1" in 0.001..10.0, "Weight before the protocol";
    }
}

/// The published control.
pub const CONTROL: Dainauskas2023 = Dainauskas2023 {
    nr2a_scale: 1.0,
    nr2b_scale: 1.0,
    magnesium_mm: 1.0,
    ampa_ms_cm2: 0.5,
    ltp_half: 11e-5,
    ltd_half: 9e-5,
    ltd_gain: 100.0,
    weight_low: 0.4,
    weight_high: 2.0,
    start_weight: 1.0,
};

/// The published sets.
pub const SETS: &[NamedSet] = &[NamedSet {
    name: "control",
    title: "the published control",
    source: "Dainauskas et al. 2023 Front Synaptic Neurosci 15:1113957, ModelDB 267680",
    evidence: Evidence::Measured,
    values: || CONTROL.values(),
}];
