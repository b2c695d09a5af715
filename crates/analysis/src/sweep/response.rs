//! The evoked response of one sweep: amplitude, slope, population spike.
//!
//! 1. Everything up to [`ARTEFACT_MS`] after the stimulus is blanked.
//! 2. The stretch after it, less the mean of the pre-stimulus baseline and
//!    turned so that the fEPSP points upwards, is smoothed ([`SMOOTHING_MS`]).
//! 3. The fEPSP peak is the largest value of the smoothed stretch in
//!    [`RESPONSE_MS`]; the amplitude is that value.
//! 4. A notch between two humps is a population spike. Its amplitude is the
//!    distance of the notch from the line through the humps (tangent method).
//! 5. The rise ends at the peak, or at the first shoulder before it: where
//!    the smoothed stretch rises by less than [`SHOULDER`] of its steepest rate
//!    so far, as it does where a population spike sets in. The levels `low`
//!    and `high` of the amplitude are looked for walking back from there; if the
//!    shoulder does not reach `high`, the upper level becomes
//!    [`INTERRUPTED_SHARE`] of the shoulder. So the slope stays that of the
//!    fEPSP while a spike grows, and changes steadily with it.
//! 6. The slope is the least-squares line through the *unsmoothed* samples
//!    between the two crossings.
//!
//! Smoothing serves to find times only, so it does not flatten the slope.

use crate::sweep::smoothing::Smoother;
use crate::sweep::waveform::{Crossings, Peak, Polarity, Trace};
use results::plan::AnalysisPlan;

/// End of the blanked stimulus artefact, ms after the stimulus.
pub const ARTEFACT_MS: f64 = 0.6;
/// Pre-stimulus baseline, ms relative to the stimulus; shorter if the sweep
/// starts later.
pub(crate) const BASELINE_MS: [f64; 2] = [-10.0, -0.2];
/// Where the peak of the fEPSP is looked for, ms after the stimulus.
pub const RESPONSE_MS: [f64; 2] = [2.2, 20.0];
/// Free time kept before the next stimulus in the sweep, ms.
pub const BEFORE_NEXT_MS: f64 = 0.2;
/// How far back the rising phase may reach, ms after the stimulus.
pub(crate) const RISE_FROM_MS: f64 = 1.2;
/// Standard deviation of the Gaussian used to find peaks and crossings, ms.
const SMOOTHING_MS: f64 = 0.3;
/// A response counts as one above this many standard deviations of the
/// smoothed baseline noise …
pub(crate) const DETECTION_SD: f64 = 5.0;
/// … and above this amplitude, mV.
const DETECTION_MV: f64 = 0.01;
/// A notch is a population spike above this many standard deviations of the
/// smoothed noise …
const SPIKE_SD: f64 = 6.0;
/// … above this share of the fEPSP amplitude …
const SPIKE_SHARE: f64 = 0.05;
/// … and if its humps are no further apart than this, ms.
const SPIKE_WIDTH_MS: f64 = 8.0;
/// The hump after the notch reaches at least this share of the amplitude.
const SECOND_HUMP_SHARE: f64 = 0.25;
/// A rise slower than this share of the steepest rate so far is a shoulder.
const SHOULDER: f64 = 0.25;
/// Upper level as a share of the shoulder that an early population spike leaves.
const INTERRUPTED_SHARE: f64 = 0.9;
/// The shortest accepted rise from the lower level up to an early spike, as a
/// share of the planned one.
const SHORTEST_RISE: f64 = 0.3;

/// Where on a sweep the response is looked for, ms after the stimulus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// End of the blanked artefact.
    pub artefact_ms: f64,
    /// How far back the rising phase may reach.
    pub rise_from_ms: f64,
    /// Begin of the search for the peak.
    pub from_ms: f64,
    /// Its end.
    pub to_ms: f64,
}

impl Span {
    /// The stretches of the plan; what it leaves open is as in the constants above.
    pub fn of(plan: &AnalysisPlan) -> Self {
        let artefact_ms = plan.rig.artefact.map_or(ARTEFACT_MS, |end| end.ms());
        let [from_ms, to_ms] = plan.rig.response.map_or(RESPONSE_MS, |[from, to]| [from.ms(), to.ms()]);
        // The rise cannot begin within the artefact, nor after the search for the peak.
        let rise_from_ms = (RISE_FROM_MS * lateness(from_ms)).min(from_ms).max(artefact_ms);
        Self { artefact_ms, rise_from_ms, from_ms, to_ms }
    }

    /// How much later than usual responses are looked for: in the cold, or far from the
    /// stimulus, the volley and the begin of the rise are later by the same factor.
    pub(crate) fn lateness(&self) -> f64 {
        lateness(self.from_ms)
    }
}

/// The begin of the search over its usual value, at least 1.
fn lateness(from_ms: f64) -> f64 {
    (from_ms / RESPONSE_MS[0]).max(1.0)
}

impl Default for Span {
    fn default() -> Self {
        let [from_ms, to_ms] = RESPONSE_MS;
        Self { artefact_ms: ARTEFACT_MS, rise_from_ms: RISE_FROM_MS, from_ms, to_ms }
    }
}

/// Why a sweep has no response measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unmeasurable {
    /// The sweep has no stimulus time.
    NoStimulus,
    /// Fewer than four samples before the stimulus.
    NoBaseline,
    /// The sweep ends before the fEPSP can peak.
    TooShort,
    /// The sampling rate is too low for a slope, Hz.
    TooSlow(f64),
}

impl std::fmt::Display for Unmeasurable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoStimulus => write!(f, "no stimulus time"),
            Self::NoBaseline => write!(f, "no baseline before the stimulus"),
            Self::TooShort => write!(f, "sweep ends before the response window has been reached"),
            Self::TooSlow(hz) => write!(f, "sampled at {hz} Hz; a slope needs at least 1000 Hz"),
        }
    }
}

/// Measures of one response; potentials are positive in the direction of the
/// fEPSP.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// Mean of the pre-stimulus baseline, mV, as recorded.
    pub baseline_mv: f64,
    /// Amplitude of the fEPSP, mV.
    pub amplitude_mv: f64,
    /// Time of its peak, ms after the stimulus.
    pub peak_ms: f64,
    /// Whether it stands out from the noise.
    pub detected: bool,
    /// Crossings of the two levels, if the rising phase is resolved.
    pub crossings: Option<Crossings>,
    /// Least-squares slope between them, mV/ms.
    pub slope: Option<f64>,
    /// Amplitude of the population spike, mV; 0 if there is none.
    pub pop_spike_mv: f64,
    /// Time of its trough, ms after the stimulus; `None` if there is none.
    pub pop_spike_ms: Option<f64>,
}

/// What the response of a sweep is measured with.
#[derive(Clone, Copy, Debug)]
pub struct ResponseRule {
    /// Direction of the fEPSP.
    pub polarity: Polarity,
    /// Lower level as a fraction of the amplitude.
    pub low: f64,
    /// Upper level as a fraction of the amplitude.
    pub high: f64,
    /// Standard deviation of the unsmoothed baseline noise, mV.
    pub noise_mv: f64,
}

/// Measuring tools for one sampling rate, with reused buffers.
pub(crate) struct Bench {
    span: Span,
    smoother: Smoother,
    turned: Vec<f64>,
    smooth: Vec<f64>,
}

impl Bench {
    pub fn new(rate_hz: f64, span: Span) -> Self {
        Self { span, smoother: Smoother::new(SMOOTHING_MS, rate_hz), turned: Vec::new(), smooth: Vec::new() }
    }

    /// Largest deflection to either side in the response window, mV:
    /// (negative-going, positive-going), both as positive numbers.
    pub fn deflections(&mut self, trace: &Trace, end_ms: f64) -> Result<(f64, f64), Unmeasurable> {
        let (_, first) = self.prepare(trace, Polarity::Positive, end_ms)?;
        let turned = shifted(trace, first, &self.smooth);
        let part = &self.smooth[turned.window(self.span.from_ms, end_ms)];
        let fold = |sign: f64| part.iter().fold(0.0_f64, |m, y| m.max(sign * y));
        Ok((fold(-1.0), fold(1.0)))
    }

    /// Measures the response of one sweep that ends (or is cut) at `end_ms`.
    pub fn response(&mut self, trace: &Trace, rule: &ResponseRule, end_ms: f64) -> Result<Response, Unmeasurable> {
        let (baseline_mv, first) = self.prepare(trace, rule.polarity, end_ms)?;
        let raw = shifted(trace, first, &self.turned);
        let smooth = shifted(trace, first, &self.smooth);
        let search = smooth.window(self.span.from_ms, end_ms);
        let peak = smooth.peak(Polarity::Positive, search.clone()).ok_or(Unmeasurable::TooShort)?;
        let noise = rule.noise_mv * self.smoother.noise_gain();
        let detected = peak.mv > (DETECTION_SD * noise).max(DETECTION_MV);
        let mut response = Response {
            baseline_mv,
            amplitude_mv: peak.mv,
            peak_ms: raw.time_ms(peak.index),
            detected,
            crossings: None,
            slope: None,
            pop_spike_mv: 0.0,
            pop_spike_ms: None,
        };
        if !detected {
            return Ok(response);
        }
        let (low_mv, mut high_mv) = (rule.low * peak.mv, rule.high * peak.mv);
        let least = (SPIKE_SD * noise).max(SPIKE_SHARE * peak.mv);
        let notch = find_notch(&smooth, search.clone(), peak, least);
        response.pop_spike_mv = notch.map_or(0.0, |n| n.amplitude(&raw));
        response.pop_spike_ms = notch.map(|n| raw.time_ms(n.bottom));
        let shortest_mv = low_mv + SHORTEST_RISE * (high_mv - low_mv);
        let end = rise_end(&smooth, search, peak, shortest_mv);
        if end < peak.index {
            high_mv = high_mv.min(INTERRUPTED_SHARE * smooth.mv[end]);
        }
        let hidden =
            notch.is_some_and(|n| n.before < peak.index && INTERRUPTED_SHARE * smooth.mv[n.before] < shortest_mv);
        if hidden || high_mv < shortest_mv {
            return Ok(response);
        }
        let crossings = smooth.crossings(Polarity::Positive, end, low_mv, high_mv, self.span.rise_from_ms);
        // A hump before the lower crossing means that this is not the first rise.
        let risen_before = crossings.is_some_and(|c| {
            let earlier = smooth.window(self.span.from_ms, c.low_ms);
            smooth.mv[earlier].iter().any(|y| *y > low_mv + least)
        });
        if risen_before {
            return Ok(response);
        }
        response.crossings = crossings;
        response.slope = response.crossings.and_then(|c| {
            // Two samples are too few for a line that averages noise: take the
            // crossings themselves.
            if raw.between(c).len() >= 3 {
                raw.crossing_slope(c)
            } else {
                Some(crate::sweep::waveform::two_point_slope(low_mv, high_mv, c)).filter(|s| s.is_finite())
            }
        });
        Ok(response)
    }

    /// Least stretch after the begin of the search that a peak needs, ms.
    fn least_ms(&self) -> f64 {
        3.0_f64.min((self.span.to_ms - self.span.from_ms) / 2.0)
    }

    /// Fills the buffers with the stretch after the artefact; yields the
    /// baseline and the index of the first sample of the stretch.
    fn prepare(&mut self, trace: &Trace, polarity: Polarity, end_ms: f64) -> Result<(f64, usize), Unmeasurable> {
        if trace.rate_hz.is_nan() || trace.rate_hz < 1000.0 {
            return Err(Unmeasurable::TooSlow(trace.rate_hz));
        }
        let baseline = trace.window(BASELINE_MS[0], BASELINE_MS[1]);
        if baseline.len() < 4 {
            return Err(Unmeasurable::NoBaseline);
        }
        let baseline_mv = trace.mean(baseline).ok_or(Unmeasurable::NoBaseline)?;
        let stretch = trace.window(self.span.artefact_ms, end_ms);
        if stretch.is_empty() || trace.time_ms(stretch.end - 1) < self.span.from_ms + self.least_ms() {
            return Err(Unmeasurable::TooShort);
        }
        let sign = polarity.sign();
        self.turned.clear();
        self.turned.extend(trace.mv[stretch.clone()].iter().map(|y| sign * (y - baseline_mv)));
        self.smoother.apply(&self.turned, &mut self.smooth);
        Ok((baseline_mv, stretch.start))
    }
}

/// A stretch of a sweep that starts at its sample `first`.
fn shifted<'a>(trace: &Trace, first: usize, mv: &'a [f64]) -> Trace<'a> {
    Trace { mv, rate_hz: trace.rate_hz, stimulus: trace.stimulus - first as f64 }
}

/// Last sample of the rising phase: the peak, or the first shoulder above
/// `from_mv` before it.
fn rise_end(smooth: &Trace, search: std::ops::Range<usize>, peak: Peak, from_mv: f64) -> usize {
    let y = smooth.mv;
    let Some(start) = (search.start..peak.index).find(|&i| y[i] >= from_mv) else {
        return peak.index;
    };
    let before = start.saturating_sub((2.0 * SMOOTHING_MS / smooth.dt_ms()) as usize).max(1);
    let mut steepest = 0.0_f64;
    for i in before..peak.index {
        let rate = y[i + 1] - y[i - 1];
        steepest = steepest.max(rate);
        if i > start && rate < SHOULDER * steepest {
            return i;
        }
    }
    peak.index
}

/// A notch between two humps of an upward response.
#[derive(Clone, Copy, Debug)]
struct Notch {
    before: usize,
    bottom: usize,
    after: usize,
}

impl Notch {
    /// Distance of the bottom from the line through the humps, mV, each the
    /// mean of three unsmoothed samples; never negative.
    fn amplitude(&self, raw: &Trace) -> f64 {
        let at = |i: usize| {
            let range = i.saturating_sub(1)..(i + 2).min(raw.mv.len());
            Peak { index: i, mv: raw.mean(range).unwrap_or(f64::NAN) }
        };
        raw.tangent_amplitude(at(self.before), at(self.bottom), at(self.after)).max(0.0)
    }

    fn depth(&self, smooth: &Trace) -> f64 {
        let at = |i: usize| Peak { index: i, mv: smooth.mv[i] };
        smooth.tangent_amplitude(at(self.before), at(self.bottom), at(self.after))
    }
}

/// The deepest notch before or after the peak that is deep and narrow enough.
fn find_notch(smooth: &Trace, search: std::ops::Range<usize>, peak: Peak, least: f64) -> Option<Notch> {
    let y = smooth.mv;
    // Before the peak: the largest fall below a hump already passed.
    let (mut hump, mut early) = (search.start, None::<Notch>);
    let mut deepest = 0.0;
    for i in search.start..peak.index {
        if y[i] > y[hump] {
            hump = i;
        }
        if y[hump] - y[i] > deepest {
            deepest = y[hump] - y[i];
            early = Some(Notch { before: hump, bottom: i, after: peak.index });
        }
    }
    // After the peak, seen from the end: the largest fall below a later hump.
    let (mut hump, mut late) = (search.end - 1, None::<Notch>);
    deepest = 0.0;
    for i in (peak.index + 1..search.end).rev() {
        if y[i] > y[hump] {
            hump = i;
        }
        if y[hump] - y[i] > deepest {
            deepest = y[hump] - y[i];
            late = Some(Notch { before: peak.index, bottom: i, after: hump });
        }
    }
    let plausible = |notch: &Notch| {
        let width = (notch.after - notch.before) as f64 * smooth.dt_ms();
        // The fall itself must stand out: the foot of the fEPSP, too, lies
        // below the line between two points.
        y[notch.before].min(y[notch.after]) - y[notch.bottom] > least
            && width <= SPIKE_WIDTH_MS
            && y[notch.after] >= SECOND_HUMP_SHARE * peak.mv
    };
    [early, late].into_iter().flatten().filter(plausible).max_by(|a, b| a.depth(smooth).total_cmp(&b.depth(smooth)))
}
