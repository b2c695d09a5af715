//! Further outcomes of one pathway: their readings on every sweep, their values over
//! the slice.

use crate::measure::measures::MeasureRow;
use crate::measure::overrides::Overrides;
use crate::outcomes::pulses::Pulse;
use crate::outcomes::reader::{Asked, Reader, Usual, interval_ms};
use crate::outcomes::reading::Reading;
use crate::outcomes::value::{OutcomeValue, PulseMeans, value};
use crate::sweep::clock::{Clock, Window, Windows, stimulus_s};
use crate::sweep::response::Span;
use crate::sweep::template::Template;
use recording::Sweep;
use results::plan::AnalysisPlan;

/// Intervals within this are one, ms.
const ONE_INTERVAL_MS: f64 = 0.5;

/// Responses of the sweeps of a pathway that has several pulses, by sweep.
pub(crate) type AllPulses = Vec<Option<Vec<Pulse>>>;

/// Fills the readings of the rows of a pathway; a sweep whose slope alone is missing
/// counts for a primary outcome that needs none. Gives the responses to all pulses.
pub(crate) fn fill(
    sweeps: &[&Sweep],
    rows: &mut [MeasureRow],
    (template, clock, span): (&Template, &Clock, Span),
    plan: &AnalysisPlan,
    overrides: &Overrides,
) -> AllPulses {
    let asked = Asked::of(plan);
    if asked.0.is_empty() {
        return Vec::new();
    }
    let sided: Vec<(&Sweep, bool)> =
        sweeps.iter().zip(rows.iter()).map(|(sweep, row)| (*sweep, row.time_min >= 0.0)).collect();
    let reader = Reader::new(&asked, &sided, template, span, plan);
    let mut all = Vec::with_capacity(sweeps.len());
    let mut mv: Vec<f64> = Vec::new();
    for (sweep, row) in sweeps.iter().zip(rows) {
        // Clipped, without stimulus or too short: nothing of it counts.
        if row.amplitude_mv.is_none() {
            all.push(None);
            continue;
        }
        mv.clear();
        mv.extend(sweep.values());
        let pulses = reader.pulses(sweep, &mv, row.time_min >= 0.0);
        let usual = Usual {
            slope: row.slope_mv_per_ms,
            amplitude: row.amplitude_mv,
            spike: row.pop_spike_mv,
            volley: row.volley_mv,
        };
        row.readings = reader.read(sweep, &mv, &usual, pulses.as_deref());
        let decided = overrides.left_out(sweep.index).is_some() || clock.within_induction(stimulus_s(sweep));
        if decided {
            row.readings.fill(None);
        } else if !plan.rig.outcome.is_slope() {
            row.kept = row.readings[0].is_some();
            row.reason = if row.kept { String::new() } else { format!("no {} on this sweep", plan.rig.outcome) };
        }
        all.push(pulses);
    }
    all
}

/// The values of the further outcomes from the rows of a pathway.
pub(crate) fn values(rows: &[MeasureRow], plan: &AnalysisPlan, windows: &Windows) -> Vec<OutcomeValue> {
    let of = |k: usize| -> Vec<(f64, Reading)> {
        let kept = rows.iter().filter(|row| row.kept || row.slope_mv_per_ms.is_none());
        kept.filter_map(|row| Some((row.time_min, (*row.readings.get(k + 1)?)?))).collect()
    };
    plan.rig.outcomes.iter().enumerate().map(|(k, outcome)| value(outcome, windows, &of(k))).collect()
}

/// The means of every pulse, for each interval that the pathway has.
pub(crate) fn pulse_means(
    sweeps: &[&Sweep],
    rows: &[MeasureRow],
    pulses: &AllPulses,
    windows: &Windows,
) -> Vec<PulseMeans> {
    let mut intervals: Vec<(f64, usize)> = Vec::new();
    for (sweep, found) in sweeps.iter().zip(pulses) {
        let (Some(interval), Some(found)) = (interval_ms(sweep), found) else { continue };
        let known = |(ms, n): &(f64, usize)| (ms - interval).abs() <= ONE_INTERVAL_MS && *n == found.len();
        if !intervals.iter().any(known) {
            intervals.push((interval, found.len()));
        }
    }
    intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean = |(interval, n): (f64, usize), window: Window| -> (Vec<f64>, usize) {
        let mut sums = vec![0.0; n];
        let mut count = 0;
        for ((sweep, row), found) in sweeps.iter().zip(rows).zip(pulses) {
            let own = interval_ms(sweep).is_some_and(|ms| (ms - interval).abs() <= ONE_INTERVAL_MS);
            let Some(found) = found.as_ref().filter(|found| found.len() == n) else { continue };
            if own && row.kept && window.holds(row.time_min) {
                sums.iter_mut().zip(found).for_each(|(sum, pulse)| *sum += pulse.slope);
                count += 1;
            }
        }
        if count == 0 {
            return (Vec::new(), 0);
        }
        let first = sums[0];
        (sums.iter().map(|sum| sum / first).collect(), count)
    };
    intervals
        .into_iter()
        .map(|one| {
            let ((before, n), (after, m)) = (mean(one, windows.reference), mean(one, windows.outcome));
            PulseMeans { interval_ms: one.0, before, after, n_sweeps: [n, m] }
        })
        .collect()
}
