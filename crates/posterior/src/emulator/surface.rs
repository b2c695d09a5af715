//! A response surface that stands for the simulation near the plausible parameters.
//!
//! Each output is a polynomial of the coordinates u: linear in all of them, with squares
//! and products of the few that matter most,
//!
//! η(u) = c + Σᵢ bᵢ uᵢ + Σ_{i ≤ j in the strongest} aᵢⱼ uᵢ uⱼ,
//!
//! fitted by ridge regression with the penalty of least generalised cross-validation
//! (Golub, Heath & Wahba 1979 Technometrics 21:215). The error of the surface is its
//! residual variance RSS/(n − df); the likelihood adds it to that of the observation.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// Coordinates whose squares and products take part.
const STRONGEST: usize = 14;

/// Penalties that are tried, as shares of the mean eigenvalue.
const PENALTIES: [f64; 9] = [1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0];

/// A fitted surface.
#[derive(Clone, Debug)]
pub(crate) struct Surface {
    strongest: Vec<usize>,
    /// Means of the features, without the constant.
    centre: DVector<f64>,
    /// `slopes[(output, feature)]`.
    slopes: DMatrix<f64>,
    /// Means of the outputs.
    means: DVector<f64>,
    /// Residual variances of the outputs.
    variances: Vec<f64>,
}

/// A point and what was simulated there.
#[derive(Clone, Debug)]
pub(crate) struct Simulated {
    /// Coordinates.
    pub(crate) u: Vec<f64>,
    /// Outputs.
    pub(crate) eta: Vec<f64>,
}

impl Surface {
    /// The surface through `points`; outputs count in units of `scales` when the strongest
    /// coordinates are chosen.
    pub(crate) fn fit(points: &[Simulated], scales: &[f64]) -> Self {
        let linear = Self::with(points, Vec::new());
        let dimensions = points.first().map_or(0, |point| point.u.len());
        let weight =
            |i: usize| (0..scales.len()).map(|k| (linear.slopes[(k, i)] / scales[k]).powi(2).min(100.0)).sum::<f64>();
        let mut order: Vec<usize> = (0..dimensions).collect();
        order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
        order.truncate(STRONGEST.min(points.len() / 12));
        order.sort_unstable();
        Self::with(points, order)
    }

    /// The surface with squares and products of `strongest`.
    fn with(points: &[Simulated], strongest: Vec<usize>) -> Self {
        let n = points.len();
        let features: Vec<Vec<f64>> = points.iter().map(|point| features(&point.u, &strongest)).collect();
        let p = features.first().map_or(0, Vec::len);
        let outputs = points.first().map_or(0, |point| point.eta.len());
        let mut x = DMatrix::from_fn(n, p, |row, column| features[row][column]);
        let centre = DVector::from_fn(p, |column, _| x.column(column).sum() / n as f64);
        for column in 0..p {
            x.column_mut(column).add_scalar_mut(-centre[column]);
        }
        let mut y = DMatrix::from_fn(n, outputs, |row, column| points[row].eta[column]);
        let means = DVector::from_fn(outputs, |column, _| y.column(column).sum() / n as f64);
        for column in 0..outputs {
            y.column_mut(column).add_scalar_mut(-means[column]);
        }
        let eigen = SymmetricEigen::new(x.transpose() * &x);
        let projected = eigen.eigenvectors.transpose() * x.transpose() * &y;
        let mut slopes = DMatrix::zeros(outputs, p);
        let mut variances = Vec::with_capacity(outputs);
        for output in 0..outputs {
            let (penalty, variance) = least(&eigen.eigenvalues, &projected, &y, output);
            let shrunk = DVector::from_fn(p, |k, _| projected[(k, output)] / (eigen.eigenvalues[k].max(0.0) + penalty));
            slopes.set_row(output, &(&eigen.eigenvectors * shrunk).transpose());
            variances.push(variance);
        }
        Self { strongest, centre, slopes, means, variances }
    }

    /// The outputs at `u`.
    pub(crate) fn at(&self, u: &[f64]) -> Vec<f64> {
        let features = DVector::from_vec(features(u, &self.strongest)) - &self.centre;
        (&self.slopes * features + &self.means).iter().copied().collect()
    }

    /// Variance of what is simulated about the surface, per output.
    pub(crate) fn variances(&self) -> &[f64] {
        &self.variances
    }
}

/// Linear features, then squares and products of the strongest.
fn features(u: &[f64], strongest: &[usize]) -> Vec<f64> {
    let mut all = u.to_vec();
    for (place, &i) in strongest.iter().enumerate() {
        all.extend(strongest[place..].iter().map(|&j| u[i] * u[j]));
    }
    all
}

/// The penalty of least generalised cross-validation for one output, and its residual
/// variance. With singular values dₖ² and projections cₖ of the output:
/// RSS = yᵀy − Σ cₖ² (dₖ² + 2λ)/(dₖ² + λ)², df = 1 + Σ dₖ²/(dₖ² + λ).
fn least(values: &DVector<f64>, projected: &DMatrix<f64>, y: &DMatrix<f64>, output: usize) -> (f64, f64) {
    let n = y.nrows() as f64;
    let total = y.column(output).norm_squared();
    let unit = values.sum() / values.len().max(1) as f64;
    let mut best = (f64::INFINITY, unit, total / n);
    for share in PENALTIES {
        let penalty = share * unit;
        let (mut rss, mut df) = (total, 1.0);
        for (k, value) in values.iter().enumerate() {
            let d = value.max(0.0);
            rss -= projected[(k, output)].powi(2) * (d + 2.0 * penalty) / (d + penalty).powi(2);
            df += d / (d + penalty);
        }
        let left = n - df;
        if left <= 1.0 {
            continue;
        }
        let rss = rss.max(0.0);
        let score = n * rss / (left * left);
        if score < best.0 {
            best = (score, penalty, rss / left);
        }
    }
    (best.1, best.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statistics::dist::normal;
    use statistics::random::Stream;

    fn points(n: u64, noise: f64) -> Vec<Simulated> {
        let point = |k: u64| {
            let mut stream = Stream::new(7, k);
            let mut draw = || normal::quantile(stream.unit().max(1e-12));
            let u: Vec<f64> = (0..20).map(|_| draw()).collect();
            let eta = vec![3.0 + 2.0 * u[0] - u[3] + 1.5 * u[0] * u[3] + 0.5 * u[5] * u[5] + noise * draw(), u[7]];
            Simulated { u, eta }
        };
        (0..n).map(point).collect()
    }

    #[test]
    fn a_quadratic_truth_is_found_and_its_noise_too() {
        let surface = Surface::fit(&points(600, 0.3), &[1.0, 1.0]);
        let fresh = points(700, 0.0).split_off(600);
        let miss = |point: &Simulated| (surface.at(&point.u)[0] - point.eta[0]).powi(2);
        let error = fresh.iter().map(miss).sum::<f64>() / fresh.len() as f64;
        assert!(error < 0.06, "{error}");
        assert!((surface.variances()[0] - 0.09).abs() < 0.03, "{:?}", surface.variances());
        assert!(surface.variances()[1] < 1e-3, "{:?}", surface.variances());
    }
}
