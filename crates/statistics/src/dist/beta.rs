//! Regularised incomplete beta function.
//!
//! I_x(a, b) = x^a (1−x)^b / (a B(a, b)) · 1/(1 + d₁/(1 + d₂/(1 + …)))
//!
//! Continued fraction: Abramowitz & Stegun 26.5.8, evaluated by Lentz's method
//! on the side where it converges fast, x < (a+1)/(a+b+2). The factor in front
//! is written with the saddle-point deviance of Loader (2000), so that no large
//! logarithms of gamma functions are subtracted.

use statrs::function::gamma::ln_gamma;
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
        front(a, b, x, y) * fraction(a, b, x) / a
    } else {
        1.0 - front(a, b, x, y) * fraction(b, a, y) / b
    }
}

/// x^a y^b / B(a, b).
fn front(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    if a < 1.0 || b < 1.0 {
        let log_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(n);
        return (a * x.ln() + b * y.ln() - log_beta).exp();
    }
    // 1/B(a,b) = Γ(n)/(Γ(a)Γ(b)), with Γ(z) = √(2π/z) (z/e)^z e^{stirling(z)}.
    let correction = stirling_error(n) - stirling_error(a) - stirling_error(b);
    let deviance = deviance(a, n * x) + deviance(b, n * y);
    (correction - deviance).exp() * (a * b / (2.0 * PI * n)).sqrt()
}

/// a ln(a/m) + m − a, without cancellation when a ≈ m.
fn deviance(a: f64, m: f64) -> f64 {
    let gap = a - m;
    if gap.abs() < 0.1 * (a + m) {
        // a ln(a/m) with v = gap/(a+m): ln(a/m) = 2 atanh(v).
        let v = gap / (a + m);
        let mut sum = gap * v;
        let mut power = 2.0 * a * v;
        let square = v * v;
        for j in 1..1000 {
            power *= square;
            let next = sum + power / f64::from(2 * j + 1);
            if next == sum {
                break;
            }
            sum = next;
        }
        return sum;
    }
    a * (a / m).ln() + m - a
}

/// ln Γ(z) − [(z − ½) ln z − z + ½ ln 2π].
pub(crate) fn stirling_error(z: f64) -> f64 {
    if z < 12.0 {
        // Shift upward: Γ(z) = Γ(z+k) / (z (z+1) … ).
        let mut shifted = z;
        let mut product = 1.0;
        while shifted < 12.0 {
            product *= shifted;
            shifted += 1.0;
        }
        let half_log = 0.5 * (2.0 * PI).ln();
        let big = (shifted - 0.5) * shifted.ln() - shifted + half_log + stirling_error(shifted);
        return big - product.ln() - ((z - 0.5) * z.ln() - z + half_log);
    }
    let r = 1.0 / (z * z);
    (1.0 / 12.0
        - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r * (1.0 / 1188.0 - r * 691.0 / 360_360.0)))))
        / z
}

/// Lentz's evaluation of the continued fraction.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let n = a + b;
    let mut c = 1.0;
    let mut d = 1.0 - n * x / (a + 1.0);
    d = 1.0 / if d.abs() < TINY { TINY } else { d };
    let mut value = d;
    for step in 1..20_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 + even * d;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = 1.0 + even / c;
        c = if c.abs() < TINY { TINY } else { c };
        value *= d * c;
        let odd = -(a + m) * (n + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 + odd * d;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = 1.0 + odd / c;
        c = if c.abs() < TINY { TINY } else { c };
        let change = d * c;
        value *= change;
        if (change - 1.0).abs() < 2e-16 {
            break;
        }
    }
    value
}
