//! Whole-cell recordings: current steps, spontaneous currents and tonic current.
//! Sees sweeps only, simulated or real.
//!
//! A sweep says by its pathway what it is: `cc 100 pA` for a current step (in
//! mV), and `vc ipsc`, `vc epsc`, `vc blocked` for voltage clamp (in pA, stored in
//! the field that holds mV elsewhere) with the other transmitter blocked, or all
//! GABA-A receptors.

mod events;
mod findings;
mod steps;

pub use events::{EventRule, Events, spontaneous_events};
pub use findings::{PatchContrast, PatchFindings, PatchGroup, Reading, conclude_patch};
pub use steps::{StepResponse, Steps, steps};

use recording::{Phase, SliceKey, SliceRecording, Sweep};
use serde::Serialize;

/// What one phase of one cell yields.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellMeasures {
    /// The cell (`slice` is its number).
    pub key: SliceKey,
    /// Part of the recording.
    pub phase: Phase,
    /// Rest, input resistance and firing.
    pub steps: Steps,
    /// Spontaneous IPSCs.
    pub ipsc: Events,
    /// Spontaneous EPSCs.
    pub epsc: Events,
    /// Shift of the holding current when GABA-A receptors are blocked, pA;
    /// positive for an outward tonic current. `None` without such a sweep.
    pub tonic_pa: Option<f64>,
}

/// Measures every phase of a cell that has sweeps.
pub fn measure_cell(recording: &SliceRecording) -> Vec<CellMeasures> {
    let phases = Phase::ALL.into_iter().filter(|phase| recording.sweeps.iter().any(|sweep| sweep.phase == *phase));
    phases
        .map(|phase| {
            let of = |prefix: &str| -> Vec<&Sweep> {
                let chosen = |sweep: &&Sweep| sweep.phase == phase && sweep.pathway.starts_with(prefix);
                recording.sweeps.iter().filter(chosen).collect()
            };
            let trace =
                |prefix: &str| of(prefix).first().map(|sweep| (sweep.millivolts().collect::<Vec<_>>(), sweep.rate_hz));
            let events = |prefix: &str| match trace(prefix) {
                Some((pa, rate_hz)) => spontaneous_events(&pa, rate_hz, &EventRule::default()),
                None => Events::default(),
            };
            let level = |prefix: &str| trace(prefix).map(|(pa, _)| events::median(&pa));
            let tonic_pa = match (level("vc ipsc"), level("vc blocked")) {
                (Some(open), Some(blocked)) => Some(open - blocked),
                _ => None,
            };
            CellMeasures {
                key: recording.key.clone(),
                phase,
                steps: steps(&of("cc ")),
                ipsc: events("vc ipsc"),
                epsc: events("vc epsc"),
                tonic_pa,
            }
        })
        .collect()
}
