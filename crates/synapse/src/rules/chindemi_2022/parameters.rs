//! Chindemi et al. 2022 Nat Commun 13:3038 (GluSynapse): spine calcium from NMDA
//! receptors and R-type channels, one effective calcium with two thresholds.
//!
//!   g_N = g (b − a) B(V), a and b jump by N at a release and decay with the rise
//!   and decay times; B = 1/(1 + \[Mg\]/2.552 e^{−0.072 V})
//!   m' = (m∞ − m)/τ_m, h' = (h∞ − h)/τ_h; I_N = P_f g_N (V − E_N), I_V = g_V m² h (V − E_Ca)
//!   Ca' = −K (I_N + I_V) − (Ca − Ca_0)/τ_Ca,   e' = −e/τ_e + (Ca − Ca_0)
//!   τ ρ' = −ρ(1−ρ)(ρ*−ρ) + γ_p (1−ρ) H(e−θ_p) − γ_d ρ H(e−θ_d)
//!
//! Thresholds are linear in the peaks of e after one presynaptic and one
//! back-propagating spike alone. The potential is the published clamp waveform,
//! W(t) = −70 + Σ 90 (0.85 e^{−x/2} + 0.15 e^{−x/20})(1 − e^{−x/0.3}).
//! e is an integral (mM ms); it is not divided by its time constant.

use crate::rules::parameter::{NamedSet, rule_parameters};
use evidence::Evidence;

rule_parameters! {
    /// Parameters of the rule and of its spine.
    Chindemi2022 {
        nmda_rise_ms "ms" in 0.05..50.0, "NMDA rise";
        nmda_decay_ms "ms" in 1.0..1000.0, "NMDA decay";
        nmda_ns "nS" in 0.0..100.0, "NMDA conductance of one release, without block";
        magnesium_mm "mM" in 0.0..10.0, "Extracellular magnesium";
        calcium_out_mm "mM" in 0.1..20.0, "Extracellular calcium";
        nmda_calcium_reversal_mv "mV" in 0.0..200.0, "Reversal of the calcium current through NMDA receptors";
        channel_density "nS/um2" in 0.0..10.0, "R-type conductance per membrane";
        activation_ms "ms" in 0.05..50.0, "R-type activation";
        inactivation_ms "ms" in 0.5..1000.0, "R-type inactivation";
        volume_um3 "um3" in 0.001..10.0, "Spine volume";
        free_share "1" in 0.0001..1.0, "Share of calcium that stays free";
        calcium_ms "ms" in 0.5..1000.0, "Decay of calcium";
        calcium_rest_mm "mM" in 0.0..0.01, "Resting calcium";
        temperature "degC" in 10.0..42.0, "Temperature";
        effective_ms "ms" in 1.0..10000.0, "Time constant of effective calcium";
        a00 "1" in -100.0..100.0, "Depression threshold per presynaptic peak";
        a01 "1" in -100.0..100.0, "Depression threshold per postsynaptic peak";
        a10 "1" in -100.0..100.0, "Potentiation threshold per presynaptic peak";
        a11 "1" in -100.0..100.0, "Potentiation threshold per postsynaptic peak";
        gamma_d "1" in 0.0..100000.0, "Rate of depression";
        gamma_p "1" in 0.0..100000.0, "Rate of potentiation";
        tau_ms "ms" in 1.0..1.0e8, "Time constant of the synaptic state";
        rho_star "1" in 0.01..0.99, "Boundary between the two states";
        start_rho "1" in 0.0..1.0, "State before the protocol";
        release_low "1" in 0.0..1.0, "Release probability of the low state";
        release_high "1" in 0.0..1.0, "Release probability of the high state";
        ampa_low_ns "nS" in 0.001..100.0, "AMPA conductance of the low state";
        ampa_high_ns "nS" in 0.001..100.0, "AMPA conductance of the high state";
    }
}

/// A synapse on a basal dendrite.
pub const BASAL: Chindemi2022 = Chindemi2022 {
    nmda_rise_ms: 0.29,
    nmda_decay_ms: 70.0,
    nmda_ns: 0.55,
    magnesium_mm: 1.0,
    calcium_out_mm: 2.0,
    nmda_calcium_reversal_mv: 40.0,
    channel_density: 0.0744,
    activation_ms: 1.0,
    inactivation_ms: 27.0,
    volume_um3: 0.087,
    free_share: 0.04,
    calcium_ms: 12.0,
    calcium_rest_mm: 7e-5,
    temperature: 34.0,
    effective_ms: 278.3177658387,
    a00: 1.0018099627,
    a01: 1.9535568661,
    a10: 1.1593870631,
    a11: 2.4827933785,
    gamma_d: 101.5387594661,
    gamma_p: 216.1841700668,
    tau_ms: 70_000.0,
    rho_star: 0.5,
    start_rho: 0.0,
    release_low: 0.2,
    release_high: 0.8,
    ampa_low_ns: 1.0,
    ampa_high_ns: 2.0,
};

/// A synapse on an apical dendrite.
const APICAL: Chindemi2022 =
    Chindemi2022 { a00: 1.1267343377, a01: 2.4559713296, a10: 5.2356637311, a11: 1.7822214534, ..BASAL };

const PAPER: &str = "Chindemi et al. 2022 Nat Commun 13:3038, public parameter files";

/// The published sets.
pub const SETS: &[NamedSet] = &[
    NamedSet {
        name: "basal",
        title: "synapse on a basal dendrite",
        source: PAPER,
        evidence: Evidence::Measured,
        values: || BASAL.values(),
    },
    NamedSet {
        name: "apical",
        title: "synapse on an apical dendrite",
        source: PAPER,
        evidence: Evidence::Measured,
        values: || APICAL.values(),
    },
];

/// Depression and potentiation threshold, mM ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// θ_d.
    pub depression: f64,
    /// θ_p.
    pub potentiation: f64,
}

impl Chindemi2022 {
    /// Thresholds from the peaks of effective calcium (mM ms) after one
    /// presynaptic spike and after one back-propagating spike.
    pub fn thresholds_from(&self, pre: f64, post: f64) -> Thresholds {
        Thresholds { depression: self.a00 * pre + self.a01 * post, potentiation: self.a10 * pre + self.a11 * post }
    }

    /// Synaptic strength (release probability × AMPA conductance) that a state
    /// leads to once expressed.
    pub fn strength(&self, rho: f64) -> f64 {
        (self.release_low + rho * (self.release_high - self.release_low))
            * (self.ampa_low_ns + rho * (self.ampa_high_ns - self.ampa_low_ns))
    }
}
