//! Graupner & Brunel 2012 PNAS 109:3991, with the correction of 2013
//! (10.1073/pnas.1220044110): two thresholds on a calcium transient that spikes
//! cause directly.
//!
//!   c' = −c/τ_Ca + C_pre Σ δ(t − t_pre − D) + C_post Σ δ(t − t_post)
//!   τ ρ' = −ρ(1−ρ)(ρ*−ρ) + γ_p (1−ρ) H(c−θ_p) − γ_d ρ H(c−θ_d)
//!          + σ √τ √(H(c−θ_d) + H(c−θ_p)) η(t)
//!
//! H is 1 strictly above a threshold. The first printing has one H under the
//! root; with both, simulation agrees with the closed form. The cubic term is
//! neglected during stimulation, as in the paper.

use crate::rules::error::RuleError;
use crate::rules::parameter::{NamedSet, rule_parameters};
use crate::rules::protocol::Protocol;
use evidence::Evidence;

rule_parameters! {
    /// Parameters of the rule; names as in the paper.
    GraupnerBrunel2012 {
        tau_ca_ms "ms" in 0.1..1000.0, "Decay of the calcium transient";
        c_pre "1" in 0.0..100.0, "Calcium that a presynaptic spike adds";
        c_post "1" in 0.0..100.0, "Calcium that a postsynaptic spike adds";
        theta_d "1" in 0.01..100.0, "Depression threshold";
        theta_p "1" in 0.01..100.0, "Potentiation threshold";
        gamma_d "1" in 0.0..100000.0, "Rate of depression";
        gamma_p "1" in 0.0..100000.0, "Rate of potentiation";
        sigma "1" in 0.0..1000.0, "Amplitude of the noise";
        tau_s "s" in 0.01..100000.0, "Time constant of the synaptic state";
        rho_star "1" in 0.01..0.99, "Boundary between the two states";
        delay_ms "ms" in 0.0..1000.0, "Delay D of the calcium of a presynaptic spike";
        beta "1" in 0.0..1.0, "Share of synapses that begin in the low state";
        strength_ratio "1" in 0.001..1000.0, "Strength b of the high state relative to the low one";
    }
}

const PAPER: &str = "Graupner & Brunel 2012 PNAS 109:3991, Table S1";

/// √8 as printed: the noise of the sets of Fig 2.
const NOISE: f64 = 2.8284;

/// A set of Fig 2: they share the decay, the time constant, β and b.
#[allow(clippy::too_many_arguments, reason = "one row of the table of the paper")]
const fn figure_2(
    c_pre: f64,
    c_post: f64,
    theta_p: f64,
    gamma_d: f64,
    gamma_p: f64,
    sigma: f64,
    delay_ms: f64,
) -> GraupnerBrunel2012 {
    GraupnerBrunel2012 {
        tau_ca_ms: 20.0,
        c_pre,
        c_post,
        theta_d: 1.0,
        theta_p,
        gamma_d,
        gamma_p,
        sigma,
        tau_s: 150.0,
        rho_star: 0.5,
        delay_ms,
        beta: 0.5,
        strength_ratio: 5.0,
    }
}

/// Depression then potentiation along Δt.
pub(crate) const DP: GraupnerBrunel2012 = figure_2(1.0, 2.0, 1.3, 200.0, 321.808, NOISE, 13.7);
/// Potentiation between two windows of depression.
const DPD: GraupnerBrunel2012 = figure_2(0.9, 0.9, 1.3, 250.0, 550.0, NOISE, 4.6);
/// As DPD, by other amplitudes.
const DPD_PRIME: GraupnerBrunel2012 = figure_2(1.0, 2.0, 2.5, 50.0, 600.0, NOISE, 2.2);
/// Potentiation only.
const P: GraupnerBrunel2012 = figure_2(2.0, 2.0, 1.3, 160.0, 257.447, NOISE, 0.0);
/// Depression only.
const D: GraupnerBrunel2012 = figure_2(0.6, 0.6, 1.3, 500.0, 550.0, 5.6568, 0.0);
/// As D, by other amplitudes.
const D_PRIME: GraupnerBrunel2012 = figure_2(1.0, 2.0, 3.5, 60.0, 600.0, NOISE, 0.0);

/// Fit to CA3–CA1 slices of Wittenberg & Wang 2006.
pub(crate) const HIPPOCAMPAL_SLICES: GraupnerBrunel2012 = GraupnerBrunel2012 {
    tau_ca_ms: 48.8373,
    c_pre: 1.0,
    c_post: 0.275865,
    theta_d: 1.0,
    theta_p: 1.3,
    gamma_d: 313.0965,
    gamma_p: 1645.59,
    sigma: 9.1844,
    tau_s: 688.355,
    rho_star: 0.5,
    delay_ms: 18.8008,
    beta: 0.7,
    strength_ratio: 5.28145,
};
/// Fit to cultures of Wang et al. 2005.
pub const HIPPOCAMPAL_CULTURES: GraupnerBrunel2012 = GraupnerBrunel2012 {
    tau_ca_ms: 11.9536,
    c_pre: 0.58156,
    c_post: 1.76444,
    theta_d: 1.0,
    theta_p: 1.3,
    gamma_d: 61.141,
    gamma_p: 113.6545,
    sigma: 2.5654,
    tau_s: 33.7596,
    rho_star: 0.5,
    delay_ms: 10.0,
    beta: 0.5,
    strength_ratio: 36.0263,
};
/// Fit to cortical slices of Sjöström et al. 2001.
const CORTICAL_SLICES: GraupnerBrunel2012 = GraupnerBrunel2012 {
    tau_ca_ms: 22.6936,
    c_pre: 0.5617539,
    c_post: 1.23964,
    theta_d: 1.0,
    theta_p: 1.3,
    gamma_d: 331.909,
    gamma_p: 725.085,
    sigma: 3.3501,
    tau_s: 346.3615,
    rho_star: 0.5,
    delay_ms: 4.6098,
    beta: 0.5,
    strength_ratio: 5.40988,
};

macro_rules! set {
    ($name:literal, $values:ident, $title:literal) => {
        NamedSet {
            name: $name,
            title: $title,
            source: PAPER,
            evidence: Evidence::Measured,
            values: || $values.values(),
        }
    };
}

/// The nine published sets.
pub const SETS: &[NamedSet] = &[
    set!("DP", DP, "depression then potentiation (Fig 2)"),
    set!("DPD", DPD, "depression, potentiation, depression (Fig 2)"),
    set!("DPD'", DPD_PRIME, "as DPD by other amplitudes (Fig 2)"),
    set!("P", P, "potentiation only (Fig 2)"),
    set!("D", D, "depression only (Fig 2)"),
    set!("D'", D_PRIME, "as D by other amplitudes (Fig 2)"),
    set!("hippocampal_slices", HIPPOCAMPAL_SLICES, "fit to Wittenberg & Wang 2006"),
    set!("hippocampal_cultures", HIPPOCAMPAL_CULTURES, "fit to Wang et al. 2005"),
    set!("cortical_slices", CORTICAL_SLICES, "fit to Sjöström et al. 2001"),
];

/// Calcium events of one repetition: time after the presynaptic spike (ms,
/// any sign) and amplitude.
pub(crate) fn calcium_events(p: &GraupnerBrunel2012, protocol: &Protocol) -> Result<(Vec<(f64, f64)>, f64), RuleError> {
    let pattern = protocol.pattern()?;
    let pre = pattern.pre_ms.iter().map(|t| (t + p.delay_ms, p.c_pre));
    let post = pattern.post_ms.iter().map(|t| (*t, p.c_post));
    Ok((pre.chain(post).collect(), pattern.period_ms))
}
