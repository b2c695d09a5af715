//! Householder factorisation J = QR of a Jacobian, kept with Q′r.

use crate::least_squares::model::Model;

/// Sine of the angle between a column and the span of those before it, below
/// which the column counts as dependent.
const DEPENDENT: f64 = 1e-9;

/// R and Q′r at one point of the parameter space.
pub(super) struct Factor {
    /// Columns of R (upper triangle).
    r: Vec<Vec<f64>>,
    /// First p entries of Q′r.
    explained: Vec<f64>,
    /// Squared norm of the other entries.
    unexplained: f64,
    /// Norms of the columns of J.
    pub(super) norms: Vec<f64>,
    n: usize,
}

impl Factor {
    /// Factorises the Jacobian along the `free` parameters; `None` if it is not
    /// finite.
    pub(super) fn new(model: &dyn Model, response: &[f64], theta: &[f64], free: &[usize]) -> Option<Factor> {
        let n = response.len();
        let mut columns = vec![vec![0.0; n]; free.len()];
        let mut rest = vec![0.0; n];
        let mut gradient = vec![0.0; theta.len()];
        for row in 0..n {
            rest[row] = response[row] - model.value(theta, row);
            model.gradient(theta, row, &mut gradient);
            for (column, &k) in columns.iter_mut().zip(free) {
                column[row] = gradient[k];
            }
        }
        let finite = rest.iter().chain(columns.iter().flatten()).all(|v| v.is_finite());
        if !finite {
            return None;
        }
        let norms = columns.iter().map(|c| norm(c)).collect();
        reduce(&mut columns, &mut rest);
        let unexplained = rest[free.len()..].iter().map(|v| v * v).sum();
        rest.truncate(free.len());
        Some(Factor { r: columns, explained: rest, unexplained, norms, n })
    }

    /// Relative offset of Bates & Watts.
    pub(super) fn offset(&self) -> f64 {
        let p = self.r.len();
        if p == 0 {
            return 0.0;
        }
        let explained = norm(&self.explained) / (p as f64).sqrt();
        let unexplained = (self.unexplained / (self.n - p) as f64).sqrt();
        if explained == 0.0 { 0.0 } else { explained / unexplained }
    }

    /// The step for damping λ, with `scale` the diagonal of D.
    pub(super) fn step(&self, damping: f64, scale: &[f64]) -> Vec<f64> {
        let p = self.r.len();
        let mut columns: Vec<Vec<f64>> = (0..p)
            .map(|k| {
                let mut column = vec![0.0; 2 * p];
                column[..=k].copy_from_slice(&self.r[k][..=k]);
                column[p + k] = damping.sqrt() * scale[k];
                column
            })
            .collect();
        let mut right = self.explained.clone();
        right.resize(2 * p, 0.0);
        reduce(&mut columns, &mut right);
        back_substitute(&columns, &right)
    }

    /// Sum of squares that a step is expected to save.
    pub(super) fn expected_gain(&self, step: &[f64]) -> f64 {
        let p = self.r.len();
        let moved = |i: usize| (i..p).map(|j| self.r[j][i] * step[j]).sum::<f64>();
        (0..p).map(|i| moved(i) * (2.0 * self.explained[i] - moved(i))).sum()
    }

    /// (J′J)⁻¹, or `None` if a column depends on those before it.
    pub(super) fn inverse_of_gram(&self) -> Option<Vec<Vec<f64>>> {
        let p = self.r.len();
        for k in 0..p {
            // Also false for a column of zeros.
            if self.r[k][k].abs() <= DEPENDENT * self.norms[k] {
                return None;
            }
        }
        // Columns of R⁻¹.
        let inverse: Vec<Vec<f64>> = (0..p)
            .map(|k| {
                let mut unit = vec![0.0; p];
                unit[k] = 1.0;
                back_substitute(&self.r, &unit)
            })
            .collect();
        let entry = |i: usize, j: usize| (0..p).map(|k| inverse[k][i] * inverse[k][j]).sum();
        Some((0..p).map(|i| (0..p).map(|j| entry(i, j)).collect()).collect())
    }
}

/// Turns `columns` into R and `right` into Q′ right, by Householder reflections.
pub(crate) fn reduce(columns: &mut [Vec<f64>], right: &mut [f64]) {
    for k in 0..columns.len() {
        let length = norm(&columns[k][k..]);
        if length == 0.0 {
            continue;
        }
        let head = columns[k][k];
        let target = -length.copysign(head);
        let mut mirror = columns[k][k..].to_vec();
        mirror[0] -= target;
        let square: f64 = mirror.iter().map(|v| v * v).sum();
        let reflect = |part: &mut [f64]| {
            let along: f64 = mirror.iter().zip(part.iter()).map(|(m, v)| m * v).sum();
            for (v, m) in part.iter_mut().zip(&mirror) {
                *v -= 2.0 * along / square * m;
            }
        };
        for column in &mut columns[k + 1..] {
            reflect(&mut column[k..]);
        }
        reflect(&mut right[k..]);
        columns[k][k] = target;
        columns[k][k + 1..].fill(0.0);
    }
}

/// Solves R x = `right`; entries along a zero pivot become 0.
pub(super) fn back_substitute(r: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let p = r.len();
    let mut x = vec![0.0; p];
    for i in (0..p).rev() {
        let known: f64 = (i + 1..p).map(|j| r[j][i] * x[j]).sum();
        x[i] = if r[i][i] == 0.0 { 0.0 } else { (right[i] - known) / r[i][i] };
    }
    x
}

/// Euclidean norm without overflow.
fn norm(values: &[f64]) -> f64 {
    let largest = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    if largest == 0.0 || !largest.is_finite() {
        return largest;
    }
    largest * values.iter().map(|v| (v / largest).powi(2)).sum::<f64>().sqrt()
}
