//! What a record compares, measured on a simulated recording.

use crate::outcomes::record::Quantity;
use analysis::average::AveragedSweep;
use analysis::evoked::{self, Method, paired_pulse_ratio};
use analysis::measure;
use analysis::waveform::{Polarity, Trace};
use recording::{Phase, SliceRecording, Sweep};
use results::plan::{AnalysisPlan, SlopeRule};

/// Part of the sweep after a stimulus that holds the fEPSP, ms: later than
/// artefact and fibre volley, earlier than the next pulse of a pair.
const FEPSP_MS: [f64; 2] = [2.2, 18.0];

/// Just before a stimulus, ms.
const BEFORE_MS: [f64; 2] = [-2.0, -0.3];

/// The quantity of one slice; NaN if it cannot be measured.
pub(crate) fn quantity(recording: &SliceRecording, plan: &AnalysisPlan, quantity: Quantity) -> f64 {
    match quantity {
        Quantity::Potentiation => measure(recording, plan).slice.potentiation_percent,
        Quantity::PairedPulseRatio => ratio_of_pairs(recording).unwrap_or(f64::NAN),
    }
}

/// Second over first fEPSP slope, 20–80 % of the amplitude above the potential
/// just before each pulse, on the mean of all sweeps of the induction with two
/// pulses.
fn ratio_of_pairs(recording: &SliceRecording) -> Option<f64> {
    let pairs = || {
        let of_two = |sweep: &&Sweep| sweep.phase == Phase::Induction && sweep.stimulus_ms.len() == 2;
        recording.sweeps.iter().filter(of_two)
    };
    let interval_ms = pairs().next().map(|sweep| sweep.stimulus_ms[1] - sweep.stimulus_ms[0])?;
    let average = AveragedSweep::of(pairs());
    let first = average.trace();
    let second = Trace { stimulus: first.stimulus + interval_ms / first.dt_ms(), ..first };
    let method = Method {
        polarity: Polarity::Negative,
        baseline: BEFORE_MS,
        peak: FEPSP_MS,
        search_from: FEPSP_MS[0],
        search: FEPSP_MS,
        area: FEPSP_MS,
        slopes: vec![SlopeRule::USUAL],
        volley: None,
        spike: None,
    };
    let responses = [evoked::measure(&first, &method).ok()?, evoked::measure(&second, &method).ok()?];
    paired_pulse_ratio(&responses, |response| response.slopes.first()?.value)
}
