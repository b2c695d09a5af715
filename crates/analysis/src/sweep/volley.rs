//! The presynaptic fibre volley.
//!
//! Where the volley lies is read once per slice and pathway from the averaged
//! sweep of the reference window: the local peak between [`VOLLEY_MS`] that
//! stands out most from the line through its two feet. On single sweeps its
//! amplitude is the distance from that line at these three fixed times, each
//! the mean of ± [`HALF_WIDTH_MS`]. A fixed linear measure has no noise bias,
//! while a search for extremes on every sweep would add about two standard
//! deviations of the noise.

use crate::sweep::smoothing::Smoother;
use crate::sweep::waveform::{Peak, Polarity, Trace};

/// Where the peak of the volley is looked for, ms after the stimulus.
const VOLLEY_MS: [f64; 2] = [0.6, 2.0];
/// The foot after the peak lies at most this long after it, ms.
const FOOT_MS: f64 = 1.0;
/// Half width of the stretches averaged on single sweeps, ms.
const HALF_WIDTH_MS: f64 = 0.1;
/// Smoothing of the averaged sweep, ms.
const SMOOTHING_MS: f64 = 0.1;
/// The volley must exceed this many standard errors of the averaged sweep …
const DETECTION_SE: f64 = 4.0;
/// … and this amplitude, mV.
const DETECTION_MV: f64 = 0.01;

/// The three times, ms after the stimulus, that define the volley.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VolleyTimes {
    /// Foot before the peak.
    pub before_ms: f64,
    /// Peak.
    pub peak_ms: f64,
    /// Foot after the peak.
    pub after_ms: f64,
}

impl VolleyTimes {
    /// Finds the volley on an averaged sweep whose noise has the standard
    /// deviation `noise_mv`, in a preparation whose responses come `lateness` times later
    /// than usual; `None` if nothing stands out.
    pub(crate) fn find(average: &Trace, polarity: Polarity, noise_mv: f64, lateness: f64) -> Option<Self> {
        let [from_ms, to_ms] = [VOLLEY_MS[0], VOLLEY_MS[1] * lateness];
        let stretch = average.window(from_ms, to_ms + FOOT_MS);
        let turned: Vec<f64> = average.mv[stretch.clone()].iter().map(|y| polarity.sign() * y).collect();
        let mut smooth = Vec::new();
        Smoother::new(SMOOTHING_MS, average.rate_hz).apply(&turned, &mut smooth);
        let stimulus = average.stimulus - stretch.start as f64;
        let trace = Trace { mv: &smooth, rate_hz: average.rate_hz, stimulus };
        let search = trace.window(from_ms, to_ms);
        let mut best: Option<(f64, Self)> = None;
        for i in search.start + 1..search.end {
            let (Some(&left), Some(&here), Some(&right)) = (smooth.get(i - 1), smooth.get(i), smooth.get(i + 1)) else {
                break;
            };
            if !(here > left && here >= right) {
                continue;
            }
            let foot = trace.window(trace.time_ms(i), trace.time_ms(i) + FOOT_MS);
            let (Some(before), Some(after)) =
                (trace.peak(Polarity::Negative, search.start..i), trace.peak(Polarity::Negative, foot))
            else {
                continue;
            };
            // The tangent measure is positive for a trough below the line.
            let amplitude = -trace.tangent_amplitude(before, Peak { index: i, mv: here }, after);
            if best.is_none_or(|(a, _)| amplitude > a) {
                let times = Self {
                    before_ms: trace.time_ms(before.index),
                    peak_ms: trace.time_ms(i),
                    after_ms: trace.time_ms(after.index),
                };
                best = Some((amplitude, times));
            }
        }
        let (amplitude, times) = best?;
        (amplitude > (DETECTION_SE * noise_mv).max(DETECTION_MV)).then_some(times)
    }

    /// Amplitude on one sweep, mV, positive in the direction of the fEPSP;
    /// noise may make it negative. `None` if the sweep does not reach so far.
    pub fn amplitude(&self, trace: &Trace, polarity: Polarity) -> Option<f64> {
        let at = |t: f64| trace.mean(trace.window(t - HALF_WIDTH_MS, t + HALF_WIDTH_MS));
        let (before, peak, after) = (at(self.before_ms)?, at(self.peak_ms)?, at(self.after_ms)?);
        let span = self.after_ms - self.before_ms;
        let share = if span > 0.0 { (self.peak_ms - self.before_ms) / span } else { 0.0 };
        Some(polarity.sign() * (peak - before - share * (after - before)))
    }
}
