//! Sign test of paired differences: exact binomial, with the Clopper–Pearson
//! interval (1934, Biometrika 26:404) of the share of positive differences.

use crate::dist::{beta, quadrature};
use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::estimate::Interval;
use crate::rank::midranks::zeros;
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// Result of a sign test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SignTest {
    /// Positive differences.
    pub positive: usize,
    /// Differences other than zero.
    pub counted: usize,
    /// Two-sided p value of a share of one half.
    pub p: f64,
    /// Share of positive differences with its exact interval.
    pub share: Interval,
}

/// Sign test; differences that are zero up to rounding are left out.
///
/// # Errors
/// No difference other than zero, level outside (0, 1).
pub fn sign_test(differences: &Sample, level: f64) -> Result<SignTest, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let zeros = zeros(differences);
    let kept = || differences.values().iter().zip(&zeros).filter(|(_, zero)| !**zero);
    let (positive, counted) = (kept().filter(|(d, _)| **d > 0.0).count(), kept().count());
    require_count("differences other than zero", counted, 1)?;
    let (k, n) = (positive as f64, counted as f64);
    // P(X ≥ k) of n trials with chance q is I_q(k, n − k + 1).
    let at_least = |k: f64, q: f64| {
        if k <= 0.0 { 1.0 } else { beta::regularized(k, n - k + 1.0, q, 1.0 - q) }
    };
    let p = (2.0 * at_least(k.max(n - k), 0.5)).min(1.0);
    let tail = 0.5 * (1.0 - level);
    let low = match positive {
        0 => 0.0,
        _ => quadrature::root(|q| at_least(k, q) - tail, 0.0, 1.0).unwrap_or(0.0),
    };
    let high = if positive == counted {
        1.0
    } else {
        quadrature::root(|q| at_least(k + 1.0, q) - (1.0 - tail), 0.0, 1.0).unwrap_or(1.0)
    };
    Ok(SignTest { positive, counted, p, share: Interval { value: k / n, low, high, level } })
}
