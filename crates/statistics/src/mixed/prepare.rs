//! From observations to cross products: checks, labels, orthonormal columns.
//!
//! The design is replaced by orthonormal columns Q, X = Q R (modified
//! Gram–Schmidt, twice), and the response by its scaled least-squares residual,
//! so that neither a large offset nor badly scaled covariates cost digits.
//! Estimates are carried back by β = R⁻¹ γ.

use crate::error::{StatisticsError, require_count, require_finite};
use crate::mixed::blocks::{Blocks, RandomRow, Structure, dot, remove};
use crate::mixed::data::MixedData;
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// A column shorter than this share of its length after removing the columns
/// before it is a combination of them.
const RANK_TOLERANCE: f64 = 1e-10;

/// Residuals below this share of the response are rounding.
const PERFECT_FIT: f64 = 1e-13;

/// Checked observations with dense labels.
#[derive(Debug, Clone)]
pub(super) struct Observations {
    pub structure: Structure,
    /// n × (p + 1), row-major, response last.
    pub rows: Vec<f64>,
    pub names: Vec<String>,
    pub random: Vec<RandomRow>,
    /// Sub-clusters of each cluster.
    pub sizes: Vec<usize>,
    /// Label of each cluster as given.
    pub cluster_labels: Vec<usize>,
    /// Label of each sub-cluster as given, by cluster.
    pub nested_labels: Vec<Vec<usize>>,
    pub slope_scale: f64,
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
        let structure = Structure { slope: data.slope.is_some(), nested: data.nested.is_some() };
        let mut clusters: BTreeMap<usize, usize> = data.cluster.iter().map(|&c| (c, 0)).collect();
        require_count("clusters", clusters.len(), 2)?;
        if clusters.len() == n {
            return Err(StatisticsError::ClustersOfOne);
        }
        for (index, place) in clusters.values_mut().enumerate() {
            *place = index;
        }
        let mut nested_labels: Vec<Vec<usize>> = vec![Vec::new(); clusters.len()];
        let mut rows = Vec::with_capacity(n * (p + 1));
        let mut random = Vec::with_capacity(n);
        let mut places: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for i in 0..n {
            let block = clusters[&data.cluster[i]];
            let place = match data.nested {
                Some(nested) => *places.entry((block, nested[i])).or_insert_with(|| {
                    nested_labels[block].push(nested[i]);
                    nested_labels[block].len() - 1
                }),
                None => 0,
            };
            rows.extend_from_slice(data.fixed.row(i));
            rows.push(data.response[i]);
            let slope = data.slope.map_or(0.0, |s| s[i]);
            random.push(RandomRow { block, intercept: 1.0, slope, nested: 1.0, place });
        }
        if data.nested.is_some() {
            if places.len() == n {
                return Err(StatisticsError::ClustersOfOne);
            }
            if places.len() == clusters.len() {
                return Err(StatisticsError::Undefined {
                    what: "variance between sub-clusters".to_owned(),
                    why: "every cluster has one sub-cluster only".to_owned(),
                });
            }
        }
        let slope_scale = data.slope.map_or(1.0, |s| (s.iter().map(|v| v * v).sum::<f64>() / n as f64).sqrt());
        if data.slope.is_some_and(|s| s.iter().all(|v| *v == s[0])) {
            return Err(StatisticsError::ZeroVariance { what: "slope covariate".to_owned() });
        }
        Ok(Observations {
            structure,
            rows,
            names: data.fixed.names().to_vec(),
            random,
            sizes: nested_labels.iter().map(Vec::len).collect(),
            cluster_labels: clusters.into_keys().collect(),
            nested_labels,
            slope_scale,
        })
    }

    pub fn n(&self) -> usize {
        self.random.len()
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
        let blocks = Blocks::new(self.structure, w, &rows, &self.random, &self.sizes);
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
    if let Some(nested) = data.nested {
        same("sub-clusters", nested.len())?;
    }
    if let Some(slope) = data.slope {
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
