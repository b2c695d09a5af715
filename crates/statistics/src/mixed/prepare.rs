//! From observations to cross products: checks, labels, orthonormal columns.
//!
//! The design is replaced by orthonormal columns Q, X = Q R (modified
//! Gram–Schmidt, twice), and the response by its scaled least-squares residual,
//! so that neither a large offset nor badly scaled covariates cost digits.
//! Estimates are carried back by β = R⁻¹ γ.

use crate::error::{StatisticsError, require_count, require_finite};
use crate::mixed::blocks::{Blocks, Entry, dot, remove};
use crate::mixed::data::MixedData;
use crate::mixed::grouping::Grouping;
use nalgebra::{DMatrix, DVector};

/// A column shorter than this share of its length after removing the columns
/// before it is a combination of them.
const RANK_TOLERANCE: f64 = 1e-10;

/// Residuals below this share of the response are rounding.
const PERFECT_FIT: f64 = 1e-13;

/// Checked observations with dense labels.
#[derive(Debug, Clone)]
pub(super) struct Observations {
    pub grouping: Grouping,
    /// n × (p + 1), row-major, response last.
    pub rows: Vec<f64>,
    pub names: Vec<String>,
    /// Z: n × terms, row-major.
    pub entries: Vec<Entry>,
    /// Root mean square of the slope covariate of each term; 1 without.
    pub slope_scale: Vec<f64>,
}

/// Cross products of the orthonormal problem and the way back.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub blocks: Blocks,
    /// R⁻¹.
    pub r_inverse: DMatrix<f64>,
    /// Least-squares coefficients of the orthonormal columns.
    pub gamma: DVector<f64>,
    /// Factor taken out of the response.
    pub scale: f64,
    /// ln|R'R|.
    pub log_det_r: f64,
}

impl Observations {
    pub fn new(data: &MixedData<'_>) -> Result<Self, StatisticsError> {
        check(data)?;
        let n = data.fixed.rows();
        let p = data.fixed.columns();
        require_count("observations", n, p + 1)?;
        let grouping = Grouping::new(data)?;
        let mut rows = Vec::with_capacity(n * (p + 1));
        for i in 0..n {
            rows.extend_from_slice(data.fixed.row(i));
            rows.push(data.response[i]);
        }
        let entries = grouping.entries(data);
        let clusters = data.cluster_varies.then_some(data.slope);
        let slope_scale = clusters
            .into_iter()
            .chain(data.terms.iter().map(|term| term.slope))
            .map(|slope| match slope {
                Some(s) if s.iter().all(|v| *v == s[0]) => {
                    Err(StatisticsError::ZeroVariance { what: "slope covariate".to_owned() })
                }
                Some(s) => Ok((s.iter().map(|v| v * v).sum::<f64>() / n as f64).sqrt()),
                None => Ok(1.0),
            })
            .collect::<Result<_, _>>()?;
        Ok(Observations { grouping, rows, names: data.fixed.names().to_vec(), entries, slope_scale })
    }

    pub fn n(&self) -> usize {
        self.grouping.class.len()
    }

    /// Orthonormalises and sums up.
    pub fn problem(&self) -> Result<Problem, StatisticsError> {
        let n = self.n();
        let p = self.names.len();
        let w = p + 1;
        // Columns are contiguous here: the sweeps below run along columns.
        let mut columns: Vec<Vec<f64>> = (0..w).map(|j| (0..n).map(|i| self.rows[i * w + j]).collect()).collect();
        let mut r = DMatrix::zeros(p, p);
        for j in 0..p {
            let before = norm(&columns[j]);
            for _ in 0..2 {
                for i in 0..j {
                    let share = dot(&columns[i], &columns[j]);
                    r[(i, j)] += share;
                    let (head, tail) = columns.split_at_mut(j);
                    remove(&mut tail[0], &head[i], share);
                }
            }
            let after = norm(&columns[j]);
            if after.is_nan() || after <= RANK_TOLERANCE * before || after == 0.0 {
                return Err(StatisticsError::RankDeficient { column: j, name: self.names[j].clone() });
            }
            r[(j, j)] = after;
            for value in &mut columns[j] {
                *value /= after;
            }
        }
        let (q, response) = columns.split_at_mut(p);
        let response = &mut response[0];
        let size = norm(response);
        let mut gamma = DVector::zeros(p);
        for _ in 0..2 {
            for (j, column) in q.iter().enumerate() {
                let share = dot(column, response);
                gamma[j] += share;
                remove(response, column, share);
            }
        }
        let rest = norm(response);
        if rest <= PERFECT_FIT * size || rest == 0.0 {
            return Err(StatisticsError::ZeroVariance { what: "residuals of the fixed effects".to_owned() });
        }
        let scale = rest / ((n - p) as f64).sqrt();
        for value in response.iter_mut() {
            *value /= scale;
        }
        let mut rows = vec![0.0; n * w];
        for (j, column) in columns.iter().enumerate() {
            for (i, value) in column.iter().enumerate() {
                rows[i * w + j] = *value;
            }
        }
        let log_det_r = 2.0 * r.diagonal().iter().map(|d: &f64| libm::log(*d)).sum::<f64>();
        let r_inverse = r
            .solve_upper_triangular(&DMatrix::identity(p, p))
            .ok_or(StatisticsError::RankDeficient { column: 0, name: String::new() })?;
        let grouping = &self.grouping;
        let blocks = Blocks::new(grouping.shape.clone(), w, &rows, &self.entries, &grouping.class, &grouping.plans);
        Ok(Problem { blocks, r_inverse, gamma, scale, log_det_r })
    }

    /// The same observations without a fixed column, its share `value · column`
    /// taken from the response.
    pub fn without_column(&self, column: usize, value: f64) -> Observations {
        let w = self.names.len() + 1;
        let mut rows = Vec::with_capacity(self.n() * (w - 1));
        for row in self.rows.chunks_exact(w) {
            for (j, x) in row.iter().enumerate() {
                if j + 1 == w {
                    rows.push(x - value * row[column]);
                } else if j != column {
                    rows.push(*x);
                }
            }
        }
        let mut names = self.names.clone();
        names.remove(column);
        Observations { rows, names, ..self.clone() }
    }
}

/// Refuses columns of different length and values that are not finite.
fn check(data: &MixedData<'_>) -> Result<(), StatisticsError> {
    let n = data.fixed.rows();
    let same = |what: &str, found: usize| {
        if found == n {
            Ok(())
        } else {
            Err(StatisticsError::LengthMismatch { what: what.to_owned(), expected: n, found })
        }
    };
    same("response", data.response.len())?;
    same("clusters", data.cluster.len())?;
    require_finite("response", data.response)?;
    for term in &data.terms {
        same(&format!("levels of {}", term.name), term.level.len())?;
    }
    if let Some(group) = data.variances_by {
        same("groups of variances", group.len())?;
    }
    for slope in data.slope.into_iter().chain(data.terms.iter().filter_map(|term| term.slope)) {
        same("slope covariate", slope.len())?;
        require_finite("slope covariate", slope)?;
    }
    if let Some(time) = data.time {
        same("times", time.len())?;
        require_finite("times", time)?;
    }
    Ok(())
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}
