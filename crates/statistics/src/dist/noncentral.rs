//! Noncentral t and noncentral F.
//!
//! T = (Z + δ)/S with S = χ_ν/√ν:  P(T ≤ t) = ∫ f_S(s) Φ(t s − δ) ds, integrated
//! over u = ln s, where the density has one peak at u = 0 for every ν.
//!
//! F: Poisson mixture of incomplete beta functions,
//!   P(F ≤ x) = Σ_j Pois(j; λ/2) I_y(d₁/2 + j, d₂/2),  y = d₁x/(d₁x + d₂)

use crate::dist::stirling::{poisson, stirling_error};
use crate::dist::{beta, normal, quadrature};

/// ln of the density of u = ln S at `u`.
pub(super) fn log_scale_density(u: f64, df: f64) -> f64 {
    let z = 0.5 * df;
    // exp(2u) − 1 − 2u without cancellation near the peak.
    let bend = if u.abs() < 1e-3 {
        2.0 * u * u + 4.0 / 3.0 * u.powi(3) + 2.0 / 3.0 * u.powi(4)
    } else {
        libm::expm1(2.0 * u) - 2.0 * u
    };
    std::f64::consts::LN_2 + 0.5 * libm::log(z / (2.0 * std::f64::consts::PI)) - stirling_error(z) - z * bend
}

/// Places left and right of 0 where that density has fallen by exp(−60).
pub(super) fn scale_limits(df: f64) -> (f64, f64) {
    let fall = |u: f64| 0.5 * df * (libm::expm1(2.0 * u) - 2.0 * u) - 60.0;
    let mut low = -1.0;
    while fall(low) < 0.0 {
        low *= 2.0;
    }
    let mut high = 1.0;
    while fall(high) < 0.0 {
        high *= 2.0;
    }
    (quadrature::root(fall, low, 0.0).unwrap_or(low), quadrature::root(fall, 0.0, high).unwrap_or(high))
}

/// P(T > t) with `df` degrees of freedom and noncentrality `delta`.
pub fn t_upper(t: f64, df: f64, delta: f64) -> f64 {
    t_tail(t, df, delta, true)
}

/// P(T ≤ t) with `df` degrees of freedom and noncentrality `delta`.
pub fn t_lower(t: f64, df: f64, delta: f64) -> f64 {
    t_tail(t, df, delta, false)
}

fn t_tail(t: f64, df: f64, delta: f64, upper: bool) -> f64 {
    if t.is_nan() || delta.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    let tail = |x: f64| if upper { normal::upper(x) } else { normal::lower(x) };
    if df.is_infinite() {
        return tail(t - delta);
    }
    if t == 0.0 {
        return tail(-delta);
    }
    if t.is_infinite() {
        return if (t > 0.0) == upper { 0.0 } else { 1.0 };
    }
    let (low, high) = scale_limits(df);
    let width = (0.5 / df).sqrt().min(0.5);
    let mut breaks = vec![low, -4.0 * width, -1.5 * width, 0.0, 1.5 * width, 4.0 * width, high];
    let centre = delta / t;
    if centre > 0.0 {
        let u = libm::log(centre);
        let step = 1.0 / delta.abs();
        breaks.extend([-8.0, -3.0, -1.0, 0.0, 1.0, 3.0, 8.0].map(|k| u + k * step));
    }
    breaks.retain(|b| *b >= low && *b <= high);
    breaks.sort_by(f64::total_cmp);
    let integrand = |u: f64| libm::exp(log_scale_density(u, df)) * tail(t * libm::exp(u) - delta);
    let total: f64 = breaks
        .windows(2)
        .filter(|pair| pair[1] > pair[0])
        .map(|pair| quadrature::adaptive(&integrand, pair[0], pair[1], 1e-15))
        .sum();
    total.clamp(0.0, 1.0)
}

/// The noncentrality with P(T > t) = `p`: a confidence limit for δ given t.
pub fn t_noncentrality(t: f64, df: f64, p: f64) -> Option<f64> {
    let excess = |delta: f64| t_upper(t, df, delta) - p;
    let mut width = 3.0_f64.max(t.abs() / df.sqrt().max(1.0) * 3.0);
    for _ in 0..60 {
        if excess(t - width) < 0.0 && excess(t + width) > 0.0 {
            return quadrature::root(excess, t - width, t + width);
        }
        width *= 2.0;
    }
    None
}

/// P(F ≤ x) with noncentrality `lambda`.
pub fn f_lower(x: f64, d1: f64, d2: f64, lambda: f64) -> f64 {
    f_tail(x, d1, d2, lambda, false)
}

/// P(F > x) with noncentrality `lambda`.
pub fn f_upper(x: f64, d1: f64, d2: f64, lambda: f64) -> f64 {
    f_tail(x, d1, d2, lambda, true)
}

fn f_tail(x: f64, d1: f64, d2: f64, lambda: f64, upper: bool) -> f64 {
    if [x, d1, d2, lambda].iter().any(|v| !v.is_finite()) || lambda < 0.0 {
        return f64::NAN;
    }
    if x <= 0.0 {
        return if upper { 1.0 } else { 0.0 };
    }
    let total = d1 * x + d2;
    let (inside, outside) = (d1 * x / total, d2 / total);
    let term = |j: f64| {
        if upper {
            beta::regularized(0.5 * d2, 0.5 * d1 + j, outside, inside)
        } else {
            beta::regularized(0.5 * d1 + j, 0.5 * d2, inside, outside)
        }
    };
    let mean = 0.5 * lambda;
    if mean == 0.0 {
        return term(0.0);
    }
    let mode = mean.floor();
    let weight = |j: f64| poisson(j, mean);
    let mut sum = 0.0;
    let mut j = mode;
    while j >= 0.0 {
        let w = weight(j);
        sum += w * term(j);
        if w < 1e-18 {
            break;
        }
        j -= 1.0;
    }
    j = mode + 1.0;
    loop {
        let w = weight(j);
        sum += w * term(j);
        if w < 1e-18 {
            break;
        }
        j += 1.0;
    }
    sum.clamp(0.0, 1.0)
}
