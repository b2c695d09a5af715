//! What a slice says of an outcome: its values before and after, and the change.

use crate::outcomes::reading::{Reading, mean_of};
use crate::sweep::clock::{Window, Windows};
use results::plan::{Change, OutcomePlan};

/// One outcome of one slice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutcomeValue {
    /// In its reference, in the unit of the measure; NaN without a sweep.
    pub before: f64,
    /// In its window.
    pub after: f64,
    /// Change, as the outcome tells it; NaN where there is none.
    pub change: f64,
    /// Sweeps of the reference and of the window.
    pub n_sweeps: [usize; 2],
}

/// Mean responses to every pulse of sweeps with several pulses of one layout.
#[derive(Clone, Debug, PartialEq)]
pub struct PulseMeans {
    /// Interval of the first two pulses, ms.
    pub interval_ms: f64,
    /// Slope of each response in the reference window over that of the first; empty
    /// without a sweep.
    pub before: Vec<f64>,
    /// The same in the outcome window.
    pub after: Vec<f64>,
    /// Sweeps of the reference and of the outcome window.
    pub n_sweeps: [usize; 2],
}

/// The stretches of an outcome: its own, or those of the plan.
pub(crate) fn stretches(outcome: &OutcomePlan, plan: &Windows) -> [Window; 2] {
    let reference = outcome.reference.map_or(plan.reference, |[from, to]| {
        let to_min = if to.min() == 0.0 { plan.reference.to_min } else { to.min() };
        Window { from_min: from.min(), to_min }
    });
    let window = outcome.window.map_or(plan.outcome, |[from, to]| Window { from_min: from.min(), to_min: to.min() });
    [reference, window]
}

/// The value of an outcome from times (min) and readings of a slice.
pub(crate) fn value(outcome: &OutcomePlan, plan: &Windows, readings: &[(f64, Reading)]) -> OutcomeValue {
    let within = |window: Window| -> Vec<Reading> {
        readings.iter().filter(|(time, _)| window.holds(*time)).map(|(_, reading)| *reading).collect()
    };
    let [reference, window] = stretches(outcome, plan).map(within);
    let [before, after] = [&reference, &window].map(|readings| mean_of(readings));
    let change = match outcome.change {
        Change::Percent if before > 0.0 => 100.0 * (after / before - 1.0),
        Change::Percent => f64::NAN,
        Change::Difference => after - before,
    };
    OutcomeValue { before, after, change, n_sweeps: [reference.len(), window.len()] }
}
