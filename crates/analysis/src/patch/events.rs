//! Spontaneous postsynaptic currents: detection, amplitude, rate, decay.
//!
//! The trace is smoothed over 1 ms. An event begins where it departs by more than
//! a threshold within 2 ms, in the direction that most departures take; its
//! amplitude is the largest departure within 8 ms from the mean of the 2 ms
//! before. Isolated events are averaged on their onset, and a line through the
//! logarithm of the average from 90 to 20 % of its peak gives the decay.

use serde::Serialize;

/// What counts as an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventRule {
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
pub struct Events {
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

/// Finds and measures the events of a trace in pA.
pub fn spontaneous_events(pa: &[f64], rate_hz: f64, rule: &EventRule) -> Events {
    let samples = |ms: f64| (ms * rate_hz / 1000.0).round().max(1.0) as usize;
    if pa.len() < samples(100.0) {
        return Events::default();
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
    let average = averaged(&smooth, &onsets, samples(rule.isolated_ms), samples(2.0));
    Events {
        count,
        rate_hz: count as f64 * rate_hz / pa.len() as f64,
        amplitude_pa: (count > 0).then_some(mean),
        decay_ms: average.and_then(|average| decay(&average)).map(|samples| samples * 1000.0 / rate_hz),
    }
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

/// Time constant in samples, from 90 to 20 % after the peak.
fn decay(average: &[f64]) -> Option<f64> {
    let peak_at = (0..average.len()).max_by(|a, b| average[*a].abs().total_cmp(&average[*b].abs()))?;
    let peak = average[peak_at];
    let tail = average[peak_at..].iter().map(|value| value / peak).enumerate();
    let points: Vec<(f64, f64)> = tail
        .skip_while(|(_, share)| *share > 0.9)
        .take_while(|(_, share)| *share > 0.2)
        .map(|(k, share)| (k as f64, share.ln()))
        .collect();
    let n = points.len() as f64;
    if points.len() < 4 {
        return None;
    }
    let (mx, my) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
    let sxx: f64 = points.iter().map(|p| (p.0 - mx).powi(2)).sum();
    let sxy: f64 = points.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum();
    (sxy < 0.0).then(|| -sxx / sxy)
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
                let shape = (-t / decay_ms).exp() - (-t / 0.6).exp();
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
    fn noise_alone_holds_hardly_any_event() {
        let events = spontaneous_events(&trace(0.0, 5.0, 150.0, 2.0), 5_000.0, &EventRule::default());
        assert!(events.rate_hz < 0.5, "{events:?}");
        assert_eq!(spontaneous_events(&[1.0; 10], 5_000.0, &EventRule::default()), Events::default());
    }
}
