//! Methods by order and sign: rank correlation, Smirnov's test of two
//! distributions, the sign test, Dunn's pairs after Kruskal–Wallis.

mod association;
mod dunn;
mod sign;
mod smirnov;

pub use association::{Association, kendall, spearman};
pub use dunn::{DunnPair, dunn};
pub use sign::{SignTest, sign_test};
pub use smirnov::{Smirnov, smirnov};

use std::iter::zip;

/// Midranks (from 1) and the lengths of the runs of tied values.
fn midranks(values: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut ranks = vec![0.0; values.len()];
    let mut runs = Vec::new();
    let mut before = 0;
    for run in order.chunk_by(|&i, &j| values[i] == values[j]) {
        let length = run.len() as f64;
        for &i in run {
            ranks[i] = before as f64 + (length + 1.0) / 2.0;
        }
        runs.push(length);
        before += run.len();
    }
    (ranks, runs)
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
