//! An estimate of a nonlinear fit, and the degrees of freedom of a sum of variances.

use serde::{Deserialize, Serialize};

/// An estimate of a nonlinear fit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Least-squares estimate.
    pub value: f64,
    /// Standard error from J′J.
    pub se: f64,
    /// Lower Wald limit.
    pub wald_low: f64,
    /// Upper Wald limit.
    pub wald_high: f64,
    /// Lower profile-likelihood limit; `None` if the data set no lower bound.
    pub profile_low: Option<f64>,
    /// Upper profile-likelihood limit; `None` if the data set no upper bound.
    pub profile_high: Option<f64>,
}

/// Satterthwaite's degrees of freedom of a sum of independent variances.
pub(super) fn satterthwaite(parts: &[(f64, f64)]) -> f64 {
    let total: f64 = parts.iter().map(|(variance, _)| variance).sum();
    total * total / parts.iter().filter(|(v, _)| *v > 0.0).map(|(v, df)| v * v / df).sum::<f64>()
}
