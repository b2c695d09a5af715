//! What sweeps without any annotation show by themselves: when the stimuli came,
//! how long the artefact lasts, in which direction the response points, where
//! the fibre volley and the peak are.
//!
//! A stimulus artefact is the steepest thing in a field recording. On every sweep
//! the steps between neighbouring samples are compared with their own median;
//! steps above `NOISE_STEPS` medians *and* above `SHARE_OF_LARGEST` of the
//! largest step are artefact. Those closer than `APART_MS` belong to one
//! stimulus (the two edges of a pulse). A stimulus counts if at least half of the
//! sweeps have it within [`JITTER_MS`].

use crate::sweep::gap_free;
use crate::sweep::response::{BASELINE_MS, Bench, Span};
use crate::sweep::steps::{APART_MS, NOISE_STEPS, SHARE_OF_LARGEST, median_step};
use crate::sweep::template::POSITIVE_RATIO;
use crate::sweep::volley::VolleyTimes;
use crate::sweep::waveform::{Polarity, Trace};
use serde::Serialize;

/// Stimuli of different sweeps within this are the same, ms.
pub const JITTER_MS: f64 = 0.7;
/// The artefact has ended when steps stay below this many medians.
const QUIET_STEPS: f64 = 5.0;
/// Longest artefact looked for, ms.
const LONGEST_ARTEFACT_MS: f64 = 3.0;
/// Equal samples at an extreme that make it flat.
const CLIPPED_RUN: usize = 3;
/// Usual steps that the step into a flat extreme must exceed.
const CLIPPED_STEP: f64 = 3.0;
/// Samples at an extreme that a slow signal needs to be cut off.
const PILE: usize = 5;
/// Steps of the converter below an extreme that hold fewer samples than it then.
const PILE_STEPS: f64 = 8.0;
/// Share of the range of the sweep that lies between its median and a rail.
const RAIL_SHARE: f64 = 0.1;
/// A sweep of more samples is a record without gaps.
const MOST_SAMPLES: usize = 4_000_000;

/// What was found on the sweeps of one channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Detection {
    /// Stimuli, samples from the start of the sweep.
    pub stimuli: Vec<usize>,
    /// The same in ms after the first sample.
    pub stimulus_ms: Vec<f64>,
    /// How far stimuli of single sweeps lie from these at most, ms.
    pub jitter_ms: f64,
    /// Sweeps whose first stimulus lies further away than [`JITTER_MS`], or that have none.
    pub sweeps_elsewhere: Vec<usize>,
    /// End of the artefact, ms after the first stimulus.
    pub artefact_ms: f64,
    /// `negative` or `positive`.
    pub polarity: String,
    /// Whether a response stands out from the noise.
    pub response: bool,
    /// Peak of the averaged response, ms after the first stimulus.
    pub peak_ms: Option<f64>,
    /// Foot, peak and foot of the fibre volley, ms after the first stimulus.
    pub volley_ms: Option<[f64; 3]>,
    /// Standard deviation of the pre-stimulus baseline, unit of the channel.
    pub noise: f64,
}

impl Detection {
    /// Direction of the response.
    pub fn direction(&self) -> Polarity {
        if self.polarity == "positive" { Polarity::Positive } else { Polarity::Negative }
    }
}

/// Stimuli of one sweep, samples.
pub fn stimuli(sweep: &[f64], rate_hz: f64) -> Vec<usize> {
    if sweep.len() > MOST_SAMPLES {
        return gap_free::stimuli(sweep, rate_hz);
    }
    let steps: Vec<f64> = sweep.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let Some(median) = median_step(&steps) else { return Vec::new() };
    let largest = steps.iter().copied().fold(0.0, f64::max);
    if largest < NOISE_STEPS * median {
        return Vec::new();
    }
    let threshold = (NOISE_STEPS * median).max(SHARE_OF_LARGEST * largest);
    let apart = APART_MS * rate_hz / 1000.0;
    let mut found: Vec<usize> = Vec::new();
    let mut last: Option<usize> = None;
    for (at, _) in steps.iter().enumerate().filter(|(_, step)| **step >= threshold) {
        if last.is_none_or(|last| (at - last) as f64 > apart) {
            found.push(at + 1);
        }
        last = Some(at);
    }
    found
}

/// Looks at all sweeps of one channel; `stated` are stimuli that are known,
/// samples from the start of the sweep.
pub fn detect(sweeps: &[&[f64]], rate_hz: f64, stated: Option<&[usize]>) -> Detection {
    let own: Vec<Vec<usize>> = sweeps.iter().map(|sweep| stimuli(sweep, rate_hz)).collect();
    let jitter = JITTER_MS * rate_hz / 1000.0;
    let common = stated.map_or_else(|| vote(&own, jitter), <[usize]>::to_vec);
    let ms = |samples: f64| 1000.0 * samples / rate_hz;
    let mut found = Detection {
        stimulus_ms: common.iter().map(|&at| ms(at as f64)).collect(),
        jitter_ms: 0.0,
        sweeps_elsewhere: Vec::new(),
        artefact_ms: crate::sweep::response::ARTEFACT_MS,
        polarity: "negative".to_owned(),
        response: false,
        peak_ms: None,
        volley_ms: None,
        noise: f64::NAN,
        stimuli: common,
    };
    let Some(&first) = found.stimuli.first() else { return found };
    for (sweep, seen) in own.iter().enumerate() {
        match seen.iter().map(|at| at.abs_diff(first) as f64).reduce(f64::min) {
            Some(distance) if distance <= jitter => found.jitter_ms = found.jitter_ms.max(ms(distance)),
            _ => found.sweeps_elsewhere.push(sweep),
        }
    }
    look_at_average(&mut found, sweeps, rate_hz);
    found
}

/// Stimuli that at least half of the sweeps have, each at its median place.
fn vote(own: &[Vec<usize>], jitter: f64) -> Vec<usize> {
    let mut all: Vec<usize> = own.iter().flatten().copied().collect();
    all.sort_unstable();
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for at in all {
        match clusters.last_mut() {
            Some(cluster) if (at - cluster[cluster.len() - 1]) as f64 <= jitter => cluster.push(at),
            _ => clusters.push(vec![at]),
        }
    }
    // Of two sweeps both must agree.
    clusters.retain(|cluster| 2 * cluster.len() >= own.len().max(1) && cluster.len() >= own.len().min(2));
    clusters.iter().map(|cluster| cluster[cluster.len() / 2]).collect()
}

/// Polarity, artefact, volley and peak from the mean of the sweeps of equal length.
fn look_at_average(found: &mut Detection, sweeps: &[&[f64]], rate_hz: f64) {
    let Some(length) = sweeps.first().map(|sweep| sweep.len()) else { return };
    let alike: Vec<&[f64]> = sweeps.iter().copied().filter(|sweep| sweep.len() == length).collect();
    let stimulus = found.stimuli[0] as f64;
    let mut mean = vec![0.0; length];
    let mut noise: Vec<f64> = Vec::new();
    for sweep in &alike {
        let trace = Trace { mv: sweep, rate_hz, stimulus };
        let before = trace.window(BASELINE_MS[0], BASELINE_MS[1]);
        let Some(baseline) = trace.mean(before.clone()) else { return };
        let part = &sweep[before];
        if part.len() > 1 {
            let sum: f64 = part.iter().map(|y| (y - baseline) * (y - baseline)).sum();
            noise.push((sum / (part.len() as f64 - 1.0)).sqrt());
        }
        mean.iter_mut().zip(*sweep).for_each(|(sum, y)| *sum += (y - baseline) / alike.len() as f64);
    }
    noise.sort_by(f64::total_cmp);
    found.noise = noise.get(noise.len() / 2).copied().unwrap_or(f64::NAN);
    let trace = Trace { mv: &mean, rate_hz, stimulus };
    found.artefact_ms = artefact_end(&trace).max(0.3);
    let next_ms = found.stimulus_ms.get(1).map_or(f64::INFINITY, |next| next - found.stimulus_ms[0] - 0.2);
    let span = Span { artefact_ms: found.artefact_ms, ..Span::default() };
    let end_ms = span.to_ms.min(next_ms).min(trace.time_ms(length.saturating_sub(1)));
    let mut bench = Bench::new(rate_hz, span);
    let Ok((down, up)) = bench.deflections(&trace, end_ms) else { return };
    let positive = up > POSITIVE_RATIO * down;
    found.polarity = if positive { "positive" } else { "negative" }.to_owned();
    let averaged = found.noise / (alike.len() as f64).sqrt();
    let largest = if positive { up } else { down };
    found.response = largest > crate::sweep::response::DETECTION_SD * averaged;
    let search = trace.window(span.from_ms, end_ms);
    found.peak_ms = trace.peak(found.direction(), search).map(|peak| trace.time_ms(peak.index));
    found.volley_ms =
        VolleyTimes::find(&trace, found.direction(), averaged, 1.0).map(|v| [v.before_ms, v.peak_ms, v.after_ms]);
}

/// Time after the stimulus from which on the steps stay small, ms.
fn artefact_end(trace: &Trace) -> f64 {
    let steps: Vec<f64> = trace.mv.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let before = trace.window(BASELINE_MS[0], BASELINE_MS[1]);
    let Some(median) = steps.get(before.start..before.end.saturating_sub(1)).and_then(median_step) else { return 0.0 };
    let after = trace.window(0.0, LONGEST_ARTEFACT_MS);
    let largest = steps.get(after.clone()).map_or(0.0, |part| part.iter().copied().fold(0.0, f64::max));
    // A fast response has large steps too: only those of the artefact's order count.
    let threshold = (QUIET_STEPS * median).max(0.1 * largest);
    let last = after.clone().rev().find(|&i| steps.get(i).is_some_and(|step| *step > threshold));
    last.map_or(0.0, |i| trace.time_ms(i + 1))
}

/// Which end of its range a sweep ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clipping {
    /// Neither.
    None,
    /// Its lowest values are cut off.
    Low,
    /// Its highest values are cut off.
    High,
    /// Both.
    Both,
}

/// Whether the extremes of a sweep are flat although the signal ran into them.
///
/// - Steep: at least `CLIPPED_RUN` equal samples at the extreme, reached by a step of
///   more than `CLIPPED_STEP` usual steps. A true peak is reached slowly.
/// - Slow: samples pile up at an extreme away from the median, see `piles_up`.
pub fn clipping(sweep: &[f64]) -> Clipping {
    let steps: Vec<f64> = sweep.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let Some(usual) = median_step(&steps) else { return Clipping::None };
    let smallest = steps.iter().copied().filter(|step| *step > 0.0).fold(f64::INFINITY, f64::min);
    let mut sorted = sweep.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted[sorted.len() / 2];
    let low = sweep.iter().copied().fold(f64::INFINITY, f64::min);
    let high = sweep.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let runs_into = |level: f64| {
        let away = (level - middle).abs() > RAIL_SHARE * (high - low);
        if away && piles_up(sweep, level, smallest) {
            return true;
        }
        let mut from = 0;
        while let Some(start) = (from..sweep.len()).find(|&i| sweep[i] == level) {
            let end = (start..sweep.len()).find(|&i| sweep[i] != level).unwrap_or(sweep.len());
            let steep = start > 0 && steps[start - 1] > CLIPPED_STEP * usual;
            if end - start >= CLIPPED_RUN && steep {
                return true;
            }
            from = end;
        }
        false
    };
    match (runs_into(low), runs_into(high)) {
        (true, true) => Clipping::Both,
        (true, false) => Clipping::Low,
        (false, true) => Clipping::High,
        (false, false) => Clipping::None,
    }
}

/// Whether samples pile up at an extreme, as those of a slow signal do that was cut off.
///
/// The top of a parabola stays within one step q of the converter for a time t, and
/// within 9 q for 3 t: the eight steps below the extreme hold twice as many samples
/// as the extreme itself. Where they hold fewer than it, the signal was cut off.
/// Noise of a step or more leaves one or two samples at the extreme of a whole signal.
fn piles_up(sweep: &[f64], level: f64, smallest: f64) -> bool {
    let at = sweep.iter().filter(|value| **value == level).count();
    let near = sweep.iter().filter(|value| (**value - level).abs() < (PILE_STEPS + 0.5) * smallest).count() - at;
    at >= PILE && near < at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A response of 1.6 mV in steps of `step`, with noise of `noise` mV from end to end, cut off at `rail`.
    fn slow(rail: f64, step: f64, noise: f64, seed: usize) -> Vec<f64> {
        let sample = |i: usize| {
            let t = (i as f64 - 120.0).max(0.0) / 30.0;
            let hash = (i + 1 + 1009 * seed).wrapping_mul(2_654_435_761) % 1_000_003;
            let mv = -1.6 * t * (1.0 - t).exp() + noise * (hash as f64 / 1_000_003.0 - 0.5);
            (mv.max(rail) / step).round() * step
        };
        (0..600).map(sample).collect()
    }

    #[test]
    fn a_slow_response_that_is_cut_off_is_clipped_in_either_direction() {
        for (step, noise) in [(0.0003, 0.02), (0.005, 0.02), (0.0003, 0.1)] {
            let sweep = slow(-1.2, step, noise, 1);
            assert_eq!(clipping(&sweep), Clipping::Low, "step {step}, noise {noise}");
            let turned: Vec<f64> = sweep.iter().map(|mv| -mv).collect();
            assert_eq!(clipping(&turned), Clipping::High, "step {step}, noise {noise}");
        }
    }

    #[test]
    fn whole_slow_responses_are_not_clipped() {
        for (step, noise) in [(0.0003, 0.02), (0.005, 0.02), (0.02, 0.02), (0.02, 0.004), (0.0003, 0.1)] {
            let alarms = (0..500).filter(|&seed| clipping(&slow(-9.0, step, noise, seed)) != Clipping::None).count();
            assert_eq!(alarms, 0, "step {step}, noise {noise}: {alarms} of 500");
        }
    }

    /// Sweeps with artefacts of two edges at the given times and a slow response.
    fn sweeps(stimuli: &[usize], shift: usize) -> Vec<Vec<f64>> {
        (0..6)
            .map(|k| {
                let mut sweep: Vec<f64> =
                    (0..4000).map(|i| 0.01 * (((i * 7919 + k * 104_729) % 211) as f64 / 211.0 - 0.5)).collect();
                for &at in stimuli {
                    let at = if k == 5 { at + shift } else { at };
                    sweep[at] += 2.0;
                    sweep[at + 3] -= 2.0;
                    for (i, sample) in sweep[at + 40..at + 300].iter_mut().enumerate() {
                        let t = i as f64 / 20.0;
                        *sample -= 0.5 * t * (-t / 2.0).exp();
                    }
                }
                sweep
            })
            .collect()
    }

    fn found(sweeps: &[Vec<f64>]) -> Detection {
        let views: Vec<&[f64]> = sweeps.iter().map(Vec::as_slice).collect();
        detect(&views, 20_000.0, None)
    }

    #[test]
    fn two_pulses_and_a_negative_response_are_seen() {
        let seen = found(&sweeps(&[600, 1600], 0));
        assert_eq!(seen.stimuli, [600, 1600]);
        assert_eq!((seen.polarity.as_str(), seen.response), ("negative", true));
        assert!((seen.peak_ms.expect("a peak") - 4.0).abs() < 0.3, "{:?}", seen.peak_ms);
        assert!(seen.sweeps_elsewhere.is_empty());
    }

    #[test]
    fn a_sweep_with_a_shifted_stimulus_is_named() {
        assert_eq!(found(&sweeps(&[600], 200)).sweeps_elsewhere, [5]);
    }

    #[test]
    fn noise_alone_has_no_stimulus() {
        let seen = found(&sweeps(&[], 0));
        assert_eq!((seen.stimuli.len(), seen.response), (0, false));
    }
}
