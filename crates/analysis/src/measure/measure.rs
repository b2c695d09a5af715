//! One recording → one row per sweep and one per slice.

use crate::measure::broken::{Broken, Rule};
use crate::measure::control;
use crate::measure::measures::{MeasureRow, Measured, SliceRow, SlopeSource};
use crate::measure::overrides::Overrides;
use crate::measure::several;
use crate::measure::summary::{self, PathwaySweeps};
use crate::sweep::average::{AveragedSweep, stimulus_sample};
use crate::sweep::clock::{Clock, Windows, stimulus_s};
use crate::sweep::response::{Bench, Span, Unmeasurable};
use crate::sweep::slope;
use crate::sweep::template::{Template, end_ms};
use crate::sweep::waveform::Trace;
use quantity::Fraction;
use recording::{Phase, SliceRecording, Sweep};
use results::plan::{AnalysisPlan, SlopeRule};

/// Samples at the end of the converter's range that make a sweep clipped.
const CLIPPED_SAMPLES: usize = 3;

/// How the sweeps of a slice are measured.
struct Method {
    /// Shares of the amplitude that bound the rising phase.
    shares: [Fraction; 2],
    /// Another way to take the slope; `None`: least squares between the shares.
    stated: Option<SlopeRule>,
    span: Span,
}

/// Measures every test sweep of a recording and sums up the slice.
///
/// Per pathway the averaged sweep of the reference window gives polarity,
/// noise, place of the fibre volley and the window of the rising phase; then
/// every sweep is measured on its own (see `sweep::response`). A slice that
/// cannot be measured is excluded with the reason, never dropped.
pub fn measure(recording: &SliceRecording, plan: &AnalysisPlan) -> Measured {
    measure_with(recording, plan, &Overrides::default())
}

/// [`measure`] with what a person decided about the slice.
pub(crate) fn measure_with(recording: &SliceRecording, plan: &AnalysisPlan, overrides: &Overrides) -> Measured {
    measure_by(None, recording, plan, overrides)
}

/// [`measure_with`] with the slope by `rule` instead of the planned one; what a
/// person decided prevails.
pub(crate) fn measure_by(
    rule: Option<SlopeRule>,
    recording: &SliceRecording,
    plan: &AnalysisPlan,
    overrides: &Overrides,
) -> Measured {
    let plan = &overrides.apply(plan);
    let method = Method {
        shares: plan.slope.shares(),
        stated: overrides.slope().or(rule).or(plan.slope.beyond_levels()),
        span: Span::of(plan),
    };
    let clock = Clock::of(recording, plan);
    let windows = Windows::of(plan);
    let pathways = pathways(recording, plan);
    let mut rows: Vec<(u32, MeasureRow)> = Vec::with_capacity(recording.sweeps.len());
    let mut slices: Vec<SliceRow> = Vec::new();
    for pathway in &pathways {
        let sweeps: Vec<&Sweep> =
            recording.sweeps.iter().filter(|s| s.phase != Phase::Induction && &s.pathway == pathway).collect();
        let in_reference = |s: &&Sweep| windows.reference.holds(clock.minutes(stimulus_s(s)));
        // Without a reference window the sweeps can still be measured.
        let any = sweeps.iter().any(in_reference);
        let template = Template::of(sweeps.iter().copied().filter(|s| !any || in_reference(s)), plan);
        let mut measured = measure_pathway(&sweeps, &template, &clock, &method, overrides);
        let pulses = several::fill(&sweeps, &mut measured, (&template, &clock, method.span), plan, overrides);
        let part =
            PathwaySweeps { sweeps: &sweeps, rows: &measured, template: &template, clock: &clock, windows: &windows };
        let mut slice = summary::summarise(recording, pathway, &part, plan);
        slice.outcomes = several::values(&measured, plan, &windows);
        slice.pulses = several::pulse_means(&sweeps, &measured, &pulses, &windows);
        in_percent(&mut measured, slice.baseline);
        rows.extend(sweeps.iter().map(|s| s.index).zip(measured));
        slices.push(slice);
    }
    if let Some(pathway) = &plan.rig.control_pathway {
        control::normalise(&mut rows, &mut slices, (pathway, plan.rig.control_by), &windows, plan.bin.min());
    }
    if let Some(reason) = overrides.slice_left_out()
        && let Some(slice) = slices.first_mut()
    {
        slice.exclude(Broken::new(Rule::Decision, reason));
    }
    // Stable: sweeps of one pathway keep their order.
    rows.sort_by_key(|(index, _)| *index);
    let rows: Vec<MeasureRow> = rows.into_iter().map(|(_, row)| row).collect();
    let mut slices = slices.into_iter();
    let slice = slices.next().unwrap_or_else(|| summary::without_sweeps(recording));
    let average = |window: crate::sweep::clock::Window| {
        AveragedSweep::of(recording.sweeps.iter().filter(|s| {
            s.phase != Phase::Induction
                && s.pathway == slice.pathway
                && window.holds(clock.minutes(stimulus_s(s)))
                && rows.binary_search_by_key(&s.index, |r| r.sweep).is_ok_and(|at| rows[at].kept)
        }))
    };
    let (before, after) = (average(windows.reference), average(windows.outcome));
    Measured { rows, slice, other_pathways: slices.collect(), before, after, course: Vec::new() }
}

/// Tells the primary outcome of every sweep in % of the reference.
fn in_percent(rows: &mut [MeasureRow], baseline: f64) {
    for row in rows.iter_mut().filter(|_| baseline > 0.0) {
        row.slope_percent = row.primary().map(|reading| 100.0 * reading.alone() / baseline);
    }
}

/// Pathways with test sweeps; the tetanised one first, the others in the order
/// of their first sweep.
fn pathways(recording: &SliceRecording, plan: &AnalysisPlan) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for sweep in recording.sweeps.iter().filter(|s| s.phase != Phase::Induction) {
        if !found.contains(&sweep.pathway) {
            found.push(sweep.pathway.clone());
        }
    }
    let tetanised = recording.sweeps.iter().find(|s| s.phase == Phase::Induction).map(|s| s.pathway.as_str());
    let tetanised = plan.rig.test_pathway.as_deref().or(tetanised);
    if let Some(at) = tetanised.and_then(|name| found.iter().position(|p| p == name)) {
        let first = found.remove(at);
        found.insert(0, first);
    }
    found
}

fn measure_pathway(
    sweeps: &[&Sweep],
    template: &Template,
    clock: &Clock,
    method: &Method,
    overrides: &Overrides,
) -> Vec<MeasureRow> {
    let mut bench: Option<(f64, Bench)> = None;
    let mut mv: Vec<f64> = Vec::new();
    sweeps
        .iter()
        .map(|sweep| {
            let bench = match &mut bench {
                Some((rate, bench)) if *rate == sweep.rate_hz => bench,
                other => &mut other.insert((sweep.rate_hz, Bench::new(sweep.rate_hz, method.span))).1,
            };
            mv.clear();
            mv.extend(sweep.values());
            let mut row = empty_row(sweep, clock);
            if let Err(reason) = fill(&mut row, sweep, &mv, bench, template, method) {
                row.reason = reason;
            } else if let Some(reason) = overrides.left_out(sweep.index) {
                row.reason = reason;
            } else if clock.within_induction(stimulus_s(sweep)) {
                row.reason = "during induction".to_owned();
            } else {
                row.kept = true;
            }
            row
        })
        .collect()
}

fn empty_row(sweep: &Sweep, clock: &Clock) -> MeasureRow {
    MeasureRow {
        sweep: sweep.index,
        pathway: sweep.pathway.clone(),
        phase: sweep.phase,
        time_min: clock.minutes(stimulus_s(sweep)),
        slope_mv_per_ms: None,
        slope_source: SlopeSource::None,
        slope_percent: None,
        amplitude_mv: None,
        volley_mv: None,
        pop_spike_mv: None,
        kept: false,
        reason: String::new(),
        readings: Vec::new(),
    }
}

/// Fills the measures of one sweep; the error says why it has no slope.
fn fill(
    row: &mut MeasureRow,
    sweep: &Sweep,
    mv: &[f64],
    bench: &mut Bench,
    template: &Template,
    method: &Method,
) -> Result<(), String> {
    let span = &method.span;
    let stimulus = stimulus_sample(sweep).ok_or_else(|| Unmeasurable::NoStimulus.to_string())?;
    let trace = Trace { mv, rate_hz: sweep.rate_hz, stimulus };
    let end_ms = end_ms(sweep, &trace, span);
    let rule = template.rule(method.shares, template.noise_mv);
    let response = bench.response(&trace, &rule, end_ms).map_err(|reason| reason.to_string())?;
    let clipped = sweep
        .samples
        .get(trace.window(span.artefact_ms, end_ms))
        .map_or(0, |part| part.iter().filter(|c| **c == i16::MIN || **c == i16::MAX).count());
    if clipped >= CLIPPED_SAMPLES {
        return Err(format!("clipped: {clipped} samples of the response at the limit of the converter"));
    }
    row.amplitude_mv = Some(response.amplitude_mv);
    row.pop_spike_mv = Some(response.pop_spike_mv);
    row.volley_mv = template.volley.and_then(|v| v.amplitude(&trace, template.polarity));
    if let Some(rule) = &method.stated {
        let slope = slope::of_response(&trace, rule, &response, template.polarity, (span, end_ms));
        row.slope_mv_per_ms = Some(slope.ok_or("slope not resolved by the planned method")?);
        row.slope_source = SlopeSource::Stated;
        return Ok(());
    }
    if let Some(slope) = response.slope {
        row.slope_mv_per_ms = Some(slope);
        row.slope_source = SlopeSource::OwnLevels;
        return Ok(());
    }
    let rise = template
        .rise
        .ok_or_else(|| if response.detected { "rising phase not resolved" } else { "no response" }.to_owned())?;
    let slope = trace.crossing_slope(rise).ok_or("rising phase not resolved")?;
    row.slope_mv_per_ms = Some(template.polarity.sign() * slope);
    row.slope_source = SlopeSource::ReferenceWindow;
    Ok(())
}
