//! One mean a group with the same variances in all groups: a random animal and,
//! within animals, a random animal:condition.

use crate::mixed::nested::Nested;
use statistics::adjust::{Adjustment, adjust};
use statistics::contrasts::{self, AdjustedComparison};
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, Term, fit};
use statistics::{Comparison, DfMethod, StatisticsError};

/// The fitted model.
pub(crate) struct Equal {
    /// What was found.
    pub(crate) fit: MixedFit,
    /// Degrees of freedom in force.
    pub(crate) df: DfMethod,
    /// The random effects, as in a formula.
    pub(crate) random: Vec<&'static str>,
}

impl Equal {
    /// Fits means of cells; `inside`: the same animals in several cells.
    pub(crate) fn new(nested: &Nested, inside: bool, df: DfMethod) -> Result<Equal, StatisticsError> {
        let names: Vec<&str> = nested.names.iter().map(String::as_str).collect();
        let design = Design::cell_means(&nested.level, &names)?;
        let mut data = MixedData::new(&nested.response, &design, &nested.animal);
        if inside {
            data = data.with_term(Term::within("animal:condition", &nested.level)).identified().0;
        }
        let mut random = vec!["animal"];
        random.extend((!data.terms.is_empty()).then_some("animal:condition"));
        let fit = fit(&data, Method::Reml)?;
        // At the boundary Satterthwaite does not exist.
        let df = if fit.singular { DfMethod::KenwardRoger } else { df };
        Ok(Equal { fit, df, random })
    }

    /// A weighted sum of cells.
    pub(crate) fn contrast(&self, weights: &[f64], level: f64) -> Result<Comparison, StatisticsError> {
        self.fit.contrast(weights, self.df, level)
    }

    /// Every cell minus the first.
    pub(crate) fn against_first(
        &self,
        weights: &[Vec<f64>],
        other: Option<Adjustment>,
        level: f64,
    ) -> Result<Vec<AdjustedComparison>, StatisticsError> {
        let mut found = contrasts::dunnett(&self.fit, weights, self.df, level)?;
        if let Some(method) = other {
            let plain: Vec<f64> = found.iter().map(|c| c.comparison.p).collect();
            for (c, p) in found.iter_mut().zip(adjust(&plain, method)?) {
                c.p_adjusted = p;
            }
        }
        Ok(found)
    }
}
