//! One descent by Levenberg–Marquardt from one starting point.

use crate::least_squares::factor::Factor;
use crate::least_squares::model::Model;
use crate::sample::compensated;

/// Most iterations of one descent.
pub(super) const ITERATIONS: usize = 500;

/// Relative offset at which a descent ends.
const OFFSET: f64 = 1e-12;

/// Relative offset that is good enough when rounding stops further progress.
const OFFSET_STALLED: f64 = 1e-5;

/// Where a descent ended.
pub(super) struct Descent {
    pub(super) theta: Vec<f64>,
    pub(super) rss: f64,
    pub(super) converged: bool,
}

/// Residual sum of squares; NaN outside the domain.
pub(super) fn sum_of_squares(model: &dyn Model, response: &[f64], theta: &[f64]) -> f64 {
    compensated(response.iter().enumerate().map(|(row, y)| (y - model.value(theta, row)).powi(2)))
}

/// Descends from `start` along the `free` parameters: with each parameter
/// scaled by its effect, and if that leads nowhere, unscaled. The first is at
/// home with parameters of any size; the second does not run away along a
/// parameter that has no effect at the start.
pub(super) fn descend(model: &dyn Model, response: &[f64], start: &[f64], free: &[usize]) -> Descent {
    let scaled = walk(model, response, start, free, true);
    if scaled.converged || !scaled.rss.is_finite() {
        return scaled;
    }
    let plain = walk(model, response, start, free, false);
    if plain.converged || plain.rss < scaled.rss { plain } else { scaled }
}

fn walk(model: &dyn Model, response: &[f64], start: &[f64], free: &[usize], scaled: bool) -> Descent {
    let mut at = Descent { theta: start.to_vec(), rss: sum_of_squares(model, response, start), converged: false };
    if free.is_empty() {
        at.converged = true;
        return at;
    }
    if !at.rss.is_finite() {
        return at;
    }
    // Below this the residual is rounding of the response itself.
    let exact: f64 = response.iter().map(|y| (8.0 * f64::EPSILON * y).powi(2)).sum();
    let mut damping = 1e-3;
    let mut scale = vec![0.0_f64; free.len()];
    let mut smallest_offset = f64::INFINITY;
    // No step is longer than this, in the scaled parameters: far from the
    // minimum the tangent plane is a poor guide.
    let mut radius = 0.0;
    for _ in 0..ITERATIONS {
        let Some(factor) = Factor::new(model, response, &at.theta, free) else {
            return at;
        };
        let offset = factor.offset();
        if offset <= OFFSET || at.rss <= exact {
            at.converged = true;
            return at;
        }
        // Near the minimum rounding of RSS hides progress; the offset shows it.
        let near = offset < 1e-6;
        if near && offset >= smallest_offset {
            at.converged = true;
            return at;
        }
        smallest_offset = smallest_offset.min(offset);
        for (s, norm) in scale.iter_mut().zip(&factor.norms) {
            *s = if scaled { s.max(*norm).max(f64::MIN_POSITIVE) } else { 1.0 };
        }
        if radius == 0.0 {
            let start: Vec<f64> = free.iter().map(|&k| at.theta[k]).collect();
            radius = scaled_length(&start, &scale);
            if radius == 0.0 {
                radius = 1.0;
            }
        }
        let mut moved = false;
        while damping < 1e18 {
            let step = factor.step(damping, &scale);
            let length = scaled_length(&step, &scale);
            if length > radius && !near {
                damping *= 10.0;
                continue;
            }
            let mut trial = at.theta.clone();
            for (&k, s) in free.iter().zip(&step) {
                trial[k] += s;
            }
            let rss = sum_of_squares(model, response, &trial);
            let allowed = if near { at.rss * (1.0 + 1e-13) } else { at.rss };
            if rss < allowed || (near && rss <= allowed) {
                moved = trial != at.theta;
                let share = (at.rss - rss) / factor.expected_gain(&step);
                if share > 0.75 {
                    radius = f64::max(radius, 3.0 * length);
                } else if share < 0.25 {
                    radius = 0.5 * length;
                }
                at.theta = trial;
                at.rss = rss;
                damping = (damping * 0.1).max(1e-18);
                break;
            }
            damping *= 10.0;
            radius = radius.min(0.5 * length);
        }
        if !moved {
            at.converged = offset < OFFSET_STALLED;
            return at;
        }
    }
    at
}

/// Length of a step with each parameter in units of its effect on the residuals.
fn scaled_length(step: &[f64], scale: &[f64]) -> f64 {
    step.iter().zip(scale).map(|(s, d)| (s * d).powi(2)).sum::<f64>().sqrt()
}
