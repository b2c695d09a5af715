//! Chi-squared distribution.

use crate::dist::gamma;

/// P(X > x) with `df` degrees of freedom.
pub fn upper(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if x <= 0.0 { 1.0 } else { gamma::regularized(0.5 * df, 0.5 * x).1 }
}

/// P(X ≤ x).
pub fn lower(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if x <= 0.0 { 0.0 } else { gamma::regularized(0.5 * df, 0.5 * x).0 }
}

/// The x with P(X ≤ x) = `p`.
pub fn quantile(p: f64, df: f64) -> f64 {
    super::quadrature::positive_quantile(p, |x| lower(x, df), |x| upper(x, df))
}

/// The x with P(X > x) = `p`.
pub fn quantile_upper(p: f64, df: f64) -> f64 {
    super::quadrature::positive_quantile_upper(p, |x| lower(x, df), |x| upper(x, df))
}
