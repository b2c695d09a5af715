//! Hedges' g of a comparison: the estimate of the model over the SD between animals,
//!
//! ```text
//! g = J(m) d / s      limits  J(m) (se / s) δ with P(T_ν(δ) > t) = α/2 and 1 − α/2
//! ```
//!
//! s is the pooled SD of the animals' means (m = n₁ + n₂ − 2) or the SD of their
//! differences within animals (m = n − 1), d, se, t and ν those of the comparison.
//! So g has the sign of the difference and its limits leave out 0 where those of the
//! difference do. With equal slices and variances it is the g of the two-sample t test
//! with its usual interval (Hedges 1981, J Educ Stat 6:107; Steiger 2004, Psychol
//! Methods 9:164).

use crate::conclude::cells::Cell;
use crate::conclude::compare::pairs::paired_means;
use crate::conclude::groups::NO_INTERVAL;
use crate::findings::interval::Interval;
use statistics::clustered::pointwise_level;
use statistics::contrasts::AdjustedComparison;
use statistics::dist::noncentral::t_noncentrality;
use statistics::effect::hedges_correction;
use statistics::{Sample, StatisticsError};

/// g with its interval, or why there is none.
#[derive(Clone, Debug)]
pub(crate) struct Hedges {
    pub g: f64,
    pub ci: Interval,
    pub missing: String,
}

impl Hedges {
    fn none(why: &str) -> Self {
        Self { g: f64::NAN, ci: NO_INTERVAL, missing: why.to_owned() }
    }

    /// g of a comparison of two cells.
    pub fn of(cell: &Cell, reference: &Cell, a: &AdjustedComparison, within: bool) -> Self {
        let standard = if within { of_differences(cell, reference) } else { of_means(cell, reference) };
        let Ok((sd, df)) = standard else { return Self::none("too few animals for a standard deviation") };
        if sd <= 0.0 || sd.is_nan() {
            return Self::none("the animals do not differ, so that there is no standard deviation to divide by");
        }
        if df <= 1.0 {
            return Self::none(
                "two paired animals leave 1 degree of freedom, for which the small-sample correction is 0",
            );
        }
        let c = &a.comparison;
        let correction = hedges_correction(df);
        let half = 0.5 * (1.0 - pointwise_level(a));
        let unit = correction * c.se / sd;
        let limit = |p: f64| t_noncentrality(c.statistic, c.df, p).map_or(f64::NAN, |delta| unit * delta);
        let ci = Interval { low: limit(half), high: limit(1.0 - half) };
        Self { g: correction * c.estimate / sd, ci, missing: String::new() }
    }
}

/// Pooled SD of the animals' means and its degrees of freedom.
fn of_means(cell: &Cell, reference: &Cell) -> Result<(f64, f64), StatisticsError> {
    let (a, b) = (Sample::new(&cell.animal_means())?, Sample::new(&reference.animal_means())?);
    let df = (a.n() + b.n()) as f64 - 2.0;
    let constant = a.is_constant() && b.is_constant();
    Ok((if constant { 0.0 } else { ((a.sum_of_squares() + b.sum_of_squares()) / df).sqrt() }, df))
}

/// SD of the animals' differences and its degrees of freedom.
fn of_differences(cell: &Cell, reference: &Cell) -> Result<(f64, f64), StatisticsError> {
    let (first, second) = paired_means(reference, cell);
    let changes: Vec<f64> = first.iter().zip(&second).map(|(f, s)| s - f).collect();
    let sample = Sample::new(&changes)?;
    Ok((if sample.is_constant() { 0.0 } else { sample.sd() }, sample.n() as f64 - 1.0))
}
