//! The responses to several pulses of one sweep, each without what is left of those
//! before it.
//!
//! Before pulse k the sweep still decays from the responses before it. From the last
//! part of the interval that ends there a single exponential towards the baseline is
//! taken, continued under response k and subtracted:
//!
//! ```text
//! z(t)   = ±(y(t) − ȳ_baseline)
//! z(t)   ≈ A exp(−(t − t_k) / τ_k)             t_k − (1 − q)(Δ − t_peak) ≤ t < t_k
//! r_k(t) = z(t) − A exp(−(t − t_k) / τ_k)      t ≥ t_k
//! ```
//!
//! τ_k comes from the mean of all sweeps alike (same stimuli, same side of the
//! induction), A from each sweep by least squares. Slope and amplitude are taken at the
//! same times after every pulse, those of the averaged reference response, so that both
//! are linear in the sweep and noise does not bias them.

use crate::sweep::response::{BASELINE_MS, BEFORE_NEXT_MS, RESPONSE_MS, RISE_FROM_MS};
use crate::sweep::waveform::{Crossings, Polarity, Trace};

/// Part of the way from the peak to the next pulse that is left out of the decay.
const FROM_SHARE: f64 = 0.4;
/// Time constants that are tried, ms.
const TAU_MS: [f64; 2] = [0.5, 300.0];
/// Steps of the search, each finer by the factor of the golden section.
const STEPS: usize = 60;
/// Half width of the stretch at the peak over which an amplitude is averaged, ms.
const PEAK_HALF_MS: f64 = 0.25;
/// Fewest samples of a decay.
const FEWEST: usize = 4;

/// Slope (unit of the sample per ms) and amplitude of one response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulse {
    /// Slope over the rising phase of the averaged reference response.
    pub slope: f64,
    /// Mean around the time of its peak.
    pub amplitude: f64,
}

/// When responses are measured, ms after each stimulus.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub polarity: Polarity,
    pub rise: Crossings,
    pub peak_ms: f64,
}

/// Stimuli of a sweep in samples.
type Stimuli<'a> = &'a [f64];

/// The part of the interval before pulse `k` in which the decay is read.
fn stretch(trace: &Trace, stimuli: Stimuli, k: usize, times: &Times) -> std::ops::Range<usize> {
    let before = Trace { stimulus: stimuli[k - 1], ..*trace };
    let interval_ms = (stimuli[k] - stimuli[k - 1]) * trace.dt_ms();
    let from_ms = times.peak_ms + FROM_SHARE * (interval_ms - times.peak_ms);
    before.window(from_ms, interval_ms - BEFORE_NEXT_MS)
}

/// Baseline less sweep, turned upwards.
fn turned(trace: &Trace, polarity: Polarity) -> Option<Vec<f64>> {
    let baseline = trace.mean(trace.window(BASELINE_MS[0], BASELINE_MS[1]))?;
    Some(trace.mv.iter().map(|y| polarity.sign() * (y - baseline)).collect())
}

/// Amplitude of the decay at the pulse by least squares, and the sum of squares that is left.
fn decay(z: &[f64], times_ms: &[f64], tau_ms: f64) -> (f64, f64) {
    let (mut ze, mut ee, mut zz) = (0.0, 0.0, 0.0);
    for (z, t) in z.iter().zip(times_ms) {
        let e = libm::exp(-t / tau_ms);
        ze += z * e;
        ee += e * e;
        zz += z * z;
    }
    (ze / ee, zz - ze * ze / ee)
}

/// The time constants of the decay before the second and each further pulse, ms, from an
/// averaged sweep; `None` where the interval is too short for one.
pub(crate) fn time_constants(average: &Trace, stimuli: Stimuli, times: &Times) -> Option<Vec<f64>> {
    let z = turned(average, times.polarity)?;
    (1..stimuli.len()).map(|k| time_constant(average, &z, stimuli, k, times)).collect()
}

fn time_constant(average: &Trace, z: &[f64], stimuli: Stimuli, k: usize, times: &Times) -> Option<f64> {
    let part = stretch(average, stimuli, k, times);
    let own = Trace { stimulus: stimuli[k], ..*average };
    let at: Vec<f64> = part.clone().map(|i| own.time_ms(i)).collect();
    let z = z.get(part).filter(|z| z.len() >= FEWEST)?;
    let left = |log_tau: f64| decay(z, &at, libm::exp(log_tau)).1;
    // Golden section: the sum of squares has one valley in the logarithm of τ.
    let (mut low, mut high) = (libm::log(TAU_MS[0]), libm::log(TAU_MS[1]));
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    for _ in 0..STEPS {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if left(a) < left(b) { high = b } else { low = a }
    }
    Some(libm::exp((low + high) / 2.0))
}

/// Every response of a sweep; `None` if the sweep is too short for one of them.
pub(crate) fn responses(trace: &Trace, stimuli: Stimuli, taus_ms: &[f64], times: &Times) -> Option<Vec<Pulse>> {
    let z = turned(trace, times.polarity)?;
    let mut found = Vec::with_capacity(stimuli.len());
    for (k, &stimulus) in stimuli.iter().enumerate() {
        let own = Trace { mv: &z, stimulus, ..*trace };
        let mut clean = z.clone();
        if k > 0 {
            let tau_ms = *taus_ms.get(k - 1)?;
            let part = stretch(trace, stimuli, k, times);
            let at: Vec<f64> = part.clone().map(|i| own.time_ms(i)).collect();
            let (amplitude, _) = decay(z.get(part)?, &at, tau_ms);
            let after = own.window(0.0, f64::MAX);
            for i in after {
                clean[i] -= amplitude * libm::exp(-own.time_ms(i) / tau_ms);
            }
        }
        let clean = Trace { mv: &clean, ..own };
        let peak = clean.window(times.peak_ms - PEAK_HALF_MS, times.peak_ms + PEAK_HALF_MS);
        found.push(Pulse { slope: clean.crossing_slope(times.rise)?, amplitude: clean.mean(peak)? });
    }
    Some(found)
}

/// What the mean of sweeps with the same stimuli teaches about each of them.
#[derive(Clone, Debug)]
pub struct PulseReader {
    rate_hz: f64,
    stimuli: Vec<f64>,
    taus_ms: Vec<f64>,
    times: Times,
}

impl PulseReader {
    /// Reads `average`, whose stimuli (samples) are two or more; `None` where no rising
    /// phase or no decay can be seen before the second.
    pub fn new(average: &[f64], rate_hz: f64, stimuli: &[f64], polarity: Polarity) -> Option<Self> {
        let [first, second, ..] = *stimuli else { return None };
        let trace = Trace { mv: average, rate_hz, stimulus: first };
        let next_ms = (second - first) * trace.dt_ms() - BEFORE_NEXT_MS;
        let baseline = trace.mean(trace.window(BASELINE_MS[0], BASELINE_MS[1]))?;
        let [from_ms, to_ms] = RESPONSE_MS;
        let peak = trace.peak(polarity, trace.window(from_ms, to_ms.min(next_ms)))?;
        let level = |share: f64| baseline + share * (peak.mv - baseline);
        let rise = trace.crossings(polarity, peak.index, level(0.2), level(0.8), RISE_FROM_MS)?;
        let times = Times { polarity, rise, peak_ms: trace.time_ms(peak.index) };
        let taus_ms = time_constants(&trace, stimuli, &times)?;
        Some(Self { rate_hz, stimuli: stimuli.to_vec(), taus_ms, times })
    }

    /// Every response of one sweep, without what is left of those before it.
    pub fn read(&self, sweep: &[f64]) -> Option<Vec<Pulse>> {
        let trace = Trace { mv: sweep, rate_hz: self.rate_hz, stimulus: self.stimuli[0] };
        responses(&trace, &self.stimuli, &self.taus_ms, &self.times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A response of two exponentials, as a synapse gives it, mV.
    fn response(t: f64, rise: f64, decay: f64) -> f64 {
        if t < 0.0 { 0.0 } else { libm::exp(-t / decay) - libm::exp(-t / rise) }
    }

    /// What is read of pulses with these gains, at any interval and any kinetics.
    fn read(gains: &[f64], interval_ms: f64, (rise, fall): (f64, f64), sign: f64) -> Vec<Pulse> {
        let rate_hz = 20_000.0;
        let stimuli: Vec<f64> = (0..gains.len()).map(|k| 400.0 + k as f64 * interval_ms * rate_hz / 1000.0).collect();
        let length = stimuli[stimuli.len() - 1] as usize + 1000;
        let mv: Vec<f64> = (0..length)
            .map(|i| {
                let parts = stimuli.iter().zip(gains);
                let t = |at: f64| (i as f64 - at) * 1000.0 / rate_hz - 1.5;
                0.3 + sign * parts.map(|(at, gain)| gain * response(t(*at), rise, fall)).sum::<f64>()
            })
            .collect();
        let trace = Trace { mv: &mv, rate_hz, stimulus: stimuli[0] };
        let peak_ms = 1.5 + libm::log(fall / rise) * rise * fall / (fall - rise);
        let polarity = if sign < 0.0 { Polarity::Negative } else { Polarity::Positive };
        let rise = Crossings { low_ms: 1.7, high_ms: 1.5 + 0.6 * (peak_ms - 1.5) };
        let times = Times { polarity, rise, peak_ms };
        let taus = time_constants(&trace, &stimuli, &times).expect("a decay");
        responses(&trace, &stimuli, &taus, &times).expect("responses")
    }

    #[test]
    fn the_second_response_is_read_without_the_tail_of_the_first() {
        for ratio in [0.6, 1.0, 1.6, 2.5] {
            for interval in [20.0, 30.0, 50.0, 200.0] {
                for kinetics in [(1.0, 8.0), (2.0, 6.0), (1.5, 15.0)] {
                    for sign in [-1.0, 1.0] {
                        let pulses = read(&[1.0, ratio], interval, kinetics, sign);
                        let slopes = pulses[1].slope / pulses[0].slope;
                        let amplitudes = pulses[1].amplitude / pulses[0].amplitude;
                        let what = format!("{ratio} at {interval} ms of {kinetics:?}: {slopes} {amplitudes}");
                        assert!((slopes / ratio - 1.0).abs() < 0.02, "{what}");
                        assert!((amplitudes / ratio - 1.0).abs() < 0.02, "{what}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_pulse_of_a_train_is_read() {
        let gains = [1.0, 1.5, 1.3, 0.9, 0.7];
        let pulses = read(&gains, 20.0, (1.5, 9.0), -1.0);
        for (pulse, gain) in pulses.iter().zip(gains) {
            assert!((pulse.slope / pulses[0].slope / gain - 1.0).abs() < 0.03, "{pulses:?}");
        }
    }
}
