//! Whether the means of several groups differ at all, every group with variances of
//! its own.
//!
//! ```text
//! w_g = 1/V_g   W = Σ w_g   μ̃ = Σ w_g μ̂_g / W   q = k − 1   Λ = Σ (1 − w_g/W)²/ν_g
//! F = [Σ w_g (μ̂_g − μ̃)²/q] / [1 + 2 (k − 2) Λ/(k² − 1)]   ν₂ = (k² − 1)/(3 Λ)
//! ```
//!
//! Welch 1951, Biometrika 38:330, with V_g and ν_g of the clustered group: Welch's
//! analysis of variance of the cluster means where clusters have equally many units.

use crate::clustered::group::GroupMean;
use crate::dist::f;
use crate::error::{StatisticsError, require_count};
use crate::estimate::{DfMethod, FTest};

/// Tests that all means are equal.
///
/// # Errors
/// Fewer than two groups.
pub fn joint(means: &[GroupMean]) -> Result<FTest, StatisticsError> {
    require_count("groups", means.len(), 2)?;
    let k = means.len() as f64;
    let total: f64 = means.iter().map(|m| 1.0 / m.variance).sum();
    let origin = means[0].mean;
    let centre = means.iter().map(|m| (m.mean - origin) / m.variance).sum::<f64>() / total;
    let between: f64 = means.iter().map(|m| (m.mean - origin - centre).powi(2) / m.variance).sum();
    let lambda: f64 = means.iter().map(|m| (1.0 - 1.0 / (m.variance * total)).powi(2) / m.df).sum();
    let (df1, df2) = (k - 1.0, (k * k - 1.0) / (3.0 * lambda));
    let statistic = between / df1 / (1.0 + 2.0 * (k - 2.0) * lambda / (k * k - 1.0));
    Ok(FTest { f: statistic, df1, df2, p: f::upper(statistic, df1, df2), df_method: DfMethod::Satterthwaite })
}
