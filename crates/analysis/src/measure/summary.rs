//! One slice in a row: baseline, drift, volley, potentiation, exclusion.
//!
//! ```text
//! potentiation = 100 · (mean slope in the outcome window / mean slope in the reference window − 1)
//! drift        = 100 · b · (t_last − t_first) / mean     b: regression of slope on time, drug-free baseline
//! CV           = SD / mean                               drug-free baseline
//! ```

use crate::measure::broken::{Broken, Rule};
use crate::measure::measures::{MeasureRow, SliceRow, SlopeSource};
use crate::measure::quality;
use crate::measure::regression::Regression;
use crate::measure::spread::{mean, standard_deviation};
use crate::outcomes::reading::{Reading, mean_of};
use crate::sweep::clock::{Clock, Window, Windows, stimulus_s};
use crate::sweep::resistance::{Step, resistance};
use crate::sweep::template::Template;
use crate::sweep::waveform::Polarity;
use crate::words::{number, signed};
use recording::{Phase, SliceKey, SliceRecording, Sweep};
use results::plan::{AnalysisPlan, VoltageStep};

/// Sweeps that drift and CV need at least.
pub(crate) const LEAST_FOR_DRIFT: usize = 3;

/// Share of the sweeps expected in a window that must be there.
const LEAST_SHARE: f64 = 0.5;

/// The test sweeps of one pathway with their measures.
pub(crate) struct PathwaySweeps<'a> {
    pub sweeps: &'a [&'a Sweep],
    pub rows: &'a [MeasureRow],
    pub template: &'a Template,
    pub clock: &'a Clock,
    pub windows: &'a Windows,
}

impl PathwaySweeps<'_> {
    fn kept(&self) -> impl Iterator<Item = (&Sweep, &MeasureRow)> {
        self.sweeps.iter().copied().zip(self.rows).filter(|(_, row)| row.kept)
    }

    fn readings(&self, window: Window) -> Vec<Reading> {
        self.kept().filter(|(_, row)| window.holds(row.time_min)).filter_map(|(_, row)| row.primary()).collect()
    }

    fn slope(&self, window: Window) -> f64 {
        let inside = self.kept().filter(|(_, row)| window.holds(row.time_min));
        mean(&inside.filter_map(|(_, row)| row.slope_mv_per_ms).collect::<Vec<f64>>())
    }

    fn volley(&self, window: Window) -> f64 {
        let volleys: Vec<f64> =
            self.kept().filter(|(_, row)| window.holds(row.time_min)).filter_map(|(_, row)| row.volley_mv).collect();
        mean(&volleys)
    }

    /// Times (min) and slopes before induction and before the drug, if one comes on.
    fn drug_free(&self, drug_on_s: Option<f64>) -> Vec<(f64, f64)> {
        self.kept()
            .filter(|(sweep, row)| {
                row.phase == Phase::Baseline && drug_on_s.is_none_or(|on| stimulus_s(sweep) < on) && row.time_min < 0.0
            })
            .filter_map(|(_, row)| Some((row.time_min, row.primary()?.alone())))
            .collect()
    }

    /// Usual interval between test pulses of this pathway, min.
    fn interval_min(&self) -> Option<f64> {
        let mut gaps: Vec<f64> = self
            .sweeps
            .windows(2)
            .map(|pair| (stimulus_s(pair[1]) - stimulus_s(pair[0])) / 60.0)
            .filter(|gap| *gap > 0.0)
            .collect();
        gaps.sort_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied()
    }

    /// Why a window holds too few sweeps, if it does.
    fn shortage(&self, name: &str, window: Window, found: usize) -> Option<Broken> {
        shortage(self.interval_min(), name, window, found)
    }
}

/// Why a window holds too few sweeps, if it does; sweeps are expected at this
/// interval.
pub(crate) fn shortage(interval_min: Option<f64>, name: &str, window: Window, found: usize) -> Option<Broken> {
    let length = window.to_min - window.from_min;
    let expected = interval_min.map_or(1.0, |gap| (length / gap).floor().max(1.0));
    let needed = (LEAST_SHARE * expected).ceil().max(1.0);
    ((found as f64) < needed).then(|| {
        let told = format!(
            "incomplete recording: {found} of about {expected} sweeps in the {name} window \
             ({} to {} min), at least {needed} needed",
            signed(window.from_min, 0),
            signed(window.to_min, 0),
        );
        Broken::new(Rule::Incomplete, told)
    })
}

/// Sums up one pathway of a slice and applies the exclusion rules.
pub(crate) fn summarise(
    recording: &SliceRecording,
    pathway: &str,
    part: &PathwaySweeps,
    plan: &AnalysisPlan,
) -> SliceRow {
    let windows = part.windows;
    let reference = part.readings(windows.reference);
    let outcome = part.readings(windows.outcome);
    let baseline = mean_of(&reference);
    let change = |value: f64| 100.0 * (value / baseline - 1.0);
    let mut row = SliceRow {
        pathway: pathway.to_owned(),
        baseline,
        baseline_slope_mv_per_ms: if plan.rig.outcome.is_slope() { baseline } else { part.slope(windows.reference) },
        potentiation_percent: change(mean_of(&outcome)),
        stp_percent: change(mean_of(&part.readings(windows.short_term))),
        volley_change_percent: 100.0 * (part.volley(windows.outcome) / part.volley(windows.reference) - 1.0),
        n_sweeps: [reference.len(), outcome.len()],
        positive_going: part.template.polarity == Polarity::Positive,
        included: true,
        reason: String::new(),
        rules: Vec::new(),
        ..without_sweeps(recording)
    };
    let mut notes: Vec<String> = Vec::new();
    row.unstated_inductions_min = part.clock.unstated_min(plan);

    let drug_free = part.drug_free(recording.drug_on_s);
    if drug_free.len() >= LEAST_FOR_DRIFT {
        let slopes: Vec<f64> = drug_free.iter().map(|(_, s)| *s).collect();
        row.baseline_drift_percent = drift_percent(&drug_free);
        row.baseline_cv = standard_deviation(&slopes) / mean(&slopes);
        row.drug_effect_percent = 100.0 * (baseline / mean(&slopes) - 1.0);
    } else {
        notes.push(format!("{} sweeps in the drug-free baseline: drift and CV not computed", drug_free.len()));
    }

    let mut reasons = unusable(part, plan, baseline, [reference.len(), outcome.len()]);
    reasons.extend(broken_rules(&row, plan));
    reasons.extend(quality::broken(part.sweeps, part.rows, part.template.response.is_some(), plan));

    if let Some(step) = &plan.rig.step {
        let within = |window: Window| {
            let sweeps = part.kept().filter(|(_, row)| window.holds(row.time_min)).map(|(sweep, _)| sweep);
            access_mohm(sweeps, step)
        };
        let (before, after) = (within(windows.reference), within(windows.outcome));
        notes.push(format!("access resistance {} to {} MΩ", number(before, 1), number(after, 1)));
        reasons.extend(quality::access_broken(before, after, plan));
    }
    notes.extend(remarkable(part));
    reasons.into_iter().for_each(|broken| row.exclude(broken));
    row.note = notes.join("; ");
    row
}

/// Why a pathway cannot be measured, if so; `found` are the slopes in the reference
/// and the outcome window.
fn unusable(part: &PathwaySweeps, plan: &AnalysisPlan, baseline: f64, found: [usize; 2]) -> Vec<Broken> {
    let windows = part.windows;
    let mut reasons: Vec<Broken> = Vec::new();
    if !part.clock.has_induction {
        reasons.push(Broken::new(Rule::Incomplete, "no induction in the recording"));
    }
    let unseen = |told: String| Broken::new(Rule::NoResponse, told);
    match part.template.response {
        Some(response) if !response.detected => reasons.push(unseen(format!(
            "no {} before induction: averaged amplitude {} {} does not exceed the noise",
            plan.rig.response(),
            number(response.amplitude_mv, 3),
            plan.rig.unit()
        ))),
        Some(response) if response.slope.is_none() && plan.rig.outcome.is_slope() => {
            reasons.push(unseen(format!("rising phase of the averaged {} not resolved", plan.rig.response())));
        }
        _ => {}
    }
    reasons.extend(part.shortage("reference", windows.reference, found[0]));
    reasons.extend(part.shortage("outcome", windows.outcome, found[1]));
    if found[0] > 0 && (baseline.is_nan() || baseline <= 0.0) {
        let (value, measure) = (number(baseline, 4), plan.rig.outcome);
        let unit = measure.unit(plan.rig.unit());
        reasons.push(unseen(format!("mean reference {measure} {value} {unit} is not positive").replace("  ", " ")));
    }
    reasons
}

/// What is worth a note in the sweeps of a pathway.
fn remarkable(part: &PathwaySweeps) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if part.template.polarity == Polarity::Positive {
        notes.push("positive-going response".to_owned());
    }
    if part.template.volley.is_none() {
        notes.push("no fibre volley stands out: its change is not computed".to_owned());
    }
    let from_reference = part.rows.iter().filter(|r| r.slope_source == SlopeSource::ReferenceWindow).count();
    if from_reference > 0 {
        notes.push(format!(
            "{from_reference} of {} sweeps without levels of their own: slope over the rising phase of \
             the averaged reference sweep",
            part.rows.len()
        ));
    }
    let left_out = part.rows.iter().filter(|r| !r.kept).count();
    if left_out > 0 {
        notes.push(format!("{left_out} of {} sweeps left out", part.rows.len()));
    }
    notes
}

/// Mean series resistance of some sweeps, MΩ; NaN if none shows the step.
fn access_mohm<'a>(sweeps: impl Iterator<Item = &'a Sweep>, step: &VoltageStep) -> f64 {
    let step = Step { from_ms: step.from.ms(), to_ms: step.to.ms(), mv: step.size.mv() };
    let values: Vec<f64> = sweeps
        .filter_map(|sweep| {
            let current: Vec<f64> = sweep.values().collect();
            resistance(&current, sweep.rate_hz, &step).map(|found| found.series_mohm)
        })
        .filter(|mohm| mohm.is_finite())
        .collect();
    mean(&values)
}

/// The row of a recording without test sweeps: excluded.
pub(crate) fn without_sweeps(recording: &SliceRecording) -> SliceRow {
    empty_row(&recording.key)
}

/// A row without a number, excluded for want of sweeps.
pub(crate) fn empty_row(key: &SliceKey) -> SliceRow {
    SliceRow {
        key: key.clone(),
        pathway: String::new(),
        baseline_slope_mv_per_ms: f64::NAN,
        baseline_cv: f64::NAN,
        baseline_drift_percent: f64::NAN,
        drug_effect_percent: f64::NAN,
        volley_change_percent: f64::NAN,
        potentiation_percent: f64::NAN,
        stp_percent: f64::NAN,
        n_sweeps: [0, 0],
        included: false,
        reason: "no test sweeps in the recording".to_owned(),
        rules: vec![Rule::Incomplete],
        positive_going: false,
        note: String::new(),
        baseline: f64::NAN,
        unstated_inductions_min: Vec::new(),
        outcomes: Vec::new(),
        pulses: Vec::new(),
    }
}

/// The planned exclusion rules that the slice breaks, with value and limit. A
/// value that could not be computed breaks no rule.
pub(crate) fn broken_rules(row: &SliceRow, plan: &AnalysisPlan) -> Vec<Broken> {
    let mut broken = Vec::new();
    let rules = &plan.exclude;
    if let Some(limit) = rules.baseline_drift.map(|f| f.percent())
        && row.baseline_drift_percent.abs() > limit
    {
        let told =
            format!("baseline drift {} % exceeds ±{} %", signed(row.baseline_drift_percent, 1), number(limit, 1));
        broken.push(Broken::new(Rule::BaselineDrift, told));
    }
    if let Some(limit) = rules.baseline_cv.map(|f| f.percent())
        && 100.0 * row.baseline_cv > limit
    {
        let told = format!("baseline CV {} % exceeds {} %", number(100.0 * row.baseline_cv, 1), number(limit, 1));
        broken.push(Broken::new(Rule::BaselineVariation, told));
    }
    if let Some(limit) = rules.volley_change.map(|f| f.percent())
        && row.volley_change_percent.abs() > limit
    {
        let told =
            format!("fibre volley change {} % exceeds ±{} %", signed(row.volley_change_percent, 1), number(limit, 1));
        broken.push(Broken::new(Rule::FibreVolley, told));
    }
    broken
}

/// Linear drift over the stretch, % of its mean; points are (min, slope).
pub(crate) fn drift_percent(points: &[(f64, f64)]) -> f64 {
    let line = Regression::of(points);
    let (first, last) = (points[0].0, points[points.len() - 1].0);
    100.0 * line.sxy / line.sxx * (last - first) / line.mean_y
}
