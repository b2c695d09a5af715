//! Smirnov's test of two distributions: D = max |F_a(x) − F_b(x)|, exact.
//!
//! Without ties every order of the pooled values is a lattice path from (0, 0)
//! to (m, n); p is the share of paths that reach |i/m − j/n| ≥ D, counted by
//! P(i, j) = (i P(i−1, j) + j P(i, j−1)) / (i + j) inside and 1 outside
//! (Hodges 1958, Ark Mat 3:469).

use crate::error::{StatisticsError, require_range};
use crate::rank::midranks::midranks_of_samples;
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// Result of Smirnov's test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Smirnov {
    /// Largest distance of the two distribution functions.
    pub d: f64,
    /// Two-sided exact p value.
    pub p: f64,
}

/// Pairs of values up to which paths are counted.
const LARGEST: f64 = 1e8;

/// Smirnov's test of two samples without ties.
///
/// # Errors
/// Tied values, for which the count of paths does not hold; more than 10⁸ pairs.
pub fn smirnov(a: &Sample, b: &Sample) -> Result<Smirnov, StatisticsError> {
    let (m, n) = (a.n(), b.n());
    require_range("pairs of values", m as f64 * n as f64, 1.0, LARGEST)?;
    let mut pooled: Vec<(f64, bool)> = Vec::with_capacity(m + n);
    pooled.extend(a.values().iter().map(|v| (*v, true)));
    pooled.extend(b.values().iter().map(|v| (*v, false)));
    pooled.sort_by(|x, y| x.0.total_cmp(&y.0));
    if midranks_of_samples(&[a.clone(), b.clone()]).1.len() < m + n {
        return Err(StatisticsError::Undefined {
            what: "exact Smirnov test".to_owned(),
            why: "values are tied".to_owned(),
        });
    }
    // |i n − j m| in whole numbers: no rounding decides a tie of distances.
    let distance = |i: usize, j: usize| (i * n).abs_diff(j * m);
    let (mut i, mut j, mut largest) = (0, 0, 0);
    for (_, from_a) in &pooled {
        if *from_a {
            i += 1;
        } else {
            j += 1;
        }
        largest = largest.max(distance(i, j));
    }
    let mut row = vec![0.0; n + 1];
    for i in 0..=m {
        for j in 0..=n {
            row[j] = if distance(i, j) >= largest {
                1.0
            } else if i + j == 0 {
                0.0
            } else {
                let above = if i > 0 { i as f64 * row[j] } else { 0.0 };
                let left = if j > 0 { j as f64 * row[j - 1] } else { 0.0 };
                (above + left) / (i + j) as f64
            };
        }
    }
    Ok(Smirnov { d: largest as f64 / (m as f64 * n as f64), p: row[n] })
}
