//! Fisher's F distribution.

use crate::dist::beta;

/// P(F > x) with `d1` and `d2` degrees of freedom (`d2` may be infinite).
pub fn upper(x: f64, d1: f64, d2: f64) -> f64 {
    if x.is_nan() || d1.is_nan() || d2.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    if d2.is_infinite() {
        return super::chi_squared::upper(x * d1, d1);
    }
    if x.is_infinite() {
        return 0.0;
    }
    let total = d2 + d1 * x;
    beta::regularized(0.5 * d2, 0.5 * d1, d2 / total, d1 * x / total)
}

/// P(F ≤ x).
pub fn lower(x: f64, d1: f64, d2: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if d2.is_infinite() {
        return super::chi_squared::lower(x * d1, d1);
    }
    let total = d2 + d1 * x;
    beta::regularized(0.5 * d1, 0.5 * d2, d1 * x / total, d2 / total)
}

/// The x with P(F ≤ x) = `p`.
pub fn quantile(p: f64, d1: f64, d2: f64) -> f64 {
    super::quadrature::positive_quantile(p, |x| lower(x, d1, d2), |x| upper(x, d1, d2))
}

/// The x with P(F > x) = `p`.
pub fn quantile_upper(p: f64, d1: f64, d2: f64) -> f64 {
    super::quadrature::positive_quantile_upper(p, |x| lower(x, d1, d2), |x| upper(x, d1, d2))
}
