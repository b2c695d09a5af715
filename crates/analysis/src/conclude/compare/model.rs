//! The mixed model of potentiation: one mean per cell, animals as random
//! intercepts,
//!
//! ```text
//! y_ijk = μ_i + a_j + e_ijk      i cell, j animal, k slice;  a ~ N(0, σ_a²), e ~ N(0, σ_e²)
//! ```
//!
//! fitted by REML. Between-animal designs nest animals in cells; in
//! within-animal designs an animal appears in several cells and its intercept
//! drops out of their differences, which makes the comparison a paired one. The
//! intercept alone assumes that a drug acts alike in all animals; the paired t
//! test on animal means, given beside it, does not (Aarts et al. 2015, BMC
//! Neurosci 16:94).
//!
//! When every animal gave one slice, σ_a² and σ_e² cannot be told apart. Then
//! the model is one-way analysis of variance over the animals,
//!
//! ```text
//! y_ij = μ_i + e_ij      e ~ N(0, σ_a² + σ_e²),  ν = animals − cells
//! ```

use crate::conclude::cells::Cell;
use crate::findings::comparisons::ModelFit;
use results::plan::DegreesOfFreedom;
use statistics::contrasts::{AdjustedComparison, dunnett, dunnett_samples};
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, fit};
use statistics::{Comparison, DfMethod, Sample, StatisticsError};

/// What was fitted.
enum Kind {
    /// Animals as random intercepts.
    Mixed(Box<MixedFit>),
    /// One slice per animal: least squares over independent animals.
    Pooled(Vec<Sample>),
}

/// A fitted model over some cells.
pub(crate) struct Model {
    kind: Kind,
    /// Identity of the cells: induction, condition; in the order of the means.
    cells: Vec<(String, String)>,
    df: DfMethod,
    level: f64,
    n_slices: usize,
    n_animals: usize,
}

/// The planned degrees of freedom as the statistics name them.
pub(crate) fn fixed_df(df: DegreesOfFreedom) -> DfMethod {
    match df {
        DegreesOfFreedom::KenwardRoger => DfMethod::KenwardRoger,
        DegreesOfFreedom::Satterthwaite => DfMethod::Satterthwaite,
    }
}

/// Induction and condition of a cell.
pub(crate) type Identity<'a> = (&'a str, &'a str);

/// A linear combination of cell means: induction, condition, weight.
pub(crate) type Weights<'a> = &'a [(&'a str, &'a str, f64)];

impl Model {
    /// Fits the included slices of `cells`; cells without any are skipped.
    pub fn of<'a, 'b: 'a>(
        cells: impl Iterator<Item = &'a Cell<'b>>,
        df: DegreesOfFreedom,
        level: f64,
    ) -> Result<Self, StatisticsError> {
        let cells: Vec<&Cell> = cells.filter(|c| !c.is_empty()).collect();
        let mut names: Vec<&str> = cells.iter().flat_map(|c| c.animals.iter().map(|a| a.name)).collect();
        names.sort_unstable();
        names.dedup();
        let (mut response, mut cluster, mut cell_of) = (Vec::new(), Vec::new(), Vec::new());
        for (level, cell) in cells.iter().enumerate() {
            for animal in &cell.animals {
                let label = names.partition_point(|n| *n < animal.name);
                for potentiation in animal.potentiations() {
                    response.push(potentiation);
                    cluster.push(label);
                    cell_of.push(level);
                }
            }
        }
        let design = if cells.len() == 1 {
            Design::intercept(response.len())?
        } else {
            let labels: Vec<&str> = cells.iter().map(|c| c.condition.name.as_str()).collect();
            Design::cell_means(&cell_of, &labels)?
        };
        let kind = match fit(&MixedData::new(&response, &design, &cluster), Method::Reml) {
            Ok(fit) => Kind::Mixed(Box::new(fit)),
            Err(StatisticsError::ClustersOfOne) => Kind::Pooled(pooled(&cells)?),
            Err(error) => return Err(error),
        };
        Ok(Self {
            kind,
            cells: cells.iter().map(|c| (c.induction.to_owned(), c.condition.name.clone())).collect(),
            df: fixed_df(df),
            level,
            n_slices: response.len(),
            n_animals: names.len(),
        })
    }

    /// Weights in the order of the means; `None` if a cell is not in the model.
    pub fn weights(&self, wanted: Weights) -> Option<Vec<f64>> {
        let mut weights = vec![0.0; self.cells.len()];
        for (induction, condition, weight) in wanted {
            let at = self.cells.iter().position(|(i, c)| i == induction && c == condition)?;
            weights[at] += weight;
        }
        Some(weights)
    }

    /// A contrast of cell means; `None` if a cell is not in the model.
    pub fn contrast(&self, wanted: Weights) -> Option<Result<Comparison, StatisticsError>> {
        Some(self.combine(&self.weights(wanted)?))
    }

    /// Σ weights × cell means.
    pub fn combine(&self, weights: &[f64]) -> Result<Comparison, StatisticsError> {
        match &self.kind {
            Kind::Mixed(fit) => fit.contrast(weights, self.df, self.level),
            Kind::Pooled(groups) => {
                let (sd, df) = pooled_sd(groups);
                let pairs = || weights.iter().zip(groups);
                let estimate = pairs().map(|(w, g)| w * g.mean()).sum();
                let unit: f64 = pairs().map(|(w, g)| w * w / g.n() as f64).sum();
                Ok(Comparison::from_t(estimate, sd * unit.sqrt(), df, self.level, DfMethod::Residual))
            }
        }
    }

    /// Every other cell against one reference cell, by Dunnett's test.
    pub fn dunnett(&self, cell: Identity, others: &[Identity]) -> Result<Vec<AdjustedComparison>, StatisticsError> {
        match &self.kind {
            Kind::Mixed(fit) => {
                let against = |o: &Identity| self.weights(&[(o.0, o.1, 1.0), (cell.0, cell.1, -1.0)]);
                let weights: Vec<Vec<f64>> = others.iter().filter_map(against).collect();
                dunnett(fit, &weights, self.df, self.level)
            }
            Kind::Pooled(groups) => {
                let of = |id: &Identity| self.cells.iter().position(|(i, c)| i == id.0 && c == id.1);
                let own: Vec<Sample> =
                    std::iter::once(&cell).chain(others).filter_map(|id| Some(groups[of(id)?].clone())).collect();
                dunnett_samples(&own, 0, self.level)
            }
        }
    }

    /// How the model was fitted, in words.
    pub fn method(&self) -> &'static str {
        match self.kind {
            Kind::Mixed(_) => "linear mixed model, REML",
            Kind::Pooled(_) => "ordinary least squares on animals",
        }
    }

    /// Whether every animal gave one slice, so that there is no animal variance.
    pub fn is_pooled(&self) -> bool {
        matches!(self.kind, Kind::Pooled(_))
    }

    /// The fit as the findings state it.
    pub fn stated(&self, induction: &str) -> ModelFit {
        let fixed = if self.cells.len() > 1 { "condition" } else { "1" };
        let (n_slices, n_animals, induction) = (self.n_slices, self.n_animals, induction.to_owned());
        match &self.kind {
            Kind::Mixed(fit) => ModelFit {
                induction,
                formula: format!("potentiation ~ {fixed} + (1 | animal)"),
                method: "REML".to_owned(),
                sd_animal: fit.sd_cluster,
                sd_slice: fit.sd_residual,
                icc: fit.icc(),
                singular: fit.singular,
                converged: fit.converged,
                log_likelihood: fit.log_likelihood,
                n_slices,
                n_animals,
            },
            Kind::Pooled(groups) => ModelFit {
                induction,
                formula: format!("potentiation ~ {fixed}"),
                method: "ordinary least squares".to_owned(),
                sd_animal: pooled_sd(groups).0,
                sd_slice: f64::NAN,
                icc: f64::NAN,
                singular: false,
                converged: true,
                log_likelihood: f64::NAN,
                n_slices,
                n_animals,
            },
        }
    }
}

/// The animals of each cell as independent samples.
fn pooled(cells: &[&Cell]) -> Result<Vec<Sample>, StatisticsError> {
    let groups: Vec<Sample> = cells.iter().map(|c| Sample::new(&c.animal_means())).collect::<Result<_, _>>()?;
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
