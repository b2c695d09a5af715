//! The closed form: shares of time above the thresholds in the periodic regime,
//! then the transition probabilities.
//!
//!   α_x = time with c > θ_x per period / period, Γ_x = γ_x α_x,
//!   ρ̄ = Γ_p/(Γ_p+Γ_d), σ_ρ² = σ²(α_p+α_d)/(Γ_p+Γ_d), τ_eff = τ/(Γ_p+Γ_d),
//!   x(ρ0) = −(ρ* − ρ̄ + (ρ̄−ρ0) e^{−T/τ_eff}) / √(σ_ρ² (1 − e^{−2T/τ_eff})), T = n/f,
//!   U = ½(1 + erf x(0)), Dn = ½(1 − erf x(1)),
//!   ratio = {(1−U)β + Dn(1−β) + b[Uβ + (1−Dn)(1−β)]} / (β + (1−β)b).
//!
//! σ_ρ² is twice the stationary variance. Where no threshold is crossed nothing
//! changes and the ratio is 1.

use crate::rules::error::RuleError;
use crate::rules::graupner_brunel_2012::parameters::{GraupnerBrunel2012, calcium_events};
use crate::rules::protocol::Protocol;

/// What the closed form yields.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transitions {
    /// Share of time above the depression threshold.
    pub alpha_d: f64,
    /// Share of time above the potentiation threshold.
    pub alpha_p: f64,
    /// Mean rate of depression.
    pub gamma_d: f64,
    /// Mean rate of potentiation.
    pub gamma_p: f64,
    /// State that stimulation drives to; 0 if nothing is crossed.
    pub rho_bar: f64,
    /// Twice the stationary variance; 0 if nothing is crossed.
    pub sigma_rho2: f64,
    /// Effective time constant, s; infinite if nothing is crossed.
    pub tau_eff_s: f64,
    /// Probability of the transition from the low to the high state.
    pub up: f64,
    /// Probability of the transition from the high to the low state.
    pub down: f64,
    /// Mean state at the end from 0.
    pub mean_from_0: f64,
    /// Mean state at the end from 1.
    pub mean_from_1: f64,
    /// Synaptic strength after / before.
    pub ratio: f64,
}

/// The closed form for a protocol.
///
/// # Errors
/// A protocol that does not fit its period, or one with a held membrane: this
/// calcium does not depend on voltage.
pub fn expected(p: &GraupnerBrunel2012, protocol: &Protocol) -> Result<Transitions, RuleError> {
    let (events, period_ms) = calcium_events(p, protocol)?;
    let [above_d, above_p] = time_above(&events, period_ms, p.tau_ca_ms, [p.theta_d, p.theta_p]);
    let duration_s = f64::from(protocol.n()) * period_ms / 1000.0;
    Ok(transitions(p, above_d / period_ms, above_p / period_ms, duration_s))
}

/// Time per period, ms, that the periodic calcium transient spends above each
/// threshold. `events`: time (ms, any sign) and amplitude, taken modulo the
/// period. Exact for transients that overlap, within and across periods.
pub(crate) fn time_above<const N: usize>(
    events: &[(f64, f64)],
    period_ms: f64,
    tau_ms: f64,
    thresholds: [f64; N],
) -> [f64; N] {
    let mut sorted: Vec<(f64, f64)> =
        events.iter().map(|&(t, amplitude)| (t.rem_euclid(period_ms), amplitude)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above = [0.0; N];
    let Some(&(first_ms, _)) = sorted.first() else { return above };
    // Level just before the first event: what all events of all earlier periods left.
    let to_next = |t: f64| libm::exp(-(first_ms + period_ms - t) / tau_ms);
    let left: f64 = sorted.iter().map(|&(t, amplitude)| amplitude * to_next(t)).sum();
    let mut calcium = left / (-libm::expm1(-period_ms / tau_ms));
    for (k, &(t, amplitude)) in sorted.iter().enumerate() {
        calcium += amplitude;
        let next = sorted.get(k + 1).map_or(first_ms + period_ms, |event| event.0);
        let length = next - t;
        for (sum, theta) in above.iter_mut().zip(thresholds) {
            if calcium > theta {
                *sum += (tau_ms * libm::log(calcium / theta)).min(length);
            }
        }
        calcium *= libm::exp(-length / tau_ms);
    }
    above
}

/// From shares of time above the thresholds to the ratio.
pub(crate) fn transitions(p: &GraupnerBrunel2012, alpha_d: f64, alpha_p: f64, duration_s: f64) -> Transitions {
    let (gamma_d, gamma_p) = (p.gamma_d * alpha_d, p.gamma_p * alpha_p);
    let rate = gamma_d + gamma_p;
    if rate <= 0.0 {
        return Transitions {
            alpha_d,
            alpha_p,
            gamma_d,
            gamma_p,
            rho_bar: 0.0,
            sigma_rho2: 0.0,
            tau_eff_s: f64::INFINITY,
            up: 0.0,
            down: 0.0,
            mean_from_0: 0.0,
            mean_from_1: 1.0,
            ratio: 1.0,
        };
    }
    let rho_bar = gamma_p / rate;
    let sigma_rho2 = p.sigma * p.sigma * (alpha_p + alpha_d) / rate;
    let tau_eff_s = p.tau_s / rate;
    let decay = libm::exp(-duration_s / tau_eff_s);
    let width = libm::sqrt(sigma_rho2 * -libm::expm1(-2.0 * duration_s / tau_eff_s));
    // Probability of ending above the boundary.
    let above = |start: f64| {
        let distance = p.rho_star - rho_bar + (rho_bar - start) * decay;
        if width > 0.0 {
            0.5 * libm::erfc(distance / width)
        } else if distance == 0.0 {
            0.5
        } else {
            f64::from(u8::from(distance < 0.0))
        }
    };
    let (up, stays_up) = (above(0.0), above(1.0));
    let down = 1.0 - stays_up;
    let (beta, b) = (p.beta, p.strength_ratio);
    let low = (1.0 - up) * beta + down * (1.0 - beta);
    let high = up * beta + (1.0 - down) * (1.0 - beta);
    Transitions {
        alpha_d,
        alpha_p,
        gamma_d,
        gamma_p,
        rho_bar,
        sigma_rho2,
        tau_eff_s,
        up,
        down,
        mean_from_0: rho_bar - rho_bar * decay,
        mean_from_1: rho_bar - (rho_bar - 1.0) * decay,
        ratio: (low + b * high) / (beta + (1.0 - beta) * b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::graupner_brunel_2012::parameters::{DP, HIPPOCAMPAL_SLICES};

    /// Against a brute-force sum of transients on a fine grid, far into the
    /// periodic regime, with overlap across periods.
    #[test]
    fn time_above_agrees_with_a_fine_grid() {
        let (tau, period) = (48.8, 37.0);
        let events = [(-11.0, 0.3), (4.0, 1.0), (19.5, 0.3), (90.0, 0.2)];
        let [exact] = time_above(&events, period, tau, [2.4]);
        let calcium = |t: f64| -> f64 {
            let earlier = events.iter().flat_map(|&(at, amplitude)| (0..80).map(move |k| (at, amplitude, k)));
            earlier
                .map(|(at, amplitude, k)| {
                    let since = t - at + f64::from(k - 40) * period;
                    if since >= 0.0 { amplitude * libm::exp(-since / tau) } else { 0.0 }
                })
                .sum()
        };
        let steps = 20_000;
        let crossed = (0..steps).filter(|k| calcium((f64::from(*k) + 0.5) * period / f64::from(steps)) > 2.4).count();
        let counted = crossed as f64 * period / f64::from(steps);
        assert!(exact > 1.0 && exact < period - 1.0, "{exact}");
        assert!((exact - counted).abs() < 0.01, "{exact} {counted}");
    }

    #[test]
    fn a_transient_that_only_touches_a_threshold_does_not_cross_it() {
        // C_pre = θ_d = 1: at 0.1 Hz nothing of the pulse before is left.
        let lone = Protocol::Pulses { n: 60, frequency_hz: 0.1 };
        let t = expected(&HIPPOCAMPAL_SLICES, &lone).unwrap();
        assert_eq!((t.alpha_d, t.ratio), (0.0, 1.0));
    }

    #[test]
    fn without_noise_the_outcome_is_certain() {
        let p = GraupnerBrunel2012 { sigma: 0.0, ..DP };
        let t = expected(&p, &Protocol::Pairs { n: 600, frequency_hz: 1.0, dt_ms: 10.0 }).unwrap();
        assert_eq!((t.up, t.down), (1.0, 0.0));
        assert!((t.ratio - 10.0 / 6.0).abs() < 1e-12);
    }

    /// A pair is a burst of one, whichever spike Δt is measured to.
    #[test]
    fn a_burst_of_one_is_a_pair() {
        use crate::rules::protocol::Anchor;
        let pair = expected(&DP, &Protocol::Pairs { n: 60, frequency_hz: 5.0, dt_ms: -7.0 }).unwrap();
        for anchor in [Anchor::First, Anchor::Last] {
            let burst =
                Protocol::Bursts { n: 60, frequency_hz: 5.0, dt_ms: -7.0, post: 1, post_interval_ms: 10.0, anchor };
            assert_eq!(expected(&DP, &burst).unwrap(), pair);
        }
    }
}
