//! How much an experiment leaves on disk, and how long it takes.

use crate::plan::plan::Plan;
use crate::plan::schedule::Schedule;
use synapse::SAME_SWEEP_MS;

/// Time of the model for one pulse on one core of a laptop, s; measured on the
/// default experiment. Only for the forecast.
const SECONDS_PER_PULSE: f64 = 0.45e-3;

/// Time of measuring as a share of that of the model; measured likewise.
pub const MEASURING_SHARE: f64 = 0.04;

/// Time of the figures and the report of an experiment, s; measured likewise.
pub const SECONDS_OF_REPORT: f64 = 0.5;

/// Bytes on disk per sample: noise leaves little for compression to gain.
const BYTES_PER_SAMPLE: f64 = 1.7;

impl Plan {
    /// Sweeps of one slice under the induction at `place`.
    pub fn sweeps_per_slice(&self, place: usize) -> usize {
        let Some(induction) = self.inductions.get(place) else { return 0 };
        let schedule = Schedule::new(&self.course, induction);
        let pulses = induction.pulses_ms();
        let apart = pulses.windows(2).filter(|pair| pair[1] - pair[0] >= SAME_SWEEP_MS).count();
        schedule.test_pulses() + if pulses.is_empty() { 0 } else { apart + 1 }
    }

    /// Samples of one slice under the induction at `place`.
    fn samples_per_slice(&self, place: usize) -> f64 {
        let Some(induction) = self.inductions.get(place) else { return 0.0 };
        let pulses = induction.pulses_ms();
        let joined = pulses.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap < SAME_SWEEP_MS);
        let window_ms = self.sweeps.before.ms() + self.sweeps.after.ms();
        let recorded_ms = self.sweeps_per_slice(place) as f64 * window_ms + joined.sum::<f64>();
        recorded_ms / 1000.0 * self.sweeps.rate.hz()
    }

    /// Expected size of the recordings, bytes.
    pub fn expected_bytes(&self) -> f64 {
        let samples: f64 = (0..self.inductions.len()).map(|place| self.samples_per_slice(place)).sum();
        samples * BYTES_PER_SAMPLE * self.slices() as f64 / self.inductions.len().max(1) as f64
    }

    /// Expected time of the prediction as a share of that of the experiment itself, by its
    /// slices: of those half of the spines and a part of the test pulses are simulated.
    pub fn prediction_share(&self) -> f64 {
        const PART: f64 = 0.4;
        let draws = 2.0 * f64::from(self.prediction.draws) * f64::from(self.prediction.animals);
        let groups = self.inductions.len() * self.conditions.len();
        PART * draws * groups as f64 / self.slices().max(1) as f64
    }

    /// Expected time of what comes after the recording, on one core, s: measuring,
    /// comparing, figures and report.
    pub fn seconds_after_recording(&self) -> f64 {
        self.expected_seconds(1) * MEASURING_SHARE + SECONDS_OF_REPORT
    }

    /// Expected time of the model on `jobs` cores, s.
    pub fn expected_seconds(&self, jobs: usize) -> f64 {
        let pulses = self.inductions.iter().map(|induction| Schedule::new(&self.course, induction).pulses.len());
        let pulses = pulses.sum::<usize>() as f64 * self.slices() as f64 / self.inductions.len().max(1) as f64;
        pulses * SECONDS_PER_PULSE / jobs.max(1) as f64
    }
}
