//! Brunner–Munzel test: does one sample tend to larger values?

use crate::dist::{normal, student_t};
use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::rank::mann_whitney::ranked;
use crate::rank::midranks::midranks_within;
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// The Brunner–Munzel test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BrunnerMunzel {
    /// P(X < Y) + ½ P(X = Y).
    pub probability: f64,
    /// Lower limit of that probability (t, not truncated to 0 … 1).
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Statistic; positive if the second sample tends to be larger.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// Two-sided p value from t.
    pub p: f64,
    /// Two-sided p value from the normal.
    pub p_normal: f64,
}

/// Brunner–Munzel test (Brunner & Munzel 2000, Biometrical Journal 42:17).
///
/// The interval is too narrow in small samples when the probability is far from
/// ½: about 91 % instead of 95 % for 9 against 12 values at probability 0.2.
///
/// # Errors
/// A sample of one value, level outside (0, 1), or samples that do not overlap
/// or are constant (the variance of the placements is zero).
pub fn brunner_munzel(a: &Sample, b: &Sample, level: f64) -> Result<BrunnerMunzel, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_count("values of the first sample", a.n(), 2)?;
    require_count("values of the second sample", b.n(), 2)?;
    let (ranks, _, _) = ranked(a, b);
    let (n1, n2) = (a.n() as f64, b.n() as f64);
    let spread = |own: &Sample, all: &[f64]| {
        let n = own.n() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let (inner, _) = midranks_within(own.values(), own.roundings());
        let squares = all.iter().zip(&inner).map(|(r, i)| (r - i - mean + (n + 1.0) / 2.0).powi(2)).sum::<f64>();
        (mean, squares / (n - 1.0))
    };
    let (m1, v1) = spread(a, &ranks[..a.n()]);
    let (m2, v2) = spread(b, &ranks[a.n()..]);
    let total = n1 * v1 + n2 * v2;
    if total <= 1e-12 * (n1 + n2) {
        return Err(StatisticsError::ZeroVariance { what: "placements of the two samples".to_owned() });
    }
    let statistic = n1 * n2 * (m2 - m1) / ((n1 + n2) * total.sqrt());
    let df = total * total / ((n1 * v1).powi(2) / (n1 - 1.0) + (n2 * v2).powi(2) / (n2 - 1.0));
    let probability = (m2 - (n2 + 1.0) / 2.0) / n1;
    let se = (v1 / (n1 * n2 * n2) + v2 / (n2 * n1 * n1)).sqrt();
    let margin = student_t::quantile_upper((1.0 - level) / 2.0, df) * se;
    Ok(BrunnerMunzel {
        probability,
        low: probability - margin,
        high: probability + margin,
        statistic,
        df,
        p: student_t::two_sided(statistic, df),
        p_normal: normal::two_sided(statistic),
    })
}
