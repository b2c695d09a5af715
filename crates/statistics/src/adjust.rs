//! Adjustment of a family of p values.

use crate::error::{StatisticsError, require_count, require_range};
use serde::{Deserialize, Serialize};

/// How a family of p values is adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adjustment {
    /// No adjustment.
    None,
    /// p · m.
    Bonferroni,
    /// 1 − (1 − p)^m.
    Sidak,
    /// Holm 1979: step-down Bonferroni, controls the family-wise error always.
    Holm,
    /// Hochberg 1988: step-up, needs non-negative dependence.
    Hochberg,
    /// Hommel 1988: closed Simes test, more powerful than Hochberg, same need.
    Hommel,
    /// Benjamini & Hochberg 1995: false discovery rate.
    BenjaminiHochberg,
    /// Benjamini & Yekutieli 2001: false discovery rate under any dependence.
    BenjaminiYekutieli,
}

impl Adjustment {
    /// The name as typed on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Adjustment::None => "none",
            Adjustment::Bonferroni => "bonferroni",
            Adjustment::Sidak => "sidak",
            Adjustment::Holm => "holm",
            Adjustment::Hochberg => "hochberg",
            Adjustment::Hommel => "hommel",
            Adjustment::BenjaminiHochberg => "bh",
            Adjustment::BenjaminiYekutieli => "by",
        }
    }

    /// All methods, in the order of [`Adjustment::name`]'s documentation.
    pub fn all() -> [Adjustment; 8] {
        [
            Adjustment::None,
            Adjustment::Bonferroni,
            Adjustment::Sidak,
            Adjustment::Holm,
            Adjustment::Hochberg,
            Adjustment::Hommel,
            Adjustment::BenjaminiHochberg,
            Adjustment::BenjaminiYekutieli,
        ]
    }
}

/// Adjusted p values in the order given.
///
/// # Errors
/// No p value, or one outside 0 … 1 (NaN included).
pub fn adjust(p: &[f64], method: Adjustment) -> Result<Vec<f64>, StatisticsError> {
    require_count("p values", p.len(), 1)?;
    for (index, value) in p.iter().enumerate() {
        require_range(&format!("p value {index} (counted from 0)"), *value, 0.0, 1.0)?;
    }
    let m = p.len() as f64;
    Ok(match method {
        Adjustment::None => p.to_vec(),
        Adjustment::Bonferroni => p.iter().map(|v| (v * m).min(1.0)).collect(),
        Adjustment::Sidak => p.iter().map(|v| -libm::expm1(m * libm::log1p(-v))).collect(),
        Adjustment::Holm => step_down(p, |rank| m - rank as f64),
        Adjustment::Hochberg => step_up(p, |rank| m - rank as f64),
        Adjustment::BenjaminiHochberg => step_up(p, |rank| m / (rank as f64 + 1.0)),
        Adjustment::BenjaminiYekutieli => {
            let harmonic: f64 = (1..=p.len()).map(|i| 1.0 / i as f64).sum();
            step_up(p, |rank| harmonic * m / (rank as f64 + 1.0))
        }
        Adjustment::Hommel => hommel(p),
    })
}

/// Positions in ascending order of p, ties in the order given.
fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&i, &j| p[i].total_cmp(&p[j]));
    order
}

/// Running maximum of factor · p from the smallest p upward.
fn step_down(p: &[f64], factor: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut adjusted = vec![0.0; p.len()];
    let mut running = 0.0_f64;
    for (rank, &i) in ascending(p).iter().enumerate() {
        running = running.max(p[i] * factor(rank));
        adjusted[i] = running.min(1.0);
    }
    adjusted
}

/// Running minimum of factor · p from the largest p downward.
fn step_up(p: &[f64], factor: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut adjusted = vec![0.0; p.len()];
    let mut running = 1.0_f64;
    for (rank, &i) in ascending(p).iter().enumerate().rev() {
        running = running.min(p[i] * factor(rank));
        adjusted[i] = running;
    }
    adjusted
}

/// Hommel's procedure in the form of Wright (1992, Biometrics 48:1005).
fn hommel(p: &[f64]) -> Vec<f64> {
    let n = p.len();
    let order = ascending(p);
    let sorted: Vec<f64> = order.iter().map(|&i| p[i]).collect();
    let simes = |m: usize, first: usize, count: usize| -> f64 {
        // min over j of m p_(first+j) / (offset + j), j counted from 0.
        (0..count).map(|j| m as f64 * sorted[first + j] / (m - count + j + 1) as f64).fold(f64::INFINITY, f64::min)
    };
    let start = simes(n, 0, n);
    let mut best = vec![start; n];
    for m in (2..n).rev() {
        // The m − 1 largest p values take part with divisors 2 … m.
        let tail = simes(m, n - m + 1, m - 1);
        let mut q = vec![tail; n];
        for (j, slot) in q.iter_mut().enumerate().take(n - m + 1) {
            *slot = (m as f64 * sorted[j]).min(tail);
        }
        for (b, v) in best.iter_mut().zip(&q) {
            *b = b.max(*v);
        }
    }
    let mut adjusted = vec![0.0; n];
    for (rank, &i) in order.iter().enumerate() {
        adjusted[i] = best[rank].max(sorted[rank]).min(1.0);
    }
    adjusted
}
