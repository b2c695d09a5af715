//! Measures and slices as tables.

use crate::measure::measures::{Measured, SliceRow};
use recording::table::{Column, Table, TableError};

fn optional(values: impl Iterator<Item = Option<f64>>) -> Column {
    Column::F64(values.map(|v| v.filter(|x| x.is_finite())).collect())
}

fn texts<'a>(values: impl Iterator<Item = &'a str>) -> Column {
    Column::Text(values.map(|t| Some(t.to_owned())).collect())
}

/// The title of a column for samples in `unit`: `slope_pa_per_ms` for pA.
fn titled(name: &str, unit: &str) -> String {
    name.replace("_mv", &format!("_{}", unit.to_lowercase()))
}

/// One row per sweep of every slice, all pathways, in the order given. Columns:
/// `induction, condition, animal, slice, pathway, sweep, phase, time_min,
/// slope_mv_per_ms, slope_source, slope_percent, amplitude_mv, volley_mv,
/// pop_spike_mv, kept, reason`; `pa` in place of `mv` if `unit` is pA.
///
/// # Errors
/// [`TableError`] never for well-formed input.
pub fn measures(measured: &[Measured], unit: &str) -> Result<Table, TableError> {
    let rows = || measured.iter().flat_map(|m| m.rows.iter().map(move |r| (&m.slice.key, r)));
    Table::new()
        .with("induction", texts(rows().map(|(k, _)| k.induction.as_str())))?
        .with("condition", texts(rows().map(|(k, _)| k.condition.as_str())))?
        .with("animal", texts(rows().map(|(k, _)| k.animal.as_str())))?
        .with("slice", rows().map(|(k, _)| i64::from(k.slice)).collect::<Vec<i64>>())?
        .with("pathway", texts(rows().map(|(_, r)| r.pathway.as_str())))?
        .with("sweep", rows().map(|(_, r)| i64::from(r.sweep)).collect::<Vec<i64>>())?
        .with("phase", texts(rows().map(|(_, r)| phase(r.phase))))?
        .with("time_min", optional(rows().map(|(_, r)| Some(r.time_min))))?
        .with(&titled("slope_mv_per_ms", unit), optional(rows().map(|(_, r)| r.slope_mv_per_ms)))?
        .with("slope_source", texts(rows().map(|(_, r)| r.slope_source.name())))?
        .with("slope_percent", optional(rows().map(|(_, r)| r.slope_percent)))?
        .with(&titled("amplitude_mv", unit), optional(rows().map(|(_, r)| r.amplitude_mv)))?
        .with(&titled("volley_mv", unit), optional(rows().map(|(_, r)| r.volley_mv)))?
        .with(&titled("pop_spike_mv", unit), optional(rows().map(|(_, r)| r.pop_spike_mv)))?
        .with("kept", rows().map(|(_, r)| r.kept).collect::<Vec<bool>>())?
        .with("reason", texts(rows().map(|(_, r)| r.reason.as_str())))
}

fn phase(phase: recording::Phase) -> &'static str {
    match phase {
        recording::Phase::Baseline => "baseline",
        recording::Phase::WashIn => "wash_in",
        recording::Phase::Induction => "induction",
        recording::Phase::FollowUp => "follow_up",
    }
}

/// One row per slice and pathway, in the order given. Columns: `induction,
/// condition, animal, slice, pathway, baseline_slope_mv_per_ms, baseline_cv,
/// baseline_drift_percent, drug_effect_percent, volley_change_percent,
/// potentiation_percent, stp_percent, reference_sweeps, outcome_sweeps,
/// included, reason, note`; `pa` in place of `mv` if `unit` is pA.
///
/// # Errors
/// [`TableError`] never for well-formed input.
pub fn slices(measured: &[Measured], unit: &str) -> Result<Table, TableError> {
    let rows: Vec<&SliceRow> =
        measured.iter().flat_map(|m| std::iter::once(&m.slice).chain(&m.other_pathways)).collect();
    let rows = || rows.iter();
    let number = |pick: fn(&SliceRow) -> f64| optional(rows().map(move |r| Some(pick(r))));
    let count = |pick: fn(&SliceRow) -> usize| rows().map(|r| pick(r) as i64).collect::<Vec<i64>>();
    Table::new()
        .with("induction", texts(rows().map(|r| r.key.induction.as_str())))?
        .with("condition", texts(rows().map(|r| r.key.condition.as_str())))?
        .with("animal", texts(rows().map(|r| r.key.animal.as_str())))?
        .with("slice", rows().map(|r| i64::from(r.key.slice)).collect::<Vec<i64>>())?
        .with("pathway", texts(rows().map(|r| r.pathway.as_str())))?
        .with(&titled("baseline_slope_mv_per_ms", unit), number(|r| r.baseline_slope_mv_per_ms))?
        .with("baseline_cv", number(|r| r.baseline_cv))?
        .with("baseline_drift_percent", number(|r| r.baseline_drift_percent))?
        .with("drug_effect_percent", number(|r| r.drug_effect_percent))?
        .with("volley_change_percent", number(|r| r.volley_change_percent))?
        .with("potentiation_percent", number(|r| r.potentiation_percent))?
        .with("stp_percent", number(|r| r.stp_percent))?
        .with("reference_sweeps", count(|r| r.n_sweeps[0]))?
        .with("outcome_sweeps", count(|r| r.n_sweeps[1]))?
        .with("included", rows().map(|r| r.included).collect::<Vec<bool>>())?
        .with("reason", texts(rows().map(|r| r.reason.as_str())))?
        .with("note", texts(rows().map(|r| r.note.as_str())))
}
