//! How much the result depends on the way the slope is taken: the same slices
//! measured by every method, with the same windows and rules.

use crate::findings::quality::MethodRow;
use crate::measure::control;
use crate::measure::measure::measure_by;
use crate::measure::measures::Measured;
use crate::measure::overrides::Overrides;
use crate::measure::spread::{mean, standard_deviation};
use recording::SliceRecording;
use results::Manifest;
use results::plan::{AnalysisPlan, SlopeRule};

/// Width of the steepest stretch in the table, ms.
const MAXIMUM_WIDTH_MS: f64 = 1.0;

/// One method on one slice.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodValue {
    /// The method, e.g. `20-80 %`; `as planned` for the plan itself.
    pub method: String,
    /// Mean slope of the reference window, mV/ms.
    pub baseline_slope_mv_per_ms: f64,
    /// Potentiation, %.
    pub potentiation_percent: f64,
}

/// The methods of the table: as planned, between levels, and the steepest stretch.
fn methods() -> Vec<(String, Option<SlopeRule>)> {
    let maximum = SlopeRule::Maximum { width_ms: MAXIMUM_WIDTH_MS, within_ms: None };
    let stated = SlopeRule::levels().into_iter().chain([maximum]).map(|rule| (rule.to_string(), Some(rule)));
    std::iter::once(("as planned".to_owned(), None)).chain(stated).collect()
}

/// Potentiation of one slice by every method.
pub fn of_slice(recording: &SliceRecording, plan: &AnalysisPlan, overrides: &Overrides) -> Vec<MethodValue> {
    methods()
        .into_iter()
        .map(|(method, rule)| {
            let measured = measure_by(rule, recording, plan, overrides);
            let control = plan.rig.control_pathway.as_deref();
            let by = (control, plan.rig.control_by);
            let outcome = control::outcome(&measured.slice, &measured.other_pathways, by);
            let slice = measured.slice;
            MethodValue {
                method,
                baseline_slope_mv_per_ms: slice.baseline_slope_mv_per_ms,
                potentiation_percent: outcome,
            }
        })
        .collect()
}

/// The table of all conditions over their included slices.
pub(crate) fn table(manifest: &Manifest, measured: &[Measured], methods: &[Vec<MethodValue>]) -> Vec<MethodRow> {
    let mut rows = Vec::new();
    for condition in &manifest.conditions {
        let own: Vec<Vec<MethodValue>> = measured
            .iter()
            .zip(methods)
            .filter(|(m, values)| m.slice.included && m.slice.key.condition == condition.name && !values.is_empty())
            .map(|(_, values)| values.clone())
            .collect();
        rows.extend(of_group(&condition.name, &own));
    }
    rows
}

/// The table of a group from its slices.
pub fn of_group(condition: &str, slices: &[Vec<MethodValue>]) -> Vec<MethodRow> {
    let names: Vec<&str> = slices.first().map_or_else(Vec::new, |s| s.iter().map(|v| v.method.as_str()).collect());
    names
        .iter()
        .enumerate()
        .map(|(k, method)| {
            let usable: Vec<&MethodValue> =
                slices.iter().filter_map(|s| s.get(k)).filter(|v| v.potentiation_percent.is_finite()).collect();
            let changes: Vec<f64> = usable.iter().map(|v| v.potentiation_percent).collect();
            let baselines: Vec<f64> = usable.iter().map(|v| v.baseline_slope_mv_per_ms).collect();
            MethodRow {
                condition: condition.to_owned(),
                method: (*method).to_owned(),
                n_slices: usable.len(),
                baseline_slope_mv_per_ms: mean(&baselines),
                potentiation_mean: mean(&changes),
                potentiation_sd: standard_deviation(&changes),
            }
        })
        .collect()
}
