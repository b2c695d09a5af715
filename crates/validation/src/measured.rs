//! What a record compares, measured on a simulated recording.

use crate::record::Quantity;
use analysis::average::AveragedSweep;
use analysis::measure;
use analysis::waveform::{Polarity, Trace};
use recording::plan::AnalysisPlan;
use recording::{Phase, SliceRecording, Sweep};

/// Part of the sweep after a stimulus that holds the fEPSP, ms: later than
/// artefact and fibre volley, earlier than the next pulse of a pair.
const FEPSP_MS: [f64; 2] = [2.2, 18.0];

/// The quantity of one slice; NaN if it cannot be measured.
pub(crate) fn quantity(recording: &SliceRecording, plan: &AnalysisPlan, quantity: Quantity) -> f64 {
    match quantity {
        Quantity::Potentiation => measure(recording, plan).slice.potentiation_percent,
        Quantity::PairedPulseRatio => paired_pulse_ratio(recording).unwrap_or(f64::NAN),
    }
}

/// Second over first fEPSP slope, 20–80 % of the amplitude, on the mean of all
/// sweeps of the induction with two pulses.
fn paired_pulse_ratio(recording: &SliceRecording) -> Option<f64> {
    let pairs = || {
        let of_two = |sweep: &&Sweep| sweep.phase == Phase::Induction && sweep.stimulus_ms.len() == 2;
        recording.sweeps.iter().filter(of_two)
    };
    let interval_ms = pairs().next().map(|sweep| sweep.stimulus_ms[1] - sweep.stimulus_ms[0])?;
    let average = AveragedSweep::of(pairs());
    let first = average.trace();
    let second = Trace { stimulus: first.stimulus + interval_ms / first.dt_ms(), ..first };
    Some(slope(&second)? / slope(&first)?)
}

/// Least-squares slope of the rising phase between 20 and 80 % of the
/// amplitude above the potential at its start, mV/ms.
fn slope(trace: &Trace<'_>) -> Option<f64> {
    let window = trace.window(FEPSP_MS[0], FEPSP_MS[1]);
    let start = *trace.mv.get(window.start)?;
    let peak = trace.peak(Polarity::Negative, window)?;
    let level = |share: f64| start + share * (peak.mv - start);
    let crossings = trace.crossings(Polarity::Negative, peak.index, level(0.2), level(0.8), FEPSP_MS[0])?;
    trace.crossing_slope(crossings)
}
