//! Time courses that were measured elsewhere and come as tables: one value per
//! time, relative to induction, in a unit of their own or already normalised.
//! They take the same way as measured sweeps: same windows, same rules, same
//! statistics.

use crate::measure::broken::{Broken, Rule};
use crate::measure::measures::{MeasureRow, Measured, SliceRow, SlopeSource};
use crate::measure::overrides::Overrides;
use crate::measure::spread::{mean, standard_deviation};
use crate::measure::summary::{LEAST_FOR_DRIFT, broken_rules, drift_percent, empty_row, shortage};
use crate::sweep::average::AveragedSweep;
use crate::sweep::clock::{Window, Windows};
use recording::{Phase, SliceKey, StoreError};
use results::plan::AnalysisPlan;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Name of the only pathway of such a slice.
const PATHWAY: &str = "table";

/// Unit in which the slope of a table is that of the measures.
const SLOPE_UNIT: &str = "mV/ms";

/// One recording of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableCourse {
    /// File and column it was read from.
    pub source: String,
    /// What the values are, e.g. `fEPSP slope`.
    pub quantity: String,
    /// Their unit, e.g. `mV/ms`, `% of baseline`, `ratio to baseline`.
    pub unit: String,
    /// Times relative to induction, min; ascending.
    pub time_min: Vec<f64>,
    /// Values; NaN where the table has none.
    pub value: Vec<f64>,
}

impl TableCourse {
    /// Reads the text of [`Entry::Course`](results::Entry::Course).
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming `path`.
    pub fn from_text(text: &str, path: &Path) -> Result<Self, StoreError> {
        let invalid = |reason: String| StoreError::Invalid { path: path.to_owned(), reason };
        let course: Self = toml::from_str(text).map_err(|fault| invalid(fault.to_string()))?;
        let (times, values) = (course.time_min.len(), course.value.len());
        if times == values { Ok(course) } else { Err(invalid(format!("{times} times but {values} values"))) }
    }

    /// The course as TOML.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming `path`.
    pub fn to_text(&self, path: &Path) -> Result<String, StoreError> {
        toml::to_string(self).map_err(|fault| StoreError::Invalid { path: path.to_owned(), reason: fault.to_string() })
    }

    fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.time_min.iter().copied().zip(self.value.iter().copied())
    }
}

/// Measures a table course: its values against their mean in the reference
/// window. Drift and variation are those of all values before time 0.
pub(crate) fn measure_course(
    key: &SliceKey,
    course: &TableCourse,
    plan: &AnalysisPlan,
    overrides: &Overrides,
) -> Measured {
    let mut rows: Vec<MeasureRow> = course
        .points()
        .enumerate()
        .map(|(k, (time, value))| row(k, time, value, course.unit == SLOPE_UNIT, overrides))
        .collect();
    let kept: Vec<(f64, f64)> =
        course.points().zip(&rows).filter(|(_, row)| row.kept).map(|(point, _)| point).collect();
    let mut slice = summarise(key, course, &kept, plan);
    let baseline = mean(&reference(&kept, plan));
    for (row, value) in rows.iter_mut().zip(&course.value) {
        row.slope_percent = row.kept.then_some(100.0 * value / baseline).filter(|percent| percent.is_finite());
    }
    if let Some(reason) = overrides.slice_left_out() {
        slice.exclude(Broken::new(Rule::Decision, reason));
    }
    let none = AveragedSweep::default;
    Measured { rows, slice, other_pathways: Vec::new(), before: none(), after: none(), course: Vec::new() }
}

fn row(place: usize, time_min: f64, value: f64, is_slope: bool, overrides: &Overrides) -> MeasureRow {
    let sweep = u32::try_from(place).unwrap_or(u32::MAX);
    let reason = if value.is_finite() { overrides.left_out(sweep) } else { Some("no value in the table".to_owned()) };
    MeasureRow {
        sweep,
        pathway: PATHWAY.to_owned(),
        phase: if time_min < 0.0 { Phase::Baseline } else { Phase::FollowUp },
        time_min,
        slope_mv_per_ms: Some(value).filter(|v| is_slope && v.is_finite()),
        slope_source: SlopeSource::Table,
        slope_percent: None,
        amplitude_mv: None,
        volley_mv: None,
        pop_spike_mv: None,
        kept: reason.is_none(),
        reason: reason.unwrap_or_default(),
        readings: Vec::new(),
    }
}

fn within(points: &[(f64, f64)], window: Window) -> Vec<f64> {
    points.iter().filter(|(time, _)| window.holds(*time)).map(|(_, value)| *value).collect()
}

/// Values of the reference window; a value at time 0 is the first after induction.
fn reference(points: &[(f64, f64)], plan: &AnalysisPlan) -> Vec<f64> {
    let before: Vec<(f64, f64)> = points.iter().copied().filter(|(time, _)| *time < 0.0).collect();
    within(&before, Windows::of(plan).reference)
}

fn summarise(key: &SliceKey, course: &TableCourse, kept: &[(f64, f64)], plan: &AnalysisPlan) -> SliceRow {
    let windows = Windows::of(plan);
    let reference = reference(kept, plan);
    let [outcome, early] = [windows.outcome, windows.short_term].map(|window| within(kept, window));
    let baseline = mean(&reference);
    let change = |values: &[f64]| 100.0 * (mean(values) / baseline - 1.0);
    let mut slice = SliceRow {
        pathway: PATHWAY.to_owned(),
        baseline_slope_mv_per_ms: if course.unit == SLOPE_UNIT { baseline } else { f64::NAN },
        potentiation_percent: change(&outcome),
        stp_percent: change(&early),
        n_sweeps: [reference.len(), outcome.len()],
        included: true,
        reason: String::new(),
        rules: Vec::new(),
        ..empty_row(key)
    };
    let before: Vec<(f64, f64)> = kept.iter().copied().filter(|(time, _)| *time < 0.0).collect();
    if before.len() >= LEAST_FOR_DRIFT {
        let values: Vec<f64> = before.iter().map(|(_, value)| *value).collect();
        slice.baseline_drift_percent = drift_percent(&before);
        slice.baseline_cv = standard_deviation(&values) / mean(&values);
        slice.drug_effect_percent = 100.0 * (baseline / mean(&values) - 1.0);
    }
    let interval = interval_min(&course.time_min);
    for (name, window, found) in
        [("reference", windows.reference, reference.len()), ("outcome", windows.outcome, outcome.len())]
    {
        if let Some(reason) = shortage(interval, name, window, found) {
            slice.exclude(reason);
        }
    }
    if !reference.is_empty() && baseline <= 0.0 {
        slice
            .exclude(Broken::new(Rule::NoResponse, format!("mean of the reference window {baseline} is not positive")));
    }
    for reason in broken_rules(&slice, plan) {
        slice.exclude(reason);
    }
    slice.note(format!("{} ({}) from {}", course.quantity, course.unit, course.source));
    slice
}

/// Usual distance of the times of a table, min.
fn interval_min(times: &[f64]) -> Option<f64> {
    let mut gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > 0.0).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied()
}
