//! Variances of the linearised model: Fisher scoring with the variances kept at or
//! above 0.

use crate::nested_curve::evaluation::{Evaluation, evaluate};
use crate::nested_curve::layout::LinearBlock;
use nalgebra::{DMatrix, DVector};

const ITERATIONS: usize = 200;
/// Gain in −2 ln L, by the quadratic model, at which scoring ends.
const GAIN: f64 = 1e-12;

/// Finds the variances from a start; whether the search ended is the last entry.
pub(crate) fn variances(
    blocks: &[LinearBlock],
    start: &[f64],
    restricted: bool,
) -> Option<(Vec<f64>, Evaluation, bool)> {
    let mut theta = start.to_vec();
    let mut now = evaluate(blocks, &theta, restricted)?;
    for _ in 0..ITERATIONS {
        let Some((next, step, gain)) = scored(blocks, &theta, &now, restricted) else {
            return Some((theta, now, false));
        };
        theta = next;
        now = step;
        if gain < GAIN {
            return Some((theta, now, true));
        }
    }
    Some((theta, now, false))
}

/// One step of scoring, halved until −2 ln L does not rise.
fn scored(
    blocks: &[LinearBlock],
    theta: &[f64],
    now: &Evaluation,
    restricted: bool,
) -> Option<(Vec<f64>, Evaluation, f64)> {
    let count = theta.len();
    // A variance at 0 moves only if that lowers −2 ln L.
    let free: Vec<usize> = (0..count).filter(|&k| k + 1 == count || theta[k] > 0.0 || now.gradient[k] < 0.0).collect();
    let direction = solve(&now.information, &now.gradient, &free)?;
    let mut share = 1.0;
    for _ in 0..60 {
        let mut trial = theta.to_vec();
        for (k, d) in free.iter().zip(direction.iter()) {
            trial[*k] = theta[*k] - share * d;
            if *k + 1 == count {
                trial[*k] = trial[*k].max(0.05 * theta[*k]);
            } else if trial[*k] < 0.0 {
                trial[*k] = 0.0;
            }
        }
        if let Some(found) = evaluate(blocks, &trial, restricted) {
            let moved: f64 = trial.iter().zip(theta).zip(now.gradient.iter()).map(|((t, o), g)| g * (o - t)).sum();
            if found.deviance <= now.deviance + 1e-11 * now.deviance.abs() {
                return Some((trial, found, moved.abs() * share));
            }
        }
        share *= 0.5;
    }
    None
}

/// Scoring direction along the free variances, in which the information is scaled
/// to a unit diagonal.
fn solve(information: &DMatrix<f64>, gradient: &DVector<f64>, free: &[usize]) -> Option<DVector<f64>> {
    let scale: Vec<f64> = free.iter().map(|&k| information[(k, k)].max(f64::MIN_POSITIVE).sqrt()).collect();
    let m = free.len();
    // A hair on the diagonal keeps variances apart that the data cannot.
    let matrix = DMatrix::from_fn(m, m, |i, j| {
        information[(free[i], free[j])] / (scale[i] * scale[j]) + if i == j { 1e-10 } else { 0.0 }
    });
    let right = DVector::from_fn(m, |i, _| gradient[free[i]] / scale[i]);
    let found = matrix.cholesky()?.solve(&right);
    Some(DVector::from_fn(m, |i, _| found[i] / scale[i]))
}
