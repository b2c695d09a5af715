//! Time relative to induction, and the windows of the plan.
//!
//! Before induction time runs up to its start, after induction from its end.
//! For a tetanus of a second this is the usual axis; for 900 pulses at 1 Hz it
//! keeps `1–5 min after induction` free of the induction itself.

use recording::{Phase, SliceRecording, Sweep};
use results::plan::AnalysisPlan;

/// Slack of window bounds, min: sweep times are stored as binary fractions of
/// seconds.
const SLACK_MIN: f64 = 1e-6;

/// A closed stretch of time, min.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub from_min: f64,
    pub to_min: f64,
}

impl Window {
    pub fn holds(&self, time_min: f64) -> bool {
        time_min >= self.from_min - SLACK_MIN && time_min <= self.to_min + SLACK_MIN
    }
}

/// Trains further apart than this, min, with test sweeps between them, are inductions
/// of their own; spaced trains of one induction are given every 5 to 10 min.
const APART_MIN: f64 = 15.0;
/// A stated induction may begin this long before its train, min.
const STATED_SLACK_MIN: f64 = 2.0;

/// Start and end of induction, s since the start of the recording.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clock {
    start_s: f64,
    end_s: f64,
    /// Starts and ends of the inductions after the first, s.
    later_s: Vec<[f64; 2]>,
    /// Whether the recording has an induction at all.
    pub has_induction: bool,
}

/// Time of the (first) stimulus of a sweep, s since the start of the recording.
pub(crate) fn stimulus_s(sweep: &Sweep) -> f64 {
    sweep.start_s + sweep.stimulus_ms.first().copied().unwrap_or(0.0) / 1000.0
}

impl Clock {
    /// The clock of a recording; `plan` states stages.
    pub fn of(recording: &SliceRecording, plan: &AnalysisPlan) -> Self {
        let first_train =
            recording.sweeps.iter().filter(|s| s.phase == Phase::Induction).map(stimulus_s).reduce(f64::min);
        let first_after =
            recording.sweeps.iter().filter(|s| s.phase == Phase::FollowUp).map(stimulus_s).reduce(f64::min);
        match recording.induction_s.or(first_train).or(first_after) {
            Some(start_s) => {
                let mut later_s = inductions(recording, start_s, plan);
                let end_s = if later_s.is_empty() { start_s } else { later_s.remove(0)[1] };
                Self { start_s, end_s, later_s, has_induction: true }
            }
            None => {
                let end = recording.sweeps.iter().map(stimulus_s).fold(0.0, f64::max);
                Self { start_s: end, end_s: end, later_s: Vec::new(), has_induction: false }
            }
        }
    }

    /// Minutes before the start (negative) or after the end (positive) of
    /// induction; 0 in between.
    pub fn minutes(&self, time_s: f64) -> f64 {
        if time_s < self.start_s { (time_s - self.start_s) / 60.0 } else { (time_s - self.end_s).max(0.0) / 60.0 }
    }

    /// Whether a stimulus falls between the first and the last pulse of
    /// induction.
    pub fn within_induction(&self, time_s: f64) -> bool {
        let within = |start_s: f64, end_s: f64| end_s > start_s && time_s >= start_s && time_s <= end_s;
        within(self.start_s, self.end_s) || self.later_s.iter().any(|[start_s, end_s]| within(*start_s, *end_s))
    }

    /// When inductions after the first began that no stage of the plan states, min.
    pub fn unstated_min(&self, plan: &AnalysisPlan) -> Vec<f64> {
        let stages = || plan.rig.outcomes.iter().filter_map(|outcome| outcome.stage);
        let stated = |min: f64| stages().any(|at| (at.min() - min).abs() <= STATED_SLACK_MIN.max(0.1 * at.min()));
        self.later_s.iter().map(|[start_s, _]| self.minutes(*start_s)).filter(|min| !stated(*min)).collect()
    }
}

/// Starts and ends of all inductions, s: the trains of the first, then those that come
/// much later or where the plan states a stage; none without a train.
fn inductions(recording: &SliceRecording, start_s: f64, plan: &AnalysisPlan) -> Vec<[f64; 2]> {
    let stages: Vec<f64> = plan.rig.outcomes.iter().filter_map(|outcome| outcome.stage).map(|at| at.min()).collect();
    let (trains, tests): (Vec<&Sweep>, Vec<&Sweep>) =
        recording.sweeps.iter().partition(|sweep| sweep.phase == Phase::Induction);
    let mut trains: Vec<[f64; 2]> = trains
        .into_iter()
        .map(|s| [stimulus_s(s), s.start_s + s.stimulus_ms.last().copied().unwrap_or(0.0) / 1000.0])
        .collect();
    trains.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut found: Vec<[f64; 2]> = Vec::new();
    for [from_s, to_s] in trains {
        let Some(last) = found.last_mut() else {
            found.push([start_s.min(from_s), to_s.max(start_s)]);
            continue;
        };
        let tested = || tests.iter().any(|test| (last[1]..from_s).contains(&stimulus_s(test)));
        let minutes = |s: f64| (s - start_s) / 60.0 + STATED_SLACK_MIN;
        let stated = stages.iter().any(|at| minutes(last[0]) < *at && minutes(from_s) >= *at);
        if stated || (from_s - last[1] > 60.0 * APART_MIN && tested()) {
            found.push([from_s, to_s]);
        } else {
            last[1] = last[1].max(to_s);
        }
    }
    found
}

/// The three windows of the plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows {
    pub reference: Window,
    pub outcome: Window,
    pub short_term: Window,
}

impl Windows {
    pub fn of(plan: &AnalysisPlan) -> Self {
        let after = |w: &[quantity::Time; 2]| Window { from_min: w[0].min(), to_min: w[1].min() };
        Self {
            reference: match plan.rig.reference {
                Some([from, to]) if to.min() != 0.0 => Window { from_min: from.min(), to_min: to.min() },
                Some([from, _]) => Window { from_min: from.min(), to_min: -SLACK_MIN },
                None => Window { from_min: -plan.reference_window.min(), to_min: -SLACK_MIN },
            },
            outcome: after(&plan.window),
            short_term: after(&plan.short_term_window),
        }
    }
}
