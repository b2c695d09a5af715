//! The rule of calcium thresholds: exact relaxation while calcium is above them,
//! and the bistable drift of the synaptic state between the moments that change it.
//!
//! τ ρ' = −ρ(1−ρ)(ρ*−ρ) with ρ* = 1/2 (Graupner & Brunel 2012 PNAS 109:3991;
//! Chindemi et al. 2022). With u = ρ − 1/2 and y = u²/(1/4 − u²) the solution is
//! y(t) = y(0) e^{t/(2τ)}, so any gap is one evaluation.

use crate::kernel::lanes::{exp, larger};

/// ρ after `elapsed_ms` of drift.
pub fn drift(rho: f64, elapsed_ms: f64, rho_time_ms: f64) -> f64 {
    Drift::over(elapsed_ms, rho_time_ms).of(rho)
}

/// The drift over one gap, for any number of spines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drift {
    /// e^{t/(2τ)}.
    growth: f64,
}

impl Drift {
    /// The drift over `elapsed_ms`.
    pub(crate) fn over(elapsed_ms: f64, rho_time_ms: f64) -> Self {
        Self { growth: libm::exp((elapsed_ms / (2.0 * rho_time_ms)).min(700.0)) }
    }

    /// Where ρ drifts to. Without branches, so that many fit one vector.
    #[inline(always)]
    pub(crate) fn of(self, rho: f64) -> f64 {
        let u = rho - 0.5;
        let room = 0.25 - u * u;
        let y = u * u / room * self.growth;
        let size = (0.25 * y / (1.0 + y)).sqrt().min(0.5);
        let moved = 0.5 + if u < 0.0 { -size } else { size };
        if room <= 0.0 || u == 0.0 { rho.clamp(0.0, 1.0) } else { moved }
    }
}

/// Share of a step, in which a trace moves linearly over `span` up to `top`,
/// that it spends above `theta`.
#[inline(always)]
pub(crate) fn share_above(top: f64, span: f64, theta: f64) -> f64 {
    let share = larger((top - theta) / span, 0.0);
    if share > 1.0 { 1.0 } else { share }
}

/// Thresholds and rates of one spine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thresholds {
    pub(crate) depression: f64,
    pub(crate) potentiation: f64,
    pub(crate) gamma_d: f64,
    pub(crate) gamma_p: f64,
}

/// ρ after a step of `dt_per_tau` in which a trace went linearly from `before`
/// to `after`: τ ρ' = γ_p (1−ρ) H(e−θ_p) − γ_d ρ H(e−θ_d), relaxed exactly over
/// the parts of the step above each threshold.
#[inline(always)]
pub(crate) fn learn(rho: f64, before: f64, after: f64, theta: Thresholds, dt_per_tau: f64) -> f64 {
    let top = larger(after, before);
    let span = (after - before).abs() + 1e-300;
    let up = theta.gamma_p * share_above(top, span, theta.potentiation);
    let rate = up + theta.gamma_d * share_above(top, span, theta.depression);
    let target = up / larger(rate, 1e-300);
    target + (rho - target) * exp(rate * -dt_per_tau)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fourth-order Runge–Kutta of the same equation, 1 ms steps.
    #[test]
    fn the_closed_form_agrees_with_integration() {
        let tau = 70_000.0;
        for start in [0.0, 0.02, 0.3, 0.4999, 0.5, 0.61, 0.98, 1.0] {
            let slope = |r: f64| -r * (1.0 - r) * (0.5 - r) / tau;
            let mut rho: f64 = start;
            for _ in 0..100_000 {
                let a = slope(rho);
                let b = slope(rho + 0.5 * a);
                let c = slope(rho + 0.5 * b);
                let d = slope(rho + c);
                rho += (a + 2.0 * b + 2.0 * c + d) / 6.0;
            }
            assert!((drift(start, 100_000.0, tau) - rho).abs() < 1e-9, "{start}");
        }
    }

    #[test]
    fn two_gaps_are_one() {
        let once = drift(0.3, 5_000.0, 70_000.0);
        let twice = drift(drift(0.3, 2_000.0, 70_000.0), 3_000.0, 70_000.0);
        assert!((once - twice).abs() < 1e-14);
        assert_eq!(drift(1.0, 1e12, 70_000.0), 1.0);
    }
}
