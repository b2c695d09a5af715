//! Whole-cell recordings: current steps, spontaneous currents and tonic current.
//! Sees sweeps only, simulated or real.
//!
//! A sweep says by its clamp what it is: a current step (in mV), or voltage clamp
//! (in pA) with the other transmitter blocked, or all GABA-A receptors. A phase is
//! judged by its last sweep of a kind; the sweeps of IPSCs before it give the course
//! over time.

use crate::patch::events::{self, AverageEvent, EventRule, Events, events_and_average, spontaneous_events};
use crate::patch::steps::{Steps, steps};
use recording::{Clamp, Phase, Shown, SliceKey, SliceRecording, Sweep};
use serde::Serialize;

/// What one phase of one cell yields.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CellMeasures {
    /// The cell (`slice` is its number).
    pub key: SliceKey,
    /// Part of the recording.
    pub phase: Phase,
    /// Rest, input resistance and firing.
    pub steps: Steps,
    /// Spontaneous IPSCs.
    pub ipsc: Events,
    /// Their average.
    pub ipsc_average: Option<AverageEvent>,
    /// Spontaneous EPSCs.
    pub epsc: Events,
    /// Their average.
    pub epsc_average: Option<AverageEvent>,
    /// Current between the events while IPSCs are recorded, pA.
    pub holding_pa: Option<f64>,
    /// Shift of the holding current when GABA-A receptors are blocked, pA;
    /// positive for an outward tonic current. `None` without such a sweep.
    pub tonic_pa: Option<f64>,
}

/// Measures every phase of a cell that has sweeps.
pub(crate) fn measure_cell(recording: &SliceRecording) -> Vec<CellMeasures> {
    let phases = Phase::ALL.into_iter().filter(|phase| recording.sweeps.iter().any(|sweep| sweep.phase == *phase));
    phases
        .map(|phase| {
            let sweeps: Vec<&Sweep> = recording.sweeps.iter().filter(|sweep| sweep.phase == phase).collect();
            let trace = |shown: Shown| {
                let last = sweeps.iter().rfind(|sweep| sweep.clamp() == Clamp::Voltage(shown));
                last.map(|sweep| (sweep.values().collect::<Vec<_>>(), sweep.rate_hz))
            };
            let events = |shown: Shown| match trace(shown) {
                Some((pa, rate_hz)) => events_and_average(&pa, rate_hz, &EventRule::default()),
                None => (Events::default(), None),
            };
            let ((ipsc, ipsc_average), (epsc, epsc_average)) = (events(Shown::Ipsc), events(Shown::Epsc));
            let level = |shown: Shown| trace(shown).map(|(pa, _)| events::resting_level(&pa));
            let tonic_pa = match (level(Shown::Ipsc), level(Shown::Blocked)) {
                (Some(open), Some(blocked)) => Some(open - blocked),
                _ => None,
            };
            CellMeasures {
                key: recording.key.clone(),
                phase,
                steps: steps(&sweeps),
                ipsc,
                ipsc_average,
                epsc,
                epsc_average,
                holding_pa: level(Shown::Ipsc),
                tonic_pa,
            }
        })
        .collect()
}

/// One stretch of a cell in which IPSCs were recorded.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Stretch {
    /// Its end, min.
    pub minute: f64,
    /// Spontaneous IPSCs.
    pub ipsc: Events,
    /// Current between the events, pA.
    pub holding_pa: f64,
}

/// A cell over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CellCourse {
    /// The cell.
    pub key: SliceKey,
    /// Stretches in the order of time.
    pub stretches: Vec<Stretch>,
}

/// Measures every stretch of a cell in which IPSCs were recorded.
pub(crate) fn course_of_cell(recording: &SliceRecording) -> CellCourse {
    let sweeps = recording.sweeps.iter().filter(|sweep| sweep.clamp() == Clamp::Voltage(Shown::Ipsc));
    let stretches = sweeps.map(|sweep| {
        let pa: Vec<f64> = sweep.values().collect();
        let end_s = sweep.start_s + pa.len() as f64 / sweep.rate_hz;
        Stretch {
            // Whole milliseconds, so that stretches of different cells meet.
            minute: (end_s * 1000.0).round() / 60_000.0,
            ipsc: spontaneous_events(&pa, sweep.rate_hz, &EventRule::default()),
            holding_pa: events::resting_level(&pa),
        }
    });
    CellCourse { key: recording.key.clone(), stretches: stretches.collect() }
}
