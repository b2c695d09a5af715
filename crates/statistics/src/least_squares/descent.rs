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
pub(crate) fn sum_of_squares(model: &dyn Model, response: &[f64], theta: &[f64]) -> f64 {
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
    let at = Descent { theta: start.to_vec(), rss: sum_of_squares(model, response, start), converged: false };
    let mut walk = Walk { model, response, free, at, damping: 1e-3, radius: 0.0 };
    walk.go(scaled);
    walk.at
}

/// A walk downhill: where it stands, and how far it trusts the tangent plane.
struct Walk<'a> {
    model: &'a dyn Model,
    response: &'a [f64],
    free: &'a [usize],
    at: Descent,
    /// λ of the next step.
    damping: f64,
    /// No step is longer than this, in the scaled parameters: far from the minimum
    /// the tangent plane is a poor guide.
    radius: f64,
}

impl Walk<'_> {
    /// Steps until the offset is small, nothing moves, or too many were made.
    fn go(&mut self, scaled: bool) {
        if self.free.is_empty() {
            self.at.converged = true;
            return;
        }
        if !self.at.rss.is_finite() {
            return;
        }
        // Below this the residual is rounding of the response itself.
        let exact: f64 = self.response.iter().map(|y| (8.0 * f64::EPSILON * y).powi(2)).sum();
        let mut scale = vec![0.0_f64; self.free.len()];
        let mut smallest_offset = f64::INFINITY;
        for _ in 0..ITERATIONS {
            let Some(factor) = Factor::new(self.model, self.response, &self.at.theta, self.free) else {
                return;
            };
            let offset = factor.offset();
            if offset <= OFFSET || self.at.rss <= exact {
                self.at.converged = true;
                return;
            }
            // Near the minimum rounding of RSS hides progress; the offset shows it.
            let near = offset < 1e-6;
            if near && offset >= smallest_offset {
                self.at.converged = true;
                return;
            }
            smallest_offset = smallest_offset.min(offset);
            for (s, norm) in scale.iter_mut().zip(&factor.norms) {
                *s = if scaled { s.max(*norm).max(f64::MIN_POSITIVE) } else { 1.0 };
            }
            if self.radius == 0.0 {
                let start: Vec<f64> = self.free.iter().map(|&k| self.at.theta[k]).collect();
                self.radius = scaled_length(&start, &scale);
                if self.radius == 0.0 {
                    self.radius = 1.0;
                }
            }
            if !self.step(&factor, &scale, near) {
                self.at.converged = offset < OFFSET_STALLED;
                return;
            }
        }
    }

    /// One step, damped more and more until the residual falls; whether it moved.
    fn step(&mut self, factor: &Factor, scale: &[f64], near: bool) -> bool {
        while self.damping < 1e18 {
            let step = factor.step(self.damping, scale);
            let length = scaled_length(&step, scale);
            if length > self.radius && !near {
                self.damping *= 10.0;
                continue;
            }
            let mut trial = self.at.theta.clone();
            for (&k, s) in self.free.iter().zip(&step) {
                trial[k] += s;
            }
            let rss = sum_of_squares(self.model, self.response, &trial);
            let allowed = if near { self.at.rss * (1.0 + 1e-13) } else { self.at.rss };
            if rss < allowed || (near && rss <= allowed) {
                let moved = trial != self.at.theta;
                let share = (self.at.rss - rss) / factor.expected_gain(&step);
                if share > 0.75 {
                    self.radius = f64::max(self.radius, 3.0 * length);
                } else if share < 0.25 {
                    self.radius = 0.5 * length;
                }
                self.at.theta = trial;
                self.at.rss = rss;
                self.damping = (self.damping * 0.1).max(1e-18);
                return moved;
            }
            self.damping *= 10.0;
            self.radius = self.radius.min(0.5 * length);
        }
        false
    }
}

/// Length of a step with each parameter in units of its effect on the residuals.
fn scaled_length(step: &[f64], scale: &[f64]) -> f64 {
    step.iter().zip(scale).map(|(s, d)| (s * d).powi(2)).sum::<f64>().sqrt()
}
