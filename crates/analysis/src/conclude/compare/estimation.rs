//! What the estimation plot shows: the estimate and the interval of each primary
//! contrast, and how t lies around that estimate,
//!
//! ```text
//! f(x) = t_ν((x − d)/se) / se
//! ```
//!
//! No resampling: with the animals that a slice laboratory has, bootstrap intervals
//! are too narrow (coverage 0.90 at six animals a group), and a second interval
//! beside that of the model would be a second answer to one question.

use crate::conclude::compare::contrasts::Compared;
use crate::findings::comparisons::{Contrast, Estimation};
use statistics::dist::student_t;

/// Points of the density.
const POINTS: usize = 129;
/// Share of the distribution on each side that is not drawn.
const TAIL: f64 = 0.002;
/// Most standard errors that are drawn: beyond, the heavy tails of few degrees of
/// freedom would only flatten what lies between.
const MOST_ERRORS: f64 = 6.0;
/// Animals of a group that tell nothing of how estimates would scatter.
const TWO: usize = 2;

/// Distributions for all contrasts.
pub(crate) fn distributions(compared: &Compared) -> Vec<Estimation> {
    compared.contrasts.iter().zip(&compared.bases).map(|(c, basis)| of_contrast(c, basis.animals > TWO)).collect()
}

fn of_contrast(c: &Contrast, drawn: bool) -> Estimation {
    let reach = student_t::quantile_upper(TAIL, c.df).min(MOST_ERRORS);
    let errors: Vec<f64> = if drawn {
        (0..POINTS).map(|k| reach * (2.0 * k as f64 / (POINTS as f64 - 1.0) - 1.0)).collect()
    } else {
        Vec::new()
    };
    Estimation {
        induction: c.induction.clone(),
        condition: c.condition.clone(),
        reference: c.reference.clone(),
        difference: c.estimate,
        ci: c.ci,
        at: errors.iter().map(|t| c.estimate + t * c.se).collect(),
        density: errors.iter().map(|t| student_t::density(*t, c.df) / c.se).collect(),
    }
}
