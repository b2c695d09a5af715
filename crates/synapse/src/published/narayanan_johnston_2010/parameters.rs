//! Narayanan & Johnston 2010 J Neurophysiol 104:1020 (ModelDB 147538): a CA1
//! dendrite with Na, delayed-rectifier K, A-type K and h channels, GHK synapses,
//! calcium and the Shouval rule; 900 pulses at a frequency.
//!
//!   C_m V' = −(i_Na + i_K + i_A + i_h + i_pas + i_syn)
//!   i_Na = g m³ h s (V−55), i_K = g n (V+90), i_A = g a b (V+90), i_h = g_h l (V+30)
//!   I_AMPA = P_a w (φ_Na + φ_K), I_NMDA = P_n B (φ_Na + φ_K), I_Ca = 10.6 P_n B φ_Ca
//!   Ca' = \[−10⁴ i_Ca/(2 F d)\]_+/18 + (Ca_0 − Ca)/30
//!   w' = η(c)(Ω(c) − w), c = Ca − 100 nM, P_1 = 100 ms, P_2 = 0.01 µM³, P_4 = 1 s
//!
//! e_pas makes −65 mV the resting potential. The rule's zero-calcium time constant
//! is 11 s here, not the 10⁴ s of Shouval et al. 2002.

use crate::rules::parameter::{NamedSet, rule_parameters};
use evidence::Evidence;

rule_parameters! {
    /// Parameters of the model that experiments change.
    NarayananJohnston2010 {
        gh_s_cm2 "S/cm2" in 0.0..0.1, "Conductance of h channels";
        gna_s_cm2 "S/cm2" in 0.0..1.0, "Conductance of sodium channels";
        gkdr_s_cm2 "S/cm2" in 0.0..1.0, "Conductance of delayed-rectifier potassium channels";
        gka_s_cm2 "S/cm2" in 0.0..1.0, "Conductance of A-type potassium channels";
        ampa_cm_s "cm/s" in 0.0..0.001, "Permeability of AMPA receptors at weight 1";
        nmda_cm_s "cm/s" in 0.0..0.001, "Permeability of NMDA receptors";
        magnesium_mm "mM" in 0.0..10.0, "Extracellular magnesium";
        step_ms "ms" in 0.005..0.1, "Step after a pulse; grows twentyfold until the next";
    }
}

/// The published cell with g_h = 0.002 S/cm².
pub const PAPER: NarayananJohnston2010 = NarayananJohnston2010 {
    gh_s_cm2: 0.002,
    gna_s_cm2: 0.03,
    gkdr_s_cm2: 0.005,
    gka_s_cm2: 0.044,
    ampa_cm_s: 1.0e-6,
    nmda_cm_s: 1.5e-6,
    magnesium_mm: 2.0,
    step_ms: 0.05,
};

macro_rules! gh {
    ($name:literal, $value:literal) => {
        NamedSet {
            name: $name,
            title: concat!("g_h = ", $value, " S/cm2"),
            source: "Narayanan & Johnston 2010 J Neurophysiol 104:1020, ModelDB 147538",
            evidence: Evidence::Measured,
            values: || NarayananJohnston2010 { gh_s_cm2: $value, ..PAPER }.values(),
        }
    };
}

/// The conductances of h channels of the paper.
pub const SETS: &[NamedSet] = &[
    gh!("gh_0.002", 0.002),
    gh!("gh_0", 0.0),
    gh!("gh_0.0005", 0.0005),
    gh!("gh_0.001", 0.001),
    gh!("gh_0.004", 0.004),
    gh!("gh_0.008", 0.008),
];
