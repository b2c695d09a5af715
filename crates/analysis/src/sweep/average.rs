//! Averages of sweeps, aligned at the stimulus.

use crate::sweep::response::BASELINE_MS;
use crate::sweep::waveform::Trace;
use recording::Sweep;

/// Mean of several sweeps of one layout, each less its pre-stimulus baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AveragedSweep {
    /// Sampling rate, Hz; 0 if no sweep was averaged.
    pub rate_hz: f64,
    /// Position of the stimulus in samples.
    pub stimulus: f64,
    /// Mean potential, mV; the artefact is kept.
    pub mv: Vec<f64>,
    /// Sweeps averaged.
    pub n_sweeps: usize,
    /// Sweeps left out because rate, length or stimulus position differ from the first.
    pub n_other_layout: usize,
}

impl AveragedSweep {
    /// The average as a trace.
    pub fn trace(&self) -> Trace<'_> {
        Trace { mv: &self.mv, rate_hz: self.rate_hz, stimulus: self.stimulus }
    }

    /// Time of every sample, ms after the stimulus.
    pub fn time_ms(&self) -> Vec<f64> {
        let trace = self.trace();
        (0..self.mv.len()).map(|i| trace.time_ms(i)).collect()
    }

    /// Averages `sweeps` in the order given. The first one with a stimulus
    /// sets the layout; a sweep joins it if rate and length are the same and
    /// its stimulus lies within half a sample of the first one's.
    pub fn of<'a>(sweeps: impl Iterator<Item = &'a Sweep>) -> Self {
        let mut average = Self::default();
        let mut mv = Vec::new();
        for sweep in sweeps {
            let Some(stimulus) = stimulus_sample(sweep) else { continue };
            mv.clear();
            mv.extend(sweep.values());
            let trace = Trace { mv: &mv, rate_hz: sweep.rate_hz, stimulus };
            let Some(baseline) = trace.mean(trace.window(BASELINE_MS[0], BASELINE_MS[1])) else {
                continue;
            };
            if average.n_sweeps == 0 {
                average.rate_hz = sweep.rate_hz;
                average.stimulus = stimulus;
                average.mv = vec![0.0; mv.len()];
            } else if average.rate_hz != sweep.rate_hz
                || average.mv.len() != mv.len()
                || (average.stimulus - stimulus).abs() > 0.5
            {
                average.n_other_layout += 1;
                continue;
            }
            for (sum, y) in average.mv.iter_mut().zip(&mv) {
                *sum += y - baseline;
            }
            average.n_sweeps += 1;
        }
        let n = average.n_sweeps.max(1) as f64;
        average.mv.iter_mut().for_each(|sum| *sum /= n);
        average
    }
}

/// Position of the first stimulus in samples; `None` without one or with an
/// impossible one.
pub(crate) fn stimulus_sample(sweep: &Sweep) -> Option<f64> {
    let first = sweep.stimulus_ms.first()?;
    let sample = first * sweep.rate_hz / 1000.0;
    // Stimulus times are stored in ms; snap what is a sample up to rounding.
    let nearest = sample.round();
    let sample = if (sample - nearest).abs() < 1e-6 { nearest } else { sample };
    (sample.is_finite() && sample >= 0.0).then_some(sample)
}
