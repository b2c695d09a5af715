//! One set of variances for all conditions, where the plan states it:
//!
//! ```text
//! y_ijk = μ_i + a_j + b_ij + e_ijk      a ~ N(0, σ_a²), b ~ N(0, σ_ac²), e ~ N(0, σ_e²)
//! ```
//!
//! b (animal:condition) within animals where slices repeat; by REML. When every
//! animal gave one slice to one condition, σ_a² and σ_e² cannot be told apart and the
//! model is one-way analysis of variance over the animals.

use crate::conclude::compare::cell_data::{CellData, Shape};
use crate::conclude::comparing::{Setting, fixed_df};
use crate::findings::comparisons::Variances;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, fit};
use statistics::{Comparison, DfMethod, Sample, StatisticsError};

/// The fit.
pub(crate) enum Equal {
    /// Animals (and animal:condition) as random effects.
    Mixed {
        /// The fit.
        fit: Box<MixedFit>,
        /// Degrees of freedom as planned.
        df: DfMethod,
        /// Covariance of the means of the cells.
        covariance: Vec<Vec<f64>>,
    },
    /// One slice per animal: least squares over independent animals.
    Pooled(Vec<Sample>),
}

impl Equal {
    /// Fits the cells with the degrees of freedom that are planned.
    pub fn fit(cells: &[CellData], shape: Shape, setting: &Setting) -> Result<Self, StatisticsError> {
        Self::with(cells, shape, fixed_df(setting.df))
    }

    /// Fits the cells for their variances.
    pub fn describing(cells: &[CellData], shape: Shape) -> Result<Self, StatisticsError> {
        Self::with(cells, shape, DfMethod::KenwardRoger)
    }

    fn with(cells: &[CellData], shape: Shape, df: DfMethod) -> Result<Self, StatisticsError> {
        let (mut response, mut animal, mut sub, mut cell_of) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut names: Vec<(usize, &str)> = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            for (name, slices) in &cell.animals {
                // Between animals the same name in two conditions is two animals.
                let who = (if shape.inside { 0 } else { at }, name.as_str());
                let label = names.iter().position(|known| *known == who).unwrap_or_else(|| {
                    names.push(who);
                    names.len() - 1
                });
                for value in slices {
                    response.push(*value);
                    animal.push(label);
                    sub.push(at);
                    cell_of.push(at);
                }
            }
        }
        let design = if cells.len() == 1 {
            Design::intercept(response.len())?
        } else {
            let labels: Vec<&str> = cells.iter().map(|c| c.condition.as_str()).collect();
            Design::cell_means(&cell_of, &labels)?
        };
        let data = MixedData::new(&response, &design, &animal);
        let nested = shape.inside && !shape.single;
        match fit(&if nested { data.with_nested(&sub) } else { data }, Method::Reml) {
            Ok(fit) => {
                let kenward = df == DfMethod::KenwardRoger || fit.singular;
                let covariance = if kenward { fit.covariance_kenward_roger()? } else { fit.covariance() };
                Ok(Self::Mixed { fit: Box::new(fit), df, covariance })
            }
            Err(StatisticsError::ClustersOfOne) => pooled(cells).map(Self::Pooled),
            Err(error) => Err(error),
        }
    }

    /// Σ weights × cell means.
    pub fn combine(&self, places: &[(usize, f64)], level: f64) -> Result<Comparison, StatisticsError> {
        match self {
            Self::Mixed { fit, df, covariance } => {
                let mut weights = vec![0.0; covariance.len()];
                places.iter().for_each(|(at, weight)| weights[*at] += weight);
                fit.contrast(&weights, *df, level)
            }
            Self::Pooled(groups) => {
                let (sd, df) = pooled_sd(groups);
                let estimate = places.iter().map(|(at, w)| w * groups[*at].mean()).sum();
                Ok(Comparison::from_t(
                    estimate,
                    sd * self.product(places, places).sqrt(),
                    df,
                    level,
                    DfMethod::Residual,
                ))
            }
        }
    }

    /// Covariance of two combinations, up to a common factor.
    pub fn product(&self, a: &[(usize, f64)], b: &[(usize, f64)]) -> f64 {
        let of = |i: usize, j: usize| match self {
            Self::Mixed { covariance, .. } => covariance[i][j],
            Self::Pooled(groups) if i == j => 1.0 / groups[i].n() as f64,
            Self::Pooled(_) => 0.0,
        };
        a.iter().map(|(i, x)| x * b.iter().map(|(j, y)| y * of(*i, *j)).sum::<f64>()).sum()
    }

    /// Standard deviations between animals, of animal:condition, between slices.
    pub fn deviations(&self) -> (f64, f64, f64) {
        match self {
            Self::Mixed { fit, .. } => (fit.sd_cluster, fit.sd_nested.unwrap_or(f64::NAN), fit.sd_residual),
            Self::Pooled(groups) => (pooled_sd(groups).0, f64::NAN, f64::NAN),
        }
    }

    /// Variances of a condition.
    pub fn between(&self, of: String, cell: &CellData) -> Variances {
        let (sd_animal, _, sd_slice) = self.deviations();
        let n = cell.animals.len() as f64;
        let share = cell.animals.iter().map(|(_, slices)| 1.0 / slices.len() as f64).sum::<f64>() / n;
        let of_slices = if sd_slice.is_nan() { 0.0 } else { sd_slice * sd_slice * share };
        Variances {
            of,
            sd_animal,
            sd_slice,
            sd_mean: (sd_animal * sd_animal + of_slices).sqrt(),
            slices_per_animal: 1.0 / share,
            n_animals: cell.animals.len(),
            at_zero: self.is_singular(),
        }
    }

    /// Variances of a difference within animals: `rows` are the slices of the animals
    /// that have some in all its conditions.
    pub fn inside(&self, of: String, rows: &[Vec<&[f64]>], places: &[(usize, f64)]) -> Variances {
        let (_, sd_change, sd_slice) = self.deviations();
        let squares: f64 = places.iter().map(|(_, weight)| weight * weight).sum();
        let share_of = |row: &Vec<&[f64]>| -> f64 {
            row.iter().zip(places).map(|(slices, (_, weight))| weight * weight / slices.len() as f64).sum()
        };
        let share = rows.iter().map(share_of).sum::<f64>() / rows.len() as f64;
        let change = if sd_change.is_nan() { 0.0 } else { squares * sd_change * sd_change };
        Variances {
            of,
            sd_animal: change.sqrt(),
            sd_slice,
            sd_mean: (change + sd_slice * sd_slice * share).sqrt(),
            slices_per_animal: squares / share,
            n_animals: rows.len(),
            at_zero: self.is_singular(),
        }
    }

    /// Whether a variance between animals was estimated as zero.
    pub fn is_singular(&self) -> bool {
        matches!(self, Self::Mixed { fit, .. } if fit.singular)
    }

    /// Whether the optimiser met its criterion.
    pub fn is_converged(&self) -> bool {
        !matches!(self, Self::Mixed { fit, .. } if !fit.converged)
    }

    /// Restricted log-likelihood; NaN without one.
    pub fn log_likelihood(&self) -> f64 {
        match self {
            Self::Mixed { fit, .. } => fit.log_likelihood,
            Self::Pooled(_) => f64::NAN,
        }
    }
}

/// The animals of each cell as independent samples.
fn pooled(cells: &[CellData]) -> Result<Vec<Sample>, StatisticsError> {
    let groups: Vec<Sample> = cells.iter().map(|c| Sample::new(&c.means())).collect::<Result<_, _>>()?;
    if groups.iter().all(Sample::is_constant) {
        return Err(StatisticsError::ZeroVariance { what: "animals of every condition".to_owned() });
    }
    Ok(groups)
}

/// Pooled standard deviation and its degrees of freedom.
fn pooled_sd(groups: &[Sample]) -> (f64, f64) {
    let df = groups.iter().map(Sample::n).sum::<usize>() as f64 - groups.len() as f64;
    ((groups.iter().map(Sample::sum_of_squares).sum::<f64>() / df).sqrt(), df)
}
