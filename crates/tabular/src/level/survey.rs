//! Counting errors of the first kind and intervals that miss.

use crate::answer::answer;
use crate::level::draw::draw;
use crate::level::method::{self, Entry};
use crate::level::scenario::{self, Scenario};
use rayon::prelude::*;
use serde::Serialize;

/// What is simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Experiments of each design.
    pub replicates: u32,
    /// Seed.
    pub seed: u64,
    /// Only designs or methods whose name holds this text.
    pub only: Option<String>,
}

/// One method on one design.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// The design.
    pub design: &'static str,
    /// The method.
    pub method: &'static str,
    /// Experiments that the method answered.
    pub experiments: u32,
    /// Experiments that the method refused, or answered without the number judged.
    pub refused: u32,
    /// Share of p values below 0.05; none if the method gives none.
    pub type_i_error: Option<f64>,
    /// Monte-Carlo standard error of that share.
    pub type_i_error_se: Option<f64>,
    /// Share of 95 % intervals that hold the truth; none if there is none.
    pub coverage: Option<f64>,
    /// Monte-Carlo standard error of that share.
    pub coverage_se: Option<f64>,
}

/// Counts of one method on one design.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    refused: u32,
    tested: u32,
    rejected: u32,
    intervals: u32,
    covered: u32,
}

impl Counts {
    fn plus(self, other: Counts) -> Counts {
        Counts {
            refused: self.refused + other.refused,
            tested: self.tested + other.tested,
            rejected: self.rejected + other.rejected,
            intervals: self.intervals + other.intervals,
            covered: self.covered + other.covered,
        }
    }
}

/// Draws the experiments and asks the methods, on all threads; the same numbers
/// whatever their number. No design or method of that name: an empty list.
pub fn survey(survey: &Survey) -> Vec<Cell> {
    let named = |text: &str| survey.only.as_ref().is_none_or(|only| text.contains(only.as_str()));
    let mut cells = Vec::new();
    for (place, scenario) in scenario::ALL.iter().enumerate() {
        let own = method::ALL.iter().filter(|entry| entry.kind == scenario.kind);
        let entries: Vec<&Entry> = own.filter(|entry| named(scenario.name) || named(entry.name)).collect();
        if entries.is_empty() {
            continue;
        }
        // Whole numbers: their sum does not depend on its order.
        let counts = (0..survey.replicates)
            .into_par_iter()
            .map(|replicate| {
                entries.iter().map(|entry| judge(entry, scenario, place, survey.seed, replicate)).collect()
            })
            .reduce(
                || vec![Counts::default(); entries.len()],
                |a: Vec<Counts>, b| a.into_iter().zip(b).map(|(a, b)| a.plus(b)).collect(),
            );
        cells.extend(entries.iter().zip(counts).map(|(entry, counts)| cell(entry, scenario, counts)));
    }
    cells
}

fn judge(entry: &Entry, scenario: &Scenario, place: usize, seed: u64, replicate: u32) -> Counts {
    let table = draw(scenario, place, seed, u64::from(replicate));
    let found = table.ok().and_then(|table| answer(&table, &(entry.question)()).ok());
    let row = found.as_ref().and_then(|found| found.outcome.rows.iter().find(|row| (entry.row)(row)));
    let refused = Counts { refused: 1, ..Counts::default() };
    let Some(row) = row else { return refused };
    // Corrected for departure from sphericity where the method gives that.
    let corrected = row.more.get("p_greenhouse_geisser").and_then(serde_json::Value::as_f64);
    let p = corrected.or(row.p).filter(|p| p.is_finite());
    // A limit that does not exist is an open side.
    let bounded = row.ci_low.or(row.ci_high).is_some() && !entry.truth.is_nan();
    let limits = bounded.then(|| (row.ci_low.unwrap_or(f64::NEG_INFINITY), row.ci_high.unwrap_or(f64::INFINITY)));
    if p.is_none() && limits.is_none() {
        return refused;
    }
    Counts {
        refused: 0,
        tested: u32::from(p.is_some()),
        rejected: u32::from(p.is_some_and(|p| p < 0.05)),
        intervals: u32::from(limits.is_some()),
        covered: u32::from(limits.is_some_and(|(low, high)| low <= entry.truth && entry.truth <= high)),
    }
}

fn cell(entry: &Entry, scenario: &Scenario, counts: Counts) -> Cell {
    let share = |hits: u32, of: u32| (of > 0).then(|| f64::from(hits) / f64::from(of));
    let se = |share: Option<f64>, of: u32| share.map(|s| (s * (1.0 - s) / f64::from(of)).sqrt());
    let (error, coverage) = (share(counts.rejected, counts.tested), share(counts.covered, counts.intervals));
    Cell {
        design: scenario.name,
        method: entry.name,
        experiments: counts.tested.max(counts.intervals),
        refused: counts.refused,
        type_i_error: error,
        type_i_error_se: se(error, counts.tested),
        coverage,
        coverage_se: se(coverage, counts.intervals),
    }
}
