//! Spontaneous postsynaptic currents: detection, amplitude, rate, decay.
//!
//! The trace is smoothed over 1 ms. An event begins where it departs by more than
//! a threshold within 2 ms, in the direction that most departures take; its
//! amplitude is the largest departure within 8 ms from the mean of the 2 ms
//! before. Isolated events are averaged on their onset, and a line through the
//! logarithm of the average from 90 to 20 % of its peak gives the decay.

use crate::measure::regression::Regression;
use serde::{Deserialize, Serialize};

/// What counts as an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct EventRule {
    /// Smallest amplitude, in standard deviations of the departures of the noise.
    pub threshold: f64,
    /// An event is isolated without another one this long before and after, ms.
    pub isolated_ms: f64,
}

impl Default for EventRule {
    fn default() -> Self {
        Self { threshold: 4.5, isolated_ms: 40.0 }
    }
}

/// The events of a trace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Events {
    /// Number.
    pub count: usize,
    /// Per second.
    pub rate_hz: f64,
    /// Mean amplitude with its sign, pA; `None` without events.
    pub amplitude_pa: Option<f64>,
    /// Decay time constant of the average, ms; `None` if too few were isolated.
    pub decay_ms: Option<f64>,
}

/// Fewest isolated events for an average.
const FEWEST: usize = 5;

/// The average of isolated events and the line through its decay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AverageEvent {
    /// Distance of the samples, ms; the first is the onset.
    pub step_ms: f64,
    /// Current, less the level before the onset, pA.
    pub pa: Vec<f64>,
    /// The decay A e^(−t/τ), if one could be fitted.
    pub fit: Option<DecayFit>,
}

/// The decay of an average, t since the onset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecayFit {
    /// A, pA.
    pub amplitude_pa: f64,
    /// τ, ms.
    pub decay_ms: f64,
    /// Begin and end of the fitted part, ms.
    pub from_to_ms: [f64; 2],
    /// The fitted line there: time (ms) and current (pA).
    pub curve: Vec<[f64; 2]>,
}

/// Points of the fitted line, less one.
const CURVE_POINTS: u32 = 40;

impl AverageEvent {
    /// An average with its fit.
    pub fn of(pa: Vec<f64>, step_ms: f64) -> Self {
        let fit = decay(&pa).map(|line| {
            let (amplitude_pa, decay_ms) = (line.amplitude, line.tau * step_ms);
            let [from, to] = line.from_to.map(|k| k as f64 * step_ms);
            let points = (0..=CURVE_POINTS).map(|k| from + (to - from) * f64::from(k) / f64::from(CURVE_POINTS));
            let curve = points.map(|ms| [ms, amplitude_pa * libm::exp(-ms / decay_ms)]).collect();
            DecayFit { amplitude_pa, decay_ms, from_to_ms: [from, to], curve }
        });
        Self { step_ms, pa, fit }
    }
}

/// Finds and measures the events of a trace in pA.
pub(crate) fn spontaneous_events(pa: &[f64], rate_hz: f64, rule: &EventRule) -> Events {
    events_and_average(pa, rate_hz, rule).0
}

/// The same with the average of isolated events; `None` if they are too few.
pub(crate) fn events_and_average(pa: &[f64], rate_hz: f64, rule: &EventRule) -> (Events, Option<AverageEvent>) {
    let samples = |ms: f64| (ms * rate_hz / 1000.0).round().max(1.0) as usize;
    if pa.len() < samples(100.0) {
        return (Events::default(), None);
    }
    let smooth = smoothed(pa, samples(1.0));
    let lag = samples(2.0);
    let departures: Vec<f64> = (lag..smooth.len()).map(|k| smooth[k] - smooth[k - lag]).collect();
    let noise = 1.4826 * median(&departures.iter().map(|d| d.abs()).collect::<Vec<_>>());
    let limit = rule.threshold * noise;
    let beyond = |sign: f64| departures.iter().filter(|d| sign * **d > limit).map(|d| d.abs()).sum::<f64>();
    let sign = if beyond(1.0) >= beyond(-1.0) { 1.0 } else { -1.0 };

    let mut onsets: Vec<(usize, f64)> = Vec::new();
    let mut k = 0;
    while k < departures.len() {
        if sign * departures[k] <= limit {
            k += 1;
            continue;
        }
        let before = smooth[k.saturating_sub(lag)..=k].iter().sum::<f64>() / (k - k.saturating_sub(lag) + 1) as f64;
        let end = (k + lag + samples(8.0)).min(smooth.len());
        let peak = (k..end).max_by(|a, b| (sign * smooth[*a]).total_cmp(&(sign * smooth[*b]))).unwrap_or(k);
        onsets.push((k, smooth[peak] - before));
        // The next event begins at the earliest after the peak of this one.
        k = peak.max(k + lag);
    }
    let count = onsets.len();
    let mean = onsets.iter().map(|(_, amplitude)| amplitude).sum::<f64>() / count.max(1) as f64;
    let average = averaged(&smooth, &onsets, samples(rule.isolated_ms), samples(2.0))
        .map(|average| AverageEvent::of(average, 1000.0 / rate_hz));
    let events = Events {
        count,
        rate_hz: count as f64 * rate_hz / pa.len() as f64,
        amplitude_pa: (count > 0).then_some(mean),
        decay_ms: average.as_ref().and_then(|average| average.fit.as_ref()).map(|fit| fit.decay_ms),
    };
    (events, average)
}

/// Mean of isolated events from their onset on, less the level before it.
fn averaged(trace: &[f64], onsets: &[(usize, f64)], apart: usize, before: usize) -> Option<Vec<f64>> {
    let isolated = onsets.iter().enumerate().filter(|(place, (onset, _))| {
        let earlier = place.checked_sub(1).is_none_or(|p| onset - onsets[p].0 > apart);
        let later = onsets.get(place + 1).is_none_or(|next| next.0 - onset > apart);
        earlier && later && *onset >= before && onset + apart < trace.len()
    });
    let mut sum = vec![0.0; apart];
    let mut count = 0_usize;
    for (_, (onset, _)) in isolated {
        let level = trace[onset - before..*onset].iter().sum::<f64>() / before as f64;
        sum.iter_mut().zip(&trace[*onset..]).for_each(|(sum, value)| *sum += value - level);
        count += 1;
    }
    (count >= FEWEST).then(|| sum.iter().map(|value| value / count as f64).collect())
}

/// A line through a logarithm, in samples.
struct Line {
    amplitude: f64,
    tau: f64,
    from_to: [usize; 2],
}

/// The decay from 90 to 20 % after the peak.
fn decay(average: &[f64]) -> Option<Line> {
    let peak_at = (0..average.len()).max_by(|a, b| average[*a].abs().total_cmp(&average[*b].abs()))?;
    let peak = average[peak_at];
    let tail = average[peak_at..].iter().map(|value| value / peak).enumerate();
    let points: Vec<(f64, f64)> = tail
        .skip_while(|(_, share)| *share > 0.9)
        .take_while(|(_, share)| *share > 0.2)
        .map(|(k, share)| (k as f64, libm::log(share)))
        .collect();
    if points.len() < 4 {
        return None;
    }
    let line = Regression::of(&points);
    let tau = -line.sxx / line.sxy;
    (line.sxy < 0.0).then(|| Line {
        amplitude: peak * libm::exp(line.mean_y + (line.mean_x + peak_at as f64) / tau),
        tau,
        from_to: [points[0].0, points[points.len() - 1].0].map(|k| k as usize + peak_at),
    })
}

/// Running mean over `width` samples, centred.
fn smoothed(trace: &[f64], width: usize) -> Vec<f64> {
    let half = width / 2;
    let mut sums = Vec::with_capacity(trace.len() + 1);
    sums.push(0.0);
    for value in trace {
        sums.push(sums[sums.len() - 1] + value);
    }
    (0..trace.len())
        .map(|k| {
            let (from, to) = (k.saturating_sub(half), (k + half + 1).min(trace.len()));
            (sums[to] - sums[from]) / (to - from) as f64
        })
        .collect()
}

/// The level between the events: the centre of the noise, judged from the side of
/// the histogram that events do not reach (in the spirit of the Gaussian that is
/// fitted to the unskewed part of the all-points histogram, Glykys & Mody 2007).
///
/// From the median on, the spread σ of the narrower side is taken, and the mean of
/// the samples, weighted by how near they are,
///
/// w = (1 − (d / cσ)²)²  for a distance d < cσ from the centre (Tukey's biweight),
///
/// replaces the centre, until it stays. A median would be one of the steps of the
/// converter; the noise dithers the samples over several steps, so that the weighted
/// mean resolves far less than one.
pub(super) fn resting_level(pa: &[f64]) -> f64 {
    const REACH: f64 = 2.0;
    let mut centre = median(pa);
    for _ in 0..200 {
        let side = |sign: f64| {
            let away: Vec<f64> = pa.iter().map(|value| sign * (value - centre)).filter(|d| *d > 0.0).collect();
            1.4826 * median(&away)
        };
        let spread = side(1.0).min(side(-1.0));
        let (mut sum, mut weights) = (0.0, 0.0);
        for value in pa {
            let u = (value - centre) / (REACH * spread);
            if u.abs() < 1.0 {
                let weight = (1.0 - u * u) * (1.0 - u * u);
                sum += weight * value;
                weights += weight;
            }
        }
        if weights <= 0.0 {
            return centre;
        }
        let next = sum / weights;
        if (next - centre).abs() < 1e-4 * spread {
            return next;
        }
        centre = next;
    }
    centre
}

/// Median; 0 for an empty list.
pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    /// Events of one shape at known times in noise of a simple generator.
    fn trace(amplitude: f64, decay_ms: f64, every_ms: f64, noise: f64) -> Vec<f64> {
        let mut state = 7_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        (0..100_000)
            .map(|k| {
                let t = (f64::from(k) / 5.0) % every_ms;
                let shape = libm::exp(-t / decay_ms) - libm::exp(-t / 0.6);
                let gauss: f64 = (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
                -30.0 + amplitude * shape + noise * gauss
            })
            .collect()
    }

    #[test]
    fn rate_amplitude_and_decay_of_known_events() {
        for (amplitude, decay_ms) in [(-30.0, 8.6), (20.0, 15.0)] {
            let events = spontaneous_events(&trace(amplitude, decay_ms, 150.0, 1.0), 5_000.0, &EventRule::default());
            assert!((events.rate_hz - 1000.0 / 150.0).abs() < 0.2, "{events:?}");
            // The smoothing takes a little of the peak.
            let peak = amplitude * 0.78;
            assert!((events.amplitude_pa.unwrap() / peak - 1.0).abs() < 0.2, "{events:?} {peak}");
            assert!((events.decay_ms.unwrap() / decay_ms - 1.0).abs() < 0.12, "{events:?}");
        }
    }

    #[test]
    fn the_level_between_events_is_found_under_many_events() {
        // Every 40 ms an event of 30 pA: the median is 2 pA off, the level is not.
        let busy = trace(-30.0, 12.0, 40.0, 1.5);
        let quiet = trace(0.0, 12.0, 40.0, 1.5);
        assert!((resting_level(&quiet) + 30.0).abs() < 0.05, "{}", resting_level(&quiet));
        assert!((median(&busy) + 30.0).abs() > 2.0 * (resting_level(&busy) + 30.0).abs(), "{}", resting_level(&busy));
        assert_eq!(resting_level(&[]), 0.0);
        assert_eq!(resting_level(&[3.0; 9]), 3.0);
    }

    #[test]
    fn a_level_between_two_steps_of_the_converter_is_resolved() {
        // Steps of 0.3 pA under noise of 1.5 pA: a median could only be a step.
        let step = 0.3;
        for shift in [0.0, 0.04, 0.09, 0.15, 0.21] {
            let rounded: Vec<f64> =
                trace(0.0, 12.0, 40.0, 1.5).iter().map(|pa| ((pa + shift) / step).round() * step).collect();
            let level = resting_level(&rounded);
            assert!((level - (shift - 30.0)).abs() < 0.05, "{shift}: {level}");
        }
    }

    #[test]
    fn noise_alone_holds_hardly_any_event() {
        let events = spontaneous_events(&trace(0.0, 5.0, 150.0, 2.0), 5_000.0, &EventRule::default());
        assert!(events.rate_hz < 0.5, "{events:?}");
        assert_eq!(spontaneous_events(&[1.0; 10], 5_000.0, &EventRule::default()), Events::default());
    }
}
