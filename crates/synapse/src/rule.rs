//! The slow part of the `effective_calcium` rule: the bistable drift of the
//! synaptic state between the moments that change it.
//!
//! τ ρ' = −ρ(1−ρ)(ρ*−ρ) with ρ* = 1/2 (Graupner & Brunel 2012 PNAS 109:3991;
//! Chindemi et al. 2022). With u = ρ − 1/2 and y = u²/(1/4 − u²) the solution is
//! y(t) = y(0) e^{t/(2τ)}, so any gap is one evaluation.

/// ρ after `elapsed_ms` of drift.
pub fn drift(rho: f64, elapsed_ms: f64, rho_time_ms: f64) -> f64 {
    let u = rho - 0.5;
    let room = 0.25 - u * u;
    if room <= 0.0 || u == 0.0 {
        return rho.clamp(0.0, 1.0);
    }
    let y = u * u / room * libm::exp((elapsed_ms / (2.0 * rho_time_ms)).min(700.0));
    let size = libm::sqrt(0.25 * y / (1.0 + y));
    0.5 + if u < 0.0 { -size.min(0.5) } else { size.min(0.5) }
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
