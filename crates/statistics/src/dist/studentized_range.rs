//! Studentized range: largest minus smallest of k means over their common
//! standard error.
//!
//!   P(Q > q) = ∫ f_S(s) k ∫ φ(z) {Φ(z)^{k−1} − [Φ(z) − Φ(z − q s)]^{k−1}} dz ds
//!
//! (z = the largest value). The difference in braces is formed with expm1 and
//! log1p, so small tails keep their relative accuracy. Trapezoidal rules as in
//! [`super::max_t`].

use crate::dist::max_t::{over_normal, over_scale};
use crate::dist::{normal, quadrature};

/// P(Q > q) for `k` means and `df` degrees of freedom (may be infinite).
pub fn upper(q: f64, k: usize, df: f64) -> f64 {
    if q.is_nan() || df.is_nan() || k < 2 {
        return f64::NAN;
    }
    if q <= 0.0 {
        return 1.0;
    }
    let others = (k - 1) as f64;
    let step = (0.5 / (k as f64).sqrt()).min(0.25);
    let value = over_scale(df, |s| {
        over_normal(step, |z| {
            let below = normal::lower(z);
            let ratio = normal::lower(z - q * s) / below;
            -libm::pow(below, others) * libm::expm1(others * libm::log1p(-ratio))
        })
    });
    (k as f64 * value).min(1.0)
}

/// The q with P(Q > q) = `p`.
pub fn quantile_upper(p: f64, k: usize, df: f64) -> f64 {
    let edge = std::f64::consts::SQRT_2;
    let low = 0.5 * edge * super::student_t::quantile_upper(0.5 * p, df);
    let pairs = (k * (k - 1)) as f64;
    let high = 1.5 * edge * super::student_t::quantile_upper(p / pairs, df);
    let target = libm::log(p);
    quadrature::root(|q| libm::log(upper(q, k, df)) - target, low, high).unwrap_or(f64::NAN)
}
