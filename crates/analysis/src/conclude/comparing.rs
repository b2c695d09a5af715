//! What all comparisons share: the plan, and how numbers become sentences.

use crate::conclude::cells::Cell;
use crate::findings::interval::Interval;
use crate::words::{counts, number, signed};
use results::Manifest;
use results::manifest::Origin;
use results::plan::{Adjustment, ControlPathway, DegreesOfFreedom, Variances};
use statistics::{Comparison, DfMethod};

/// The parts of the plan that comparisons need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'a> {
    pub reference: &'a str,
    pub adjust: Adjustment,
    pub variances: Variances,
    pub df: DegreesOfFreedom,
    /// Confidence level of intervals.
    pub level: f64,
    pub power: f64,
    pub equivalence: Option<f64>,
    /// Every animal gives slices to every condition.
    pub within: bool,
    pub simulated: bool,
    pub seed: u64,
    /// The outcome is taken as % of the control pathway.
    pub normalise: bool,
    /// Unit of a difference; empty for a ratio.
    pub points: &'a str,
}

impl<'a> Setting<'a> {
    pub fn of(manifest: &'a Manifest) -> Self {
        let plan = &manifest.statistics;
        Self {
            reference: &plan.reference,
            adjust: plan.adjust,
            variances: plan.variances,
            df: plan.df,
            level: plan.interval.value(),
            power: plan.power.value(),
            equivalence: plan.equivalence_percent,
            within: manifest.design.within_animal,
            simulated: manifest.origin == Origin::Simulated,
            seed: manifest.seed,
            normalise: plan.control_pathway != ControlPathway::Compare,
            points: "percentage points",
        }
    }

    /// `95 % CI`.
    pub fn interval_name(&self) -> String {
        format!("{} % CI", plain(100.0 * self.level))
    }

    /// `n = 16 slices (N = 8 animals)`.
    pub fn counts(&self, cell: &Cell) -> String {
        counts(cell.n_slices(), cell.n_animals(), self.simulated)
    }

    /// `−12.3 percentage points (95 % CI −20.1 to −4.5; t(14) = −3.21, `, left open for
    /// the p that belongs to the interval.
    pub fn opening(&self, c: &Comparison, ci: Interval, ci_name: &str) -> String {
        // Milliseconds and ratios are small numbers.
        let digits = if self.points == "percentage points" { 1 } else { 3 };
        let unit = if self.points.is_empty() { String::new() } else { format!(" {}", self.points) };
        format!(
            "{}{unit} ({ci_name} {} to {}; t({}) = {}, ",
            signed(c.estimate, digits),
            number(ci.low, digits),
            number(ci.high, digits),
            plain(c.df),
            number(c.statistic, 2)
        )
    }
}

/// The planned degrees of freedom as the statistics name them.
pub(crate) fn fixed_df(df: DegreesOfFreedom) -> DfMethod {
    match df {
        DegreesOfFreedom::KenwardRoger => DfMethod::KenwardRoger,
        DegreesOfFreedom::Satterthwaite => DfMethod::Satterthwaite,
    }
}

/// A number with at most one decimal, without `.0`.
pub(crate) fn plain(value: f64) -> String {
    let text = number(value, 1);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Whether a comparison can be stated: all its numbers exist.
pub(crate) fn is_sound(c: &Comparison) -> bool {
    c.estimate.is_finite() && c.se.is_finite() && c.se > 0.0 && c.df > 0.0 && c.p.is_finite()
}
