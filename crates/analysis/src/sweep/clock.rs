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

/// Start and end of induction, s since the start of the recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clock {
    start_s: f64,
    end_s: f64,
    /// Whether the recording has an induction at all.
    pub has_induction: bool,
}

/// Time of the (first) stimulus of a sweep, s since the start of the recording.
pub(crate) fn stimulus_s(sweep: &Sweep) -> f64 {
    sweep.start_s + sweep.stimulus_ms.first().copied().unwrap_or(0.0) / 1000.0
}

impl Clock {
    pub fn of(recording: &SliceRecording) -> Self {
        let train = || recording.sweeps.iter().filter(|s| s.phase == Phase::Induction);
        let first_train = train().map(stimulus_s).reduce(f64::min);
        let first_after =
            recording.sweeps.iter().filter(|s| s.phase == Phase::FollowUp).map(stimulus_s).reduce(f64::min);
        match recording.induction_s.or(first_train).or(first_after) {
            Some(start_s) => {
                let end_s = train()
                    .map(|s| s.start_s + s.stimulus_ms.last().copied().unwrap_or(0.0) / 1000.0)
                    .fold(start_s, f64::max);
                Self { start_s, end_s, has_induction: true }
            }
            None => {
                let end = recording.sweeps.iter().map(stimulus_s).fold(0.0, f64::max);
                Self { start_s: end, end_s: end, has_induction: false }
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
        self.end_s > self.start_s && time_s >= self.start_s && time_s <= self.end_s
    }
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
