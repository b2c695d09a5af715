//! Standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Density φ(z).
pub fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// P(Z ≤ z).
pub fn lower(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// P(Z > z), accurate in the far tail.
pub fn upper(z: f64) -> f64 {
    0.5 * libm::erfc(z * FRAC_1_SQRT_2)
}

/// 2 P(Z > |z|).
pub fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() * FRAC_1_SQRT_2)
}

/// The z with P(Z ≤ z) = `p`; ±∞ at 0 and 1, NaN outside.
pub fn quantile(p: f64) -> f64 {
    if p > 0.5 { quantile_upper(1.0 - p) } else { -quantile_upper(p) }
}

/// The z with P(Z > z) = `p`.
///
/// Rational start of Abramowitz & Stegun 26.2.23, then Halley steps on the
/// logarithm of the tail, which converge for any p down to the smallest double.
pub fn quantile_upper(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 {
        return f64::INFINITY;
    }
    if p == 1.0 {
        return f64::NEG_INFINITY;
    }
    if p > 0.5 {
        // The lower tail 1 − p is exact for p in (0.5, 1) (Sterbenz).
        return -quantile_upper(1.0 - p);
    }
    let t = (-2.0 * libm::log(p)).sqrt();
    let mut z =
        t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    for _ in 0..6 {
        let tail = upper(z);
        let hazard = density(z) / tail;
        let error = libm::log(tail / p);
        // d/dz ln tail = −hazard; d²/dz² = −hazard (hazard − z).
        let newton = error / hazard;
        let step = newton / (1.0 - 0.5 * newton * (hazard - z));
        z += step;
        if step.abs() <= 1e-16 * z.abs().max(1e-3) {
            break;
        }
    }
    z
}
