//! Regularised incomplete gamma functions.
//!
//!   P(a, x) = x^a e^{−x}/Γ(a) · (1/a) Σ x^n/((a+1)…(a+n))              x < a + 1
//!   Q(a, x) = x^a e^{−x}/Γ(a) · 1/(x+1−a − 1(1−a)/(x+3−a − …))          otherwise
//!
//! (Abramowitz & Stegun 6.5.29 and 6.5.31, the fraction by Lentz's method). The factor
//! in front is √(a/2π) e^{−δ(a) − deviance(a, x)}, see [`crate::dist::stirling`].

use crate::dist::stirling::{deviance, stirling_error};

/// P(a, x) and Q(a, x) = 1 − P(a, x) for `a > 0`, `x > 0`; both keep their relative
/// accuracy where they are the small one.
pub(crate) fn regularized(a: f64, x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    let front = (a / (2.0 * std::f64::consts::PI)).sqrt() * libm::exp(-stirling_error(a) - deviance(a, x));
    if x < a + 1.0 {
        let p = front * series(a, x);
        (p, 1.0 - p)
    } else {
        let q = front * fraction(a, x);
        (1.0 - q, q)
    }
}

fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut place = a;
    loop {
        place += 1.0;
        term *= x / place;
        sum += term;
        if term <= 1e-17 * sum {
            return sum;
        }
    }
}

fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / if b.abs() < TINY { TINY } else { b };
    let mut value = d;
    for step in 1..1_000_000 {
        let n = f64::from(step);
        let numerator = -n * (n - a);
        b += 2.0;
        d = numerator * d + b;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = b + numerator / c;
        c = if c.abs() < TINY { TINY } else { c };
        let change = d * c;
        value *= change;
        if (change - 1.0).abs() < 2e-16 {
            break;
        }
    }
    value
}
