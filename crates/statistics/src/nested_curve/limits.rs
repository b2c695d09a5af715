//! Profile limits of a location: the penalised sum of squares
//!
//!   Σ (y − f(β, b))²/σ² + Σ b²/θ
//!
//! minimised over all other fixed and random effects with the variances at their
//! estimates, may rise by the square of the critical value. In a linear model it is
//! the generalised sum of squares of the fixed effect.

use crate::least_squares::model::{LeastSquares, Model};
use crate::nested_curve::layout::{Layout, Point};

/// The penalised least-squares problem as an ordinary one: rows of the data, then
/// one row for each random effect.
struct Penalised<'a> {
    layout: &'a Layout<'a>,
    /// Block and place of each row of the data.
    rows: Vec<(usize, usize)>,
    /// Block, component, unit and SD of each random effect that varies.
    random: Vec<(usize, usize, usize, f64)>,
    sigma: f64,
}

impl<'a> Penalised<'a> {
    fn new(layout: &'a Layout<'a>, theta: &[f64]) -> Penalised<'a> {
        let (mut rows, mut random) = (Vec::new(), Vec::new());
        for (b, block) in layout.blocks.iter().enumerate() {
            rows.extend((0..block.rows.len()).map(|k| (b, k)));
            for (c, (stage, _)) in layout.effects.iter().enumerate() {
                if theta[c] > 0.0 {
                    random.extend((0..block.units[*stage as usize]).map(|u| (b, c, u, theta[c].sqrt())));
                }
            }
        }
        Penalised { layout, rows, random, sigma: theta[theta.len() - 1].sqrt() }
    }

    fn point(&self, theta: &[f64], block: usize) -> Point {
        let p = self.layout.fixed();
        let mut point = self.layout.origin(theta[..p].to_vec());
        for (k, (b, c, u, sd)) in self.random.iter().enumerate() {
            if *b == block {
                point.random[*b][*c][*u] = theta[p + k] * sd;
            }
        }
        point
    }
}

impl Model for Penalised<'_> {
    fn parameters(&self) -> usize {
        self.layout.fixed() + self.random.len()
    }

    fn value(&self, theta: &[f64], row: usize) -> f64 {
        match self.rows.get(row) {
            Some(&(block, k)) => self.layout.row(block, k, &self.point(theta, block)).0 / self.sigma,
            None => theta[self.layout.fixed() + row - self.rows.len()],
        }
    }

    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]) {
        gradient.fill(0.0);
        let p = self.layout.fixed();
        let Some(&(block, k)) = self.rows.get(row) else {
            gradient[p + row - self.rows.len()] = 1.0;
            return;
        };
        let (_, fixed, random) = self.layout.row(block, k, &self.point(theta, block));
        let per = self.layout.form.parameters();
        let own = &self.layout.blocks[block];
        let first = per * self.layout.data.curve[own.rows[k]];
        for (i, slope) in fixed[..per].iter().enumerate() {
            gradient[first + i] = slope / self.sigma;
        }
        for (place, (b, c, u, sd)) in self.random.iter().enumerate() {
            if *b == block && own.unit[self.layout.effects[*c].0 as usize][k] == *u {
                gradient[p + place] = random[*c] * sd / self.sigma;
            }
        }
    }
}

/// Limits of fixed effect `k` whose standard error is `se`.
pub(crate) fn limits(
    layout: &Layout,
    point: &Point,
    theta: &[f64],
    k: usize,
    (se, critical): (f64, f64),
) -> (Option<f64>, Option<f64>) {
    let model = Penalised::new(layout, theta);
    let mut response: Vec<f64> =
        model.rows.iter().map(|&(b, place)| layout.data.response[layout.blocks[b].rows[place]] / model.sigma).collect();
    response.resize(response.len() + model.random.len(), 0.0);
    let mut estimates = point.fixed.clone();
    estimates.extend(model.random.iter().map(|(b, c, u, sd)| point.random[*b][*c][*u] / sd));
    let n = estimates.len();
    let mut covariance = vec![vec![0.0; n]; n];
    covariance[k][k] = se * se;
    let rss = crate::least_squares::descent::sum_of_squares(&model, &response, &estimates);
    let df = (response.len() - n) as f64;
    let start = LeastSquares { estimates, covariance, rss, n: response.len(), df };
    start.profile_at(&model, &response, k, (1.0, critical))
}
