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

use crate::cells::Cell;
use crate::findings::ModelFit;
use recording::plan::DegreesOfFreedom;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, fit};
use statistics::{Comparison, DfMethod, StatisticsError};

/// A fitted model over some cells.
pub(crate) struct Model {
    pub fit: MixedFit,
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
        let mut names: Vec<&str> =
            cells.iter().flat_map(|c| c.animals.iter().map(|a| a.name)).collect();
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
        let fit = fit(&MixedData::new(&response, &design, &cluster), Method::Reml)?;
        Ok(Self {
            fit,
            cells: cells
                .iter()
                .map(|c| (c.induction.to_owned(), c.condition.name.clone()))
                .collect(),
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
        Some(self.fit.contrast(&self.weights(wanted)?, self.df, self.level))
    }

    pub fn df(&self) -> DfMethod {
        self.df
    }

    /// The fit as the findings state it.
    pub fn stated(&self, induction: &str, formula: &str) -> ModelFit {
        ModelFit {
            induction: induction.to_owned(),
            formula: formula.to_owned(),
            method: "REML".to_owned(),
            sd_animal: self.fit.sd_cluster,
            sd_slice: self.fit.sd_residual,
            icc: self.fit.icc(),
            singular: self.fit.singular,
            converged: self.fit.converged,
            log_likelihood: self.fit.log_likelihood,
            n_slices: self.n_slices,
            n_animals: self.n_animals,
        }
    }
}
