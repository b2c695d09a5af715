//! Quality of a slice beyond baseline and volley: sweeps without a response,
//! sweeps at the end of the converter, and the access resistance of a cell.
//! The rules stand in the plan (`rig`) before any slice is measured.

use crate::measure::broken::{Broken, Rule};
use crate::measure::measures::{MeasureRow, SlopeSource};
use crate::words::number;
use recording::Sweep;
use results::plan::AnalysisPlan;

/// Samples at one end of the converter that make a sweep saturated.
const SATURATED_SAMPLES: usize = 3;
/// What the reason of a clipped sweep begins with.
const CLIPPED: &str = "clipped:";

/// What was counted in the test sweeps of one pathway.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Quality {
    /// Share of sweeps without a response that stands out, 0 to 1.
    missing: f64,
    /// Share of sweeps whose response reaches the end of the converter, 0 to 1.
    saturated: f64,
}

impl Quality {
    /// Counts in the rows of one pathway; NaN without a row. A sweep without
    /// levels of its own has no response that stands out, unless the
    /// method of the plan does without levels.
    fn of(sweeps: &[&Sweep], rows: &[MeasureRow]) -> Self {
        let n = rows.len() as f64;
        let missing = rows
            .iter()
            .filter(|row| row.slope_mv_per_ms.is_none() || row.slope_source == SlopeSource::ReferenceWindow)
            .filter(|row| !row.reason.starts_with(CLIPPED))
            .count();
        let saturated = sweeps
            .iter()
            .zip(rows)
            .filter(|(sweep, row)| row.reason.starts_with(CLIPPED) || sweep.saturated() >= SATURATED_SAMPLES)
            .count();
        Self { missing: missing as f64 / n, saturated: saturated as f64 / n }
    }
}

/// The rules of the plan that a pathway breaks, with value and limit.
pub(crate) fn broken(sweeps: &[&Sweep], rows: &[MeasureRow], has_template: bool, plan: &AnalysisPlan) -> Vec<Broken> {
    let rules = &plan.rig;
    if rules.missing_responses.is_none() && rules.saturated_sweeps.is_none() {
        return Vec::new();
    }
    let found = Quality::of(sweeps, rows);
    let mut reasons = Vec::new();
    if let Some(limit) = rules.missing_responses.map(|share| share.percent())
        && has_template
        && 100.0 * found.missing > limit
    {
        let share = number(100.0 * found.missing, 1);
        let told = format!("no response in {share} % of the sweeps, more than {} %", number(limit, 1));
        reasons.push(Broken::new(Rule::MissingResponses, told));
    }
    if let Some(limit) = rules.saturated_sweeps.map(|share| share.percent())
        && 100.0 * found.saturated > limit
    {
        let share = number(100.0 * found.saturated, 1);
        let told = format!("{share} % of the sweeps reach the end of the converter, more than {} %", number(limit, 1));
        reasons.push(Broken::new(Rule::Saturation, told));
    }
    reasons
}

/// The rule on access resistance, if it is broken: `before` and `after` are the
/// means of the reference and the outcome window, MΩ.
pub(crate) fn access_broken(before: f64, after: f64, plan: &AnalysisPlan) -> Option<Broken> {
    let limit = plan.rig.access_change?.percent();
    let change = 100.0 * (after / before - 1.0);
    (change.abs() > limit).then(|| {
        let told = format!(
            "access resistance {} to {} MΩ: change {} % exceeds ±{} %",
            number(before, 1),
            number(after, 1),
            crate::words::signed(change, 1),
            number(limit, 1)
        );
        Broken::new(Rule::AccessResistance, told)
    })
}
