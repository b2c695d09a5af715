//! Monotone association of two columns, e.g. dose and response.
//!
//!   Spearman  ρ = correlation of midranks; t = ρ √((n − 2)/(1 − ρ²)), ν = n − 2
//!   Kendall   τ_b = S / √((T − T_x)(T − T_y)), S = concordant − discordant pairs,
//!             z = S/√Var S with ties (Kendall & Gibbons 1990, Rank Correlation
//!             Methods, 5th ed., chapters 3 and 5)

use crate::dist::{normal, student_t};
use crate::error::{StatisticsError, require_count, require_finite};
use crate::rank::midranks::midranks_and_runs;
use serde::{Deserialize, Serialize};
use std::iter::zip;

/// A rank correlation with its large-sample p value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Association {
    /// ρ or τ_b, between −1 and 1.
    pub coefficient: f64,
    /// t (Spearman) or z (Kendall).
    pub statistic: f64,
    /// Two-sided p value.
    pub p: f64,
}

/// Spearman's rank correlation with the t approximation.
///
/// # Errors
/// Different lengths, fewer than three pairs, a value not finite, a constant column.
pub fn spearman(x: &[f64], y: &[f64]) -> Result<Association, StatisticsError> {
    check(x, y)?;
    let ((rank_x, _), (rank_y, _)) = (midranks_and_runs(x), midranks_and_runs(y));
    let rho = correlation(&rank_x, &rank_y).clamp(-1.0, 1.0);
    let df = x.len() as f64 - 2.0;
    let statistic = rho * (df / (1.0 - rho * rho)).sqrt();
    Ok(Association { coefficient: rho, statistic, p: student_t::two_sided(statistic, df) })
}

/// Kendall's τ_b with the normal approximation, ties allowed for.
///
/// # Errors
/// As [`spearman`].
pub fn kendall(x: &[f64], y: &[f64]) -> Result<Association, StatisticsError> {
    check(x, y)?;
    let sign = |d: f64| if d == 0.0 { 0.0 } else { d.signum() };
    let ((rank_x, runs_x), (rank_y, runs_y)) = (midranks_and_runs(x), midranks_and_runs(y));
    let mut s = 0.0;
    for i in 0..x.len() {
        for j in 0..i {
            s += sign(rank_x[i] - rank_x[j]) * sign(rank_y[i] - rank_y[j]);
        }
    }
    let n = x.len() as f64;
    let sum = |runs: &[f64], term: fn(f64) -> f64| runs.iter().map(|t| term(*t)).sum::<f64>();
    let pairs: fn(f64) -> f64 = |t| t * (t - 1.0);
    let triples: fn(f64) -> f64 = |t| t * (t - 1.0) * (t - 2.0);
    let weighted: fn(f64) -> f64 = |t| t * (t - 1.0) * (2.0 * t + 5.0);
    let (tied_x, tied_y) = (sum(&runs_x, pairs), sum(&runs_y, pairs));
    let all = n * (n - 1.0);
    let coefficient = 2.0 * s / ((all - tied_x) * (all - tied_y)).sqrt();
    let variance = (weighted(n) - sum(&runs_x, weighted) - sum(&runs_y, weighted)) / 18.0
        + tied_x * tied_y / (2.0 * all)
        + sum(&runs_x, triples) * sum(&runs_y, triples) / (9.0 * all * (n - 2.0));
    let statistic = s / variance.sqrt();
    Ok(Association { coefficient, statistic, p: normal::two_sided(statistic) })
}

fn check(x: &[f64], y: &[f64]) -> Result<(), StatisticsError> {
    if x.len() != y.len() {
        return Err(StatisticsError::LengthMismatch {
            what: "second column".to_owned(),
            expected: x.len(),
            found: y.len(),
        });
    }
    require_count("pairs", x.len(), 3)?;
    for (what, column) in [("first column", x), ("second column", y)] {
        require_finite(what, column)?;
        if midranks_and_runs(column).1.len() == 1 {
            return Err(StatisticsError::ZeroVariance { what: what.to_owned() });
        }
    }
    Ok(())
}

/// Pearson's correlation; NaN for constant values.
fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (a, b) in zip(x, y) {
        let (a, b) = (a - mean_x, b - mean_y);
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    xy / (xx * yy).sqrt()
}
