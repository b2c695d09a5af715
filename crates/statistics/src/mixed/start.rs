//! Where the search for the variance parameters starts, and whether the design can
//! tell them apart.

use crate::error::StatisticsError;
use crate::mixed::blocks::Kind;
use crate::mixed::optimise::Criterion;
use nalgebra::DMatrix;

/// Ratios of a variance to the residual variance at which the search starts.
const GRID: [f64; 9] = [0.0, 0.01, 0.1, 0.4, 1.5, 6.0, 40.0, 1e3, 1e5];
/// Ratios tried for the first two of several variances.
const COARSE: [f64; 6] = [0.0, 0.05, 0.5, 3.0, 30.0, 1e3];
/// Ratios tried for the third variance, and for each of four.
const THIRD: [f64; 4] = [0.0, 0.1, 1.0, 10.0];
/// More variances than this start together from the best common ratio.
const MOST_AXES: usize = 4;

/// 1 / scale², for slopes of a covariate of that root mean square.
fn per_square(scale: f64) -> f64 {
    1.0 / (scale * scale).max(f64::MIN_POSITIVE)
}

impl Criterion<'_> {
    /// The terms' variances, each an axis of the grid: term, and whether of slopes.
    /// Groups share an axis.
    fn axes(&self) -> Vec<(usize, bool)> {
        let mut axes = Vec::new();
        for component in &self.blocks.shape.components {
            let axis = match component.kind {
                Kind::Intercept => (component.term, false),
                Kind::Slope => (component.term, true),
                _ => continue,
            };
            if !axes.contains(&axis) {
                axes.push(axis);
            }
        }
        axes
    }

    /// Variance parameters relative to the residual variances, which are all 1.
    fn ratios(&self, axes: &[(usize, bool)], values: &[f64], slope_scale: &[f64]) -> Vec<f64> {
        let value = |term, slope| axes.iter().position(|axis| *axis == (term, slope)).map_or(0.0, |i| values[i]);
        let ratio = |c: &crate::mixed::blocks::Component| match c.kind {
            Kind::Intercept => value(c.term, false),
            Kind::Slope => value(c.term, true) * per_square(slope_scale[c.term]),
            Kind::Covariance => 0.0,
            Kind::Residual => 1.0,
        };
        self.blocks.shape.components.iter().map(ratio).collect()
    }

    /// The best point of the starting grid; `slope_scale` is the root mean square of
    /// the slope covariate of each term.
    pub fn start(&self, slope_scale: &[f64]) -> Option<Vec<f64>> {
        let axes = self.axes();
        let mut candidates: Vec<Vec<f64>> = vec![Vec::new()];
        let mut cross = |values: &[f64]| {
            candidates = candidates
                .iter()
                .flat_map(|one| values.iter().map(move |v| one.iter().copied().chain([*v]).collect()))
                .collect();
        };
        match axes.len() {
            0 => {}
            1 => cross(&GRID),
            2 | 3 => (0..axes.len()).for_each(|axis| cross(if axis < 2 { &COARSE } else { &THIRD })),
            4..=MOST_AXES => (0..axes.len()).for_each(|_| cross(&THIRD)),
            several => candidates = GRID.iter().map(|ratio| vec![*ratio; several]).collect(),
        }
        let mut best: Option<(f64, Vec<f64>)> = None;
        for values in candidates {
            let ratios = self.ratios(&axes, &values, slope_scale);
            if let Some((value, factor)) = self.profiled(&ratios)
                && best.as_ref().is_none_or(|(lowest, _)| value < *lowest)
            {
                best = Some((value, ratios.iter().map(|r| r * factor).collect()));
            }
        }
        best.map(|(_, theta)| theta)
    }

    /// Random slopes: Powell's BOBYQA over the Cholesky factors of D / σ², which
    /// keeps D positive semidefinite; Newton polishes interior solutions.
    /// Also tells whether the search reached its tolerance.
    pub fn start_with_slope(&self, theta: &[f64], slope_scale: &[f64]) -> (Vec<f64>, bool) {
        let components = &self.blocks.shape.components;
        let first = self.blocks.shape.first_residual();
        let residual = theta[first];
        let unit = |c: usize| 1.0 / slope_scale[components[c].term].max(f64::MIN_POSITIVE);
        // One coordinate a parameter, but for the first residual variance, the unit.
        let (mut x, mut low) = (Vec::new(), Vec::new());
        for (c, component) in components.iter().enumerate().filter(|(c, _)| *c != first) {
            let ratio = (theta[c] / residual).max(0.0).sqrt();
            x.push(match component.kind {
                Kind::Covariance => 0.0,
                Kind::Slope => (ratio / unit(c)).max(0.1),
                _ => ratio.max(0.1),
            });
            low.push(match component.kind {
                Kind::Covariance => -1e6,
                Kind::Residual => 1e-6,
                _ => 0.0,
            });
        }
        let high = vec![1e6; x.len()];
        let ratios = |x: &[f64]| {
            let mut r: Vec<f64> = x.iter().map(|v| v * v).collect();
            for c in (0..r.len()).filter(|&c| components[c].kind == Kind::Covariance) {
                let l = [x[c - 1], x[c] * unit(c), x[c + 1] * unit(c)];
                r[c] = l[0] * l[1];
                r[c + 1] = l[1] * l[1] + l[2] * l[2];
            }
            r.insert(first, 1.0);
            r
        };
        let worst = 1e300;
        let mut config = bobyqa::Config::new(x.len());
        config.rho_begin = 0.05;
        config.rho_end = 1e-9;
        let objective = |x: &[f64]| self.profiled(&ratios(x)).map_or(worst, |(value, _)| value);
        let outcome = bobyqa::bobyqa(objective, &mut x, &low, &high, config);
        let reached = outcome.status == bobyqa::Status::Converged;
        let r = ratios(&x);
        match self.profiled(&r) {
            Some((_, factor)) => (r.iter().map(|v| v * factor).collect(), reached),
            None => (theta.to_vec(), false),
        }
    }

    /// Refuses data that cannot tell the variance parameters apart: the
    /// expected information at unit variances must be of full rank.
    pub fn require_identified(&self, slope_scale: &[f64]) -> Result<(), StatisticsError> {
        let axes = self.axes();
        let theta = self.ratios(&axes, &vec![1.0; axes.len()], slope_scale);
        let information = self.evaluate(&theta).map(|e| e.expected);
        let k = theta.len();
        let size = (self.blocks.n - self.fixed()) as f64;
        let scaled = information.and_then(|m| {
            // A parameter without any information has a diagonal of rounding size.
            let informed = (0..k).all(|c| {
                let unit = if theta[c] > 0.0 { theta[c] } else { theta[c + 1] };
                m[(c, c)] * unit * unit > 1e-14 * size
            });
            informed.then(|| DMatrix::from_fn(k, k, |i, j| m[(i, j)] / (m[(i, i)] * m[(j, j)]).sqrt()))
        });
        let lowest = scaled.map_or(0.0, |m| m.symmetric_eigenvalues().min());
        if lowest > 1e-8 {
            return Ok(());
        }
        Err(StatisticsError::Undefined {
            what: "variance parameters".to_owned(),
            why: "the design leaves too few free clusters, sub-clusters or units to tell them apart".to_owned(),
        })
    }
}
