//! Every measure of an evoked response on one sweep, each with its method and
//! window: the measures behind `schaffer measure`.
//!
//! | measure | definition |
//! |---|---|
//! | baseline | mean over the baseline window; beside it the sample SD |
//! | amplitude | extreme in the peak window less the baseline, signed |
//! | slope | see [`results::plan::SlopeRule`]; signed |
//! | area | trapezoid of the sweep less the baseline over the area window |
//! | latency | where the line through the 20 % and 80 % crossings meets the baseline |
//! | rise | from the 20 % to the 80 % crossing |
//! | decay | from the peak to the first sample pair below 1/e of the amplitude, interpolated |
//! | fibre volley | distance of its peak from the line through its two feet |
//! | population spike | distance of the trough from the line through the peaks before and after it; latency of the trough |
//!
//! Times are ms after the stimulus, values in the unit of the sweep.

use crate::sweep::volley::VolleyTimes;
use crate::sweep::waveform::{Polarity, Trace, two_point_slope};
use results::plan::{LevelFit, SlopeRule};
use serde::Serialize;

/// Windows of the population spike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpikeWindows {
    /// Where the trough is looked for.
    pub trough: [f64; 2],
    /// Begin of the search for the peak before it.
    pub before_from: f64,
    /// End of the search for the peak after it.
    pub after_to: f64,
}

/// How a response is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// Direction of the response.
    pub polarity: Polarity,
    /// Baseline window.
    pub baseline: [f64; 2],
    /// Peak window.
    pub peak: [f64; 2],
    /// How far back levels are looked for.
    pub search_from: f64,
    /// Where the steepest stretch is looked for if the rule does not say.
    pub search: [f64; 2],
    /// Area window.
    pub area: [f64; 2],
    /// Ways to take the slope.
    pub slopes: Vec<SlopeRule>,
    /// Foot, peak and foot of the fibre volley.
    pub volley: Option<[f64; 3]>,
    /// Windows of the population spike.
    pub spike: Option<SpikeWindows>,
}

/// A slope with the way it was taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slope {
    /// The rule, e.g. `20-80 %`.
    pub method: String,
    /// Slope, unit of the sweep per ms; `None` if the method finds none.
    pub value: Option<f64>,
    /// Stretch that it was taken from, ms.
    pub window_ms: Option<[f64; 2]>,
    /// Samples on the line; 0 where none.
    pub samples: usize,
}

/// A population spike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spike {
    /// Amplitude by the tangent method, positive.
    pub amplitude: f64,
    /// Time of the trough.
    pub latency_ms: f64,
}

/// All measures of one response.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evoked {
    /// Mean of the baseline window.
    pub baseline: f64,
    /// Its sample standard deviation.
    pub baseline_sd: f64,
    /// Baseline window.
    pub baseline_window_ms: [f64; 2],
    /// Sample of the peak.
    pub peak_index: usize,
    /// Its time.
    pub peak_ms: f64,
    /// Amplitude, signed.
    pub amplitude: f64,
    /// Peak window.
    pub peak_window_ms: [f64; 2],
    /// `negative` or `positive`.
    pub polarity: &'static str,
    /// Slopes in the order asked for.
    pub slopes: Vec<Slope>,
    /// Area, unit · ms.
    pub area: Option<f64>,
    /// Area window.
    pub area_window_ms: [f64; 2],
    /// Onset latency.
    pub latency_ms: Option<f64>,
    /// Rise from 20 % to 80 %.
    pub rise_ms: Option<f64>,
    /// Decay from the peak to 1/e.
    pub decay_ms: Option<f64>,
    /// Fibre volley, positive in the direction of the response.
    pub volley: Option<f64>,
    /// Population spike.
    pub pop_spike: Option<Spike>,
}

/// Why a response cannot be measured.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum NoMeasure {
    /// The baseline window holds no sample.
    #[error("the baseline window {0} to {1} ms holds no sample of the sweep")]
    Baseline(f64, f64),
    /// The peak window holds no sample.
    #[error("the peak window {0} to {1} ms holds no sample of the sweep")]
    Peak(f64, f64),
}

/// Measures one response.
///
/// # Errors
/// [`NoMeasure`] if the sweep has no samples where baseline or peak are looked for.
pub fn measure(trace: &Trace, method: &Method) -> Result<Evoked, NoMeasure> {
    let [from, to] = method.baseline;
    let before = trace.window(from, to);
    let baseline = trace.mean(before.clone()).ok_or(NoMeasure::Baseline(from, to))?;
    let part = &trace.mv[before];
    let squares: f64 = part.iter().map(|y| (y - baseline) * (y - baseline)).sum();
    let [from, to] = method.peak;
    let peak = trace.peak(method.polarity, trace.window(from, to)).ok_or(NoMeasure::Peak(from, to))?;
    let amplitude = peak.mv - baseline;
    let levels = Levels { trace, method, peak: peak.index, baseline, amplitude };
    let rise = levels.crossings(0.2, 0.8);
    let area_window = trace.window(method.area[0], method.area[1]);
    Ok(Evoked {
        baseline,
        baseline_sd: (squares / (part.len() as f64 - 1.0)).sqrt(),
        baseline_window_ms: method.baseline,
        peak_index: peak.index,
        peak_ms: trace.time_ms(peak.index),
        amplitude,
        peak_window_ms: method.peak,
        polarity: if method.polarity == Polarity::Positive { "positive" } else { "negative" },
        slopes: method.slopes.iter().map(|rule| levels.slope(rule)).collect(),
        area: trace.area(baseline, area_window),
        area_window_ms: method.area,
        // The line through (t20, 20 %) and (t80, 80 %) is at 0 % a third of the rise before t20.
        latency_ms: rise.map(|c| c.low_ms - (c.high_ms - c.low_ms) / 3.0),
        rise_ms: rise.map(|c| c.high_ms - c.low_ms),
        decay_ms: levels.decay(),
        volley: method.volley.and_then(|[before_ms, peak_ms, after_ms]| {
            VolleyTimes { before_ms, peak_ms, after_ms }.amplitude(trace, method.polarity)
        }),
        pop_spike: method.spike.as_ref().and_then(|windows| spike(trace, windows)),
    })
}

/// A response with what all level measures need.
struct Levels<'a> {
    trace: &'a Trace<'a>,
    method: &'a Method,
    peak: usize,
    baseline: f64,
    amplitude: f64,
}

impl Levels<'_> {
    fn at(&self, share: f64) -> f64 {
        self.baseline + share * self.amplitude
    }

    fn crossings(&self, low: f64, high: f64) -> Option<crate::sweep::waveform::Crossings> {
        let (low, high) = (self.at(low), self.at(high));
        self.trace.crossings(self.method.polarity, self.peak, low, high, self.method.search_from)
    }

    fn slope(&self, rule: &SlopeRule) -> Slope {
        let trace = self.trace;
        let (value, window_ms, samples) = match *rule {
            SlopeRule::Window { from_ms, to_ms } => {
                (trace.window_slope(from_ms, to_ms), Some([from_ms, to_ms]), trace.window(from_ms, to_ms).len())
            }
            SlopeRule::Maximum { width_ms, within_ms } => {
                let [from, to] = within_ms.unwrap_or(self.method.search);
                let best = trace.maximum_slope(self.method.polarity, from, to, width_ms);
                let width = (width_ms / trace.dt_ms()).round();
                let half = width * trace.dt_ms() / 2.0;
                let window = best.map(|b| [b.centre_ms - half, b.centre_ms + half]);
                (best.map(|b| b.slope), window, width as usize + 1)
            }
            SlopeRule::Levels { low, high, fit } => {
                let crossings = self.crossings(low, high);
                let samples = crossings.map_or(0, |c| trace.between(c).len());
                let value = crossings.and_then(|c| match fit {
                    LevelFit::LeastSquares => trace.crossing_slope(c),
                    LevelFit::TwoPoint => Some(two_point_slope(self.at(low), self.at(high), c)),
                });
                (value, crossings.map(|c| [c.low_ms, c.high_ms]), samples)
            }
        };
        Slope { method: rule.to_string(), value: value.filter(|v| v.is_finite()), window_ms, samples }
    }

    fn decay(&self) -> Option<f64> {
        let level = self.at(libm::exp(-1.0_f64));
        let sign = self.amplitude.signum();
        let end = self.trace.window(f64::MIN, self.method.area[1].max(self.method.peak[1])).end;
        let after = (self.peak + 1..end).find(|&i| sign * (self.trace.mv[i] - level) <= 0.0)?;
        let (before, here) = (self.trace.mv[after - 1], self.trace.mv[after]);
        let part = if here == before { 0.0 } else { (level - before) / (here - before) };
        Some(self.trace.time_ms(after - 1) + part * self.trace.dt_ms() - self.trace.time_ms(self.peak))
    }
}

fn spike(trace: &Trace, windows: &SpikeWindows) -> Option<Spike> {
    let trough = trace.peak(Polarity::Negative, trace.window(windows.trough[0], windows.trough[1]))?;
    let from = trace.window(windows.before_from, f64::MAX).start;
    let to = trace.window(f64::MIN, windows.after_to).end;
    let before = trace.peak(Polarity::Positive, from..trough.index + 1)?;
    let after = trace.peak(Polarity::Positive, trough.index..to)?;
    let amplitude = trace.tangent_amplitude(before, trough, after);
    Some(Spike { amplitude, latency_ms: trace.time_ms(trough.index) })
}

/// Ratio of the second response to the first; `None` unless both are there and the first is not zero.
pub fn paired_pulse_ratio(responses: &[Evoked], value: impl Fn(&Evoked) -> Option<f64>) -> Option<f64> {
    let [first, second, ..] = responses else { return None };
    let ratio = value(second)? / value(first)?;
    ratio.is_finite().then_some(ratio)
}
