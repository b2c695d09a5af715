//! Null distributions counted arrangement by arrangement.

use crate::error::StatisticsError;
use crate::sample::compensated;

/// Table cells above which an exact distribution is refused.
const EXACT_WORK: f64 = 1e9;

/// How many subsets of `size` items of integer `weights` have each sum.
pub(super) fn subset_sums(weights: &[usize], size: usize) -> Vec<f64> {
    let mut largest: Vec<usize> = weights.to_vec();
    largest.sort_unstable_by(|x, y| y.cmp(x));
    let top: usize = largest.iter().take(size).sum();
    let mut counts = vec![vec![0.0; top + 1]; size + 1];
    counts[0][0] = 1.0;
    for (done, &weight) in weights.iter().enumerate() {
        for chosen in (1..=size.min(done + 1)).rev() {
            let (fewer, more) = counts.split_at_mut(chosen);
            for (target, source) in more[0].iter_mut().skip(weight).zip(&fewer[chosen - 1]) {
                *target += source;
            }
        }
    }
    counts.swap_remove(size)
}

/// Both tails of a counted distribution at `observed`, centre `twice_mean / 2`.
pub(super) fn tails(counts: &[f64], observed: usize, twice_mean: usize) -> (f64, f64, f64) {
    let total = compensated(counts.iter().copied());
    let share = |keep: &dyn Fn(usize) -> bool| {
        let part = counts.iter().enumerate().filter(|(s, _)| keep(*s)).map(|(_, c)| *c);
        (compensated(part) / total).min(1.0)
    };
    let distance = (2 * observed).abs_diff(twice_mean);
    (share(&|s| (2 * s).abs_diff(twice_mean) >= distance), share(&|s| s <= observed), share(&|s| s >= observed))
}

pub(super) fn refuse_work(what: &str, work: f64) -> Result<(), StatisticsError> {
    if work > EXACT_WORK {
        return Err(StatisticsError::Undefined {
            what: format!("exact distribution of {what}"),
            why: "too many values to count; use the normal approximation".to_owned(),
        });
    }
    Ok(())
}

/// P(U ≤ u) for u = 0 … m n, without ties.
pub fn mann_whitney_distribution(m: usize, n: usize) -> Vec<f64> {
    let ranks: Vec<usize> = (1..=m + n).collect();
    let lowest = m * (m + 1) / 2;
    cumulate(subset_sums(&ranks, m)[lowest..].to_vec())
}

/// P(V ≤ v) for v = 0 … n(n+1)/2, without ties.
pub fn signed_rank_distribution(n: usize) -> Vec<f64> {
    cumulate(sign_sums(&(1..=n).collect::<Vec<_>>()))
}

pub(super) fn cumulate(counts: Vec<f64>) -> Vec<f64> {
    let total = compensated(counts.iter().copied());
    let mut running = 0.0;
    counts
        .iter()
        .map(|c| {
            running += c;
            (running / total).min(1.0)
        })
        .collect()
}

/// How many sign patterns give each sum of the positive weights.
pub(super) fn sign_sums(weights: &[usize]) -> Vec<f64> {
    let mut counts = vec![0.0; weights.iter().sum::<usize>() + 1];
    counts[0] = 1.0;
    let mut reach = 0;
    for &w in weights {
        reach += w;
        for s in (w..=reach).rev() {
            counts[s] += counts[s - w];
        }
    }
    counts
}

/// Smallest index whose cumulative probability reaches `p`.
pub(super) fn discrete_quantile(cumulative: &[f64], p: f64) -> usize {
    cumulative.partition_point(|c| *c < p * (1.0 - 1e-14))
}
