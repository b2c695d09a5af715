//! Ranks of values, the mean rank for those that are tied.

/// Midranks (1-based) in the order given, and Σ(t³ − t) over ties.
pub fn midranks(values: &[f64]) -> (Vec<f64>, f64) {
    let (ranks, runs) = midranks_and_runs(values);
    // Counts: every term and every sum is a whole number.
    let ties = runs.iter().fold(0.0, |sum, count| sum + count * (count * count - 1.0));
    (ranks, ties)
}

/// Midranks (from 1) and the lengths of the runs of tied values.
pub(crate) fn midranks_and_runs(values: &[f64]) -> (Vec<f64>, Vec<f64>) {
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
