//! Regularised incomplete beta function.
//!
//! I_x(a, b) = x^a (1−x)^b / B(a, b) · 1/(β₁ + α₂/(β₂ + α₃/(β₃ + …)))
//!   α_{n+1} = (a+n−1)(a+b+n−1) n (b−n) x² / (a+2n−1)²
//!   β_{n+1} = n + n(b−n)x/(a+2n−1) + (a+n)(λ + 1 + n(2−x))/(a+2n+1),  λ = a − (a+b) x
//!
//! DiDonato & Morris 1992 (ACM TOMS 18:360), on the side where it converges fast,
//! x < (a+1)/(a+b+2). The factor in front is written with the saddle-point deviance of
//! Loader (2000), so that no large logarithms of gamma functions are subtracted.

use crate::dist::stirling::{deviance_by, stirling_error};
use std::f64::consts::PI;

/// I_x(a, b) for `0 ≤ x ≤ 1`, `a, b > 0`, with `y = 1 − x` given separately so
/// that neither tail is rounded away.
pub(crate) fn regularized(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() || a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    if x < (a + 1.0) / (a + b + 2.0) {
        front(a, b, x, y) * fraction(a, b, x, y)
    } else {
        1.0 - front(a, b, x, y) * fraction(b, a, y, x)
    }
}

/// x^a y^b / B(a, b).
fn front(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    // 1/B(a,b) = Γ(n)/(Γ(a)Γ(b)), with Γ(z) = √(2π/z) (z/e)^z e^{stirling(z)}.
    let correction = stirling_error(n) - stirling_error(a) - stirling_error(b);
    // a − n x = −(b − n y), without cancellation.
    let lambda = a * y - b * x;
    let deviance = deviance_by(a, n * x, lambda) + deviance_by(b, n * y, -lambda);
    libm::exp(correction - deviance) * (a * b / (2.0 * PI * n)).sqrt()
}

/// The fraction in λ = a − (a + b) x = a y − b x, without cancellation where x is near its
/// mean, evaluated by Lentz's method.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let large = |v: f64| if v.abs() < TINY { TINY } else { v };
    let lambda = a * y - b * x;
    let mut value = large(a * (lambda + 1.0) / (a + 1.0));
    let mut c = value;
    let mut d = 0.0;
    for step in 1..20_000 {
        let n = f64::from(step);
        let between = a + 2.0 * n - 1.0;
        let part = n * (b - n) * x / between;
        let numerator = (a + n - 1.0) * (a + b + n - 1.0) * x / between * part;
        let denominator = n + part + (a + n) * (lambda + 1.0 + n * (1.0 + y)) / (between + 2.0);
        d = 1.0 / large(denominator + numerator * d);
        c = large(denominator + numerator / c);
        let change = c * d;
        value *= change;
        if (change - 1.0).abs() < 2e-16 {
            break;
        }
    }
    1.0 / value
}
