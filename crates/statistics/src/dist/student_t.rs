//! Student's t distribution; infinite degrees of freedom give the normal.
//!
//! P(|T| > t) = I_{ν/(ν+t²)}(ν/2, ½)

use crate::dist::stirling::stirling_error;
use crate::dist::{beta, normal};

/// P(|T| > |t|).
pub fn two_sided(t: f64, df: f64) -> f64 {
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if df.is_infinite() {
        return normal::two_sided(t);
    }
    if t.is_infinite() {
        return 0.0;
    }
    let square = t * t;
    if square.is_infinite() {
        // ν/(ν+t²) underflows; leading term of the tail.
        return two_sided(1e150, df) * libm::pow(1e150 / t.abs(), df);
    }
    let total = df + square;
    beta::regularized(0.5 * df, 0.5, df / total, square / total)
}

/// P(T > t).
pub fn upper(t: f64, df: f64) -> f64 {
    let half = 0.5 * two_sided(t, df);
    if t >= 0.0 { half } else { 1.0 - half }
}

/// P(T ≤ t).
pub fn lower(t: f64, df: f64) -> f64 {
    upper(-t, df)
}

/// Density of T.
pub fn density(t: f64, df: f64) -> f64 {
    if df.is_infinite() {
        return normal::density(t);
    }
    // Γ((ν+1)/2)/Γ(ν/2) through Stirling corrections, exact to rounding.
    let log_scale =
        stirling_error(0.5 * (df + 1.0)) - stirling_error(0.5 * df) + 0.5 * df * libm::log1p(1.0 / df) - 0.5;
    let log_tail = -0.5 * (df + 1.0) * libm::log1p(t * t / df);
    libm::exp(log_scale + log_tail) / (2.0 * std::f64::consts::PI).sqrt()
}

/// The t with P(T ≤ t) = `p`.
pub fn quantile(p: f64, df: f64) -> f64 {
    if p > 0.5 { quantile_upper(1.0 - p, df) } else { -quantile_upper(p, df) }
}

/// The t with P(T > t) = `p`.
///
/// Hill's (1970, CACM 13:619) approximation, then Newton steps on ln P over
/// ln t, kept inside a bracket.
pub fn quantile_upper(p: f64, df: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if df.is_infinite() {
        return normal::quantile_upper(p);
    }
    if p > 0.5 {
        return -quantile_upper(1.0 - p, df);
    }
    if p == 0.5 {
        return 0.0;
    }
    if p == 0.0 {
        return f64::INFINITY;
    }
    let target = libm::log(p);
    let mut low = f64::NEG_INFINITY;
    let mut high = f64::INFINITY;
    let mut x = libm::log(start(p, df).max(1e-300));
    for _ in 0..200 {
        let t = libm::exp(x);
        let tail = 0.5 * two_sided(t, df);
        let error = libm::log(tail) - target;
        if error > 0.0 {
            low = low.max(x);
        } else {
            high = high.min(x);
        }
        // d ln P / d ln t = −t f(t)/P.
        let newton = error * tail / (t * density(t, df));
        if newton.abs() <= 4e-16 * x.abs().max(1.0) {
            break;
        }
        let mut next = x + newton;
        if !(next > low && next < high) {
            next = match (low.is_finite(), high.is_finite()) {
                (true, true) => 0.5 * (low + high),
                (true, false) => low + 2.0,
                _ => high - 2.0,
            };
        }
        if next == x {
            break;
        }
        x = next;
    }
    libm::exp(x)
}

/// Hill's start, exact for one and two degrees of freedom.
fn start(p: f64, df: f64) -> f64 {
    let both = 2.0 * p;
    if df < 1.0 {
        return libm::pow(both, -1.0 / df).min(1e300);
    }
    if df == 1.0 {
        return 1.0 / libm::tan(std::f64::consts::FRAC_PI_2 * both);
    }
    if df == 2.0 {
        return (2.0 / (both * (2.0 - both)) - 2.0).sqrt();
    }
    let a = 1.0 / (df - 0.5);
    let b = 48.0 / (a * a);
    let c = ((20_700.0 * a / b - 98.0) * a - 16.0) * a + 96.36;
    let d = ((94.5 / (b + c) - 3.0) / b + 1.0) * (a * std::f64::consts::FRAC_PI_2).sqrt() * df;
    let y = libm::pow(d * both, 2.0 / df);
    let guess = if y > 0.05 + a {
        // Cornish–Fisher from the normal quantile is close enough here.
        let z = normal::quantile_upper(p);
        z * (1.0 + (z * z + 1.0) / (4.0 * df))
    } else {
        (df * y).sqrt()
    };
    if guess.is_finite() && guess > 0.0 { guess } else { 1.0 }
}
