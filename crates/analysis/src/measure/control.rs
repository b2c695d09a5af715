//! Two pathways in one slice: the tetanised pathway divided by the control
//! pathway, which shares health, temperature and electrodes but not the tetanus.
//!
//! ```text
//! test % at time t  =  test % / (control % around t) · 100
//! outcome           =  100 · ((100 + T) / (100 + C) − 1)
//!
//! or, by difference: test % − control % around t + 100, outcome T − C
//! ```
//!
//! Here the time course is divided; the outcome of a slice is divided when groups
//! are compared ([`crate::conclude::compare::pathways`]), so that `slices.csv` has both pathways apart.

use crate::measure::broken::{Broken, Rule};
use crate::measure::measures::{MeasureRow, SliceRow};
use crate::measure::spread::mean;
use crate::sweep::clock::Windows;
use results::plan::ControlBy;

/// Control sweeps averaged around a test sweep: those within this many bins.
const AROUND_BINS: f64 = 2.0;

/// Divides the first pathway of `slices` by the pathway named; the rows of the
/// control pathway stay as they are. A slice without usable control sweeps
/// is excluded with the reason.
pub(crate) fn normalise(
    rows: &mut [(u32, MeasureRow)],
    slices: &mut [SliceRow],
    (control, by): (&str, ControlBy),
    windows: &Windows,
    bin_min: f64,
) {
    let Some((test, others)) = slices.split_first_mut() else { return };
    if test.pathway == control {
        test.exclude(Broken::new(
            Rule::ControlPathway,
            format!("the tetanised pathway {control} is planned as the control pathway"),
        ));
        return;
    }
    let Some(beside) = others.iter().find(|slice| slice.pathway == control) else {
        test.exclude(Broken::new(Rule::ControlPathway, format!("the control pathway {control} has no sweeps")));
        return;
    };
    let mut course: Vec<(f64, f64)> = rows
        .iter()
        .filter(|(_, row)| row.kept && row.pathway == control)
        .filter_map(|(_, row)| Some((row.time_min, row.slope_percent?)))
        .collect();
    course.sort_by(|a, b| a.0.total_cmp(&b.0));
    let before_only = |from: f64, to: f64| {
        let inside: Vec<f64> = course.iter().filter(|(t, _)| (from..=to).contains(t)).map(|(_, y)| *y).collect();
        mean(&inside)
    };
    let around = AROUND_BINS * bin_min;
    for (_, row) in rows.iter_mut().filter(|(_, row)| row.pathway == test.pathway) {
        // Baseline and follow-up are not mixed: the average stops at induction.
        let (from, to) = (row.time_min - around, row.time_min + around);
        let level = if row.time_min < 0.0 { before_only(from, to.min(-1e-9)) } else { before_only(from.max(0.0), to) };
        row.slope_percent = row.slope_percent.filter(|_| level > 0.0).map(|percent| match by {
            ControlBy::Ratio => 100.0 * percent / level,
            ControlBy::Difference => 100.0 + percent - level,
        });
    }
    if !beside.potentiation_percent.is_finite() {
        let [from, to] = [windows.outcome.from_min, windows.outcome.to_min];
        test.exclude(Broken::new(
            Rule::ControlPathway,
            format!("the control pathway {control} has no sweeps between {from} and {to} min"),
        ));
    }
}

/// Outcome of a slice in % of its control pathway, or less it; as it is without a control.
pub(crate) fn outcome(test: &SliceRow, others: &[SliceRow], (control, by): (Option<&str>, ControlBy)) -> f64 {
    let own = test.potentiation_percent;
    match control.and_then(|name| others.iter().find(|slice| slice.pathway == name)) {
        Some(beside) if by == ControlBy::Difference => own - beside.potentiation_percent,
        Some(beside) => 100.0 * ((100.0 + own) / (100.0 + beside.potentiation_percent) - 1.0),
        None => own,
    }
}
