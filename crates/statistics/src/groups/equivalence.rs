//! Equivalence by two one-sided tests (Schuirmann 1987, J Pharmacokinet
//! Biopharm 15:657).
//!
//!   t_L = (d − L)/se, p_L = P(T > t_L);  t_U = (d − U)/se, p_U = P(T < t_U);
//!   p = max(p_L, p_U)
//!
//! p < α is the same statement as "the 1 − 2α interval lies within (L, U)". The
//! bounds must be fixed before the data are seen.

use crate::dist::student_t;
use crate::error::{StatisticsError, require_finite, require_open_unit};
use crate::estimate::Comparison;
use serde::{Deserialize, Serialize};

/// Result of two one-sided tests.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Equivalence {
    /// Lower bound of equivalence, unit of the data.
    pub low: f64,
    /// Upper bound of equivalence, unit of the data.
    pub high: f64,
    /// Statistic against the lower bound.
    pub t_lower: f64,
    /// P value of "above the lower bound".
    pub p_lower: f64,
    /// Statistic against the upper bound.
    pub t_upper: f64,
    /// P value of "below the upper bound".
    pub p_upper: f64,
    /// Degrees of freedom of both tests.
    pub df: f64,
    /// The larger of the two p values.
    pub p: f64,
    /// Lower limit of the 1 − 2α interval.
    pub ci_low: f64,
    /// Upper limit of the 1 − 2α interval.
    pub ci_high: f64,
    /// α of each one-sided test.
    pub alpha: f64,
    /// p < α: the difference lies within the bounds.
    pub equivalent: bool,
}

/// Tests whether the difference of `comparison` lies within `low … high`. Any
/// comparison will do: Welch, Student, paired, or a contrast of a mixed model.
///
/// # Errors
/// Bounds not finite or not ascending, α outside (0, 0.5), a standard error of 0.
pub fn tost(comparison: &Comparison, low: f64, high: f64, alpha: f64) -> Result<Equivalence, StatisticsError> {
    require_finite("equivalence bounds", &[low, high])?;
    require_open_unit("2 alpha", 2.0 * alpha)?;
    if low >= high {
        return Err(StatisticsError::OutOfRange {
            what: "lower equivalence bound".to_owned(),
            value: low,
            low: f64::NEG_INFINITY,
            high,
        });
    }
    if comparison.se.is_nan() || comparison.se <= 0.0 {
        return Err(StatisticsError::ZeroVariance { what: "comparison".to_owned() });
    }
    let df = comparison.df;
    let t_lower = (comparison.estimate - low) / comparison.se;
    let t_upper = (comparison.estimate - high) / comparison.se;
    let p_lower = student_t::upper(t_lower, df);
    let p_upper = student_t::upper(-t_upper, df);
    let interval = comparison.at_level(1.0 - 2.0 * alpha);
    let p = p_lower.max(p_upper);
    Ok(Equivalence {
        low,
        high,
        t_lower,
        p_lower,
        t_upper,
        p_upper,
        df,
        p,
        ci_low: interval.ci_low,
        ci_high: interval.ci_high,
        alpha,
        equivalent: p < alpha,
    })
}
