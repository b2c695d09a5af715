//! The measures of one sweep that outcomes ask for.

use crate::outcomes::pulses::{Pulse, Times, responses, time_constants};
use crate::outcomes::reading::Reading;
use crate::sweep::average::{AveragedSweep, stimulus_sample};
use crate::sweep::response::{BASELINE_MS, Bench, Span};
use crate::sweep::smoothing::Smoother;
use crate::sweep::template::{Template, end_ms};
use crate::sweep::waveform::Trace;
use quantity::Fraction;
use recording::Sweep;
use results::plan::{AnalysisPlan, Measure};

/// Stimuli of two sweeps at most this far from each other are the same, ms.
const ALIKE_MS: f64 = 0.5;
/// Smoothing of a sweep before its length is taken, ms.
const COASTLINE_SMOOTHING_MS: f64 = 0.3;
/// Responses of a train that are its steady state: the last of this many parts.
const STEADY_PART: usize = 3;

/// What is asked of every sweep: the primary outcome first, then the others.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked(pub Vec<(Measure, Option<f64>)>);

impl Asked {
    /// The measures and intervals (ms) of the plan; none where the slope is all.
    pub fn of(plan: &AnalysisPlan) -> Self {
        let rig = &plan.rig;
        if rig.outcome.is_slope() && rig.outcomes.is_empty() {
            return Self(Vec::new());
        }
        let others = rig.outcomes.iter().map(|outcome| (outcome.measure, outcome.interval.map(|time| time.ms())));
        Self(std::iter::once((rig.outcome, None)).chain(others).collect())
    }

    fn several_pulses(&self) -> bool {
        self.0.iter().any(|(measure, _)| measure.of_several_pulses())
    }

    fn has(&self, wanted: Measure) -> bool {
        self.0.iter().any(|(measure, _)| *measure == wanted)
    }
}

/// What the usual measuring found on a sweep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usual {
    pub slope: Option<f64>,
    pub amplitude: Option<f64>,
    pub spike: Option<f64>,
    pub volley: Option<f64>,
}

/// Sweeps with the same stimuli on the same side of the induction.
struct Layout {
    stimulus_ms: Vec<f64>,
    after: bool,
    taus_ms: Option<Vec<f64>>,
}

/// Reads the sweeps of one pathway.
pub(crate) struct Reader<'a> {
    asked: &'a Asked,
    template: &'a Template,
    span: Span,
    shares: [Fraction; 2],
    layouts: Vec<Layout>,
}

/// The interval of the first two pulses, ms.
pub(crate) fn interval_ms(sweep: &Sweep) -> Option<f64> {
    match sweep.stimulus_ms.as_slice() {
        [first, second, ..] => Some(second - first),
        _ => None,
    }
}

fn alike(a: &[f64], b: &[f64]) -> bool {
    let from = |times: &[f64], k: usize| times[k] - times[0];
    a.len() == b.len() && (1..a.len()).all(|k| (from(a, k) - from(b, k)).abs() <= ALIKE_MS)
}

impl<'a> Reader<'a> {
    /// A reader for `sweeps`, each with whether it came after the induction.
    pub fn new(
        asked: &'a Asked,
        sweeps: &[(&Sweep, bool)],
        template: &'a Template,
        span: Span,
        plan: &AnalysisPlan,
    ) -> Self {
        let mut reader = Self { asked, template, span, shares: plan.slope.shares(), layouts: Vec::new() };
        if !asked.several_pulses() {
            return reader;
        }
        for (sweep, after) in sweeps.iter().filter(|(sweep, _)| sweep.stimulus_ms.len() > 1) {
            if reader.layout(sweep, *after).is_some() {
                continue;
            }
            let own = |(other, side): &&(&Sweep, bool)| side == after && alike(&other.stimulus_ms, &sweep.stimulus_ms);
            let average = AveragedSweep::of(sweeps.iter().filter(own).map(|(sweep, _)| *sweep));
            let taus_ms = reader.times(sweep).and_then(|times| {
                let stimuli = stimuli(sweep, average.stimulus);
                time_constants(&average.trace(), &stimuli, &times)
            });
            let stimulus_ms = sweep.stimulus_ms.clone();
            reader.layouts.push(Layout { stimulus_ms, after: *after, taus_ms });
        }
        reader
    }

    fn layout(&self, sweep: &Sweep, after: bool) -> Option<&Layout> {
        self.layouts.iter().find(|l| l.after == after && alike(&l.stimulus_ms, &sweep.stimulus_ms))
    }

    /// When the responses of a sweep are measured; `None` if a pulse comes before the
    /// peak of the response before it.
    fn times(&self, sweep: &Sweep) -> Option<Times> {
        let peak_ms = self.template.response?.peak_ms;
        let times = Times { polarity: self.template.polarity, rise: self.template.rise?, peak_ms };
        interval_ms(sweep).is_none_or(|interval| peak_ms < interval).then_some(times)
    }

    /// Every response of a sweep with several pulses.
    pub fn pulses(&self, sweep: &Sweep, mv: &[f64], after: bool) -> Option<Vec<Pulse>> {
        let stimulus = stimulus_sample(sweep)?;
        let layout = self.layout(sweep, after)?;
        let trace = Trace { mv, rate_hz: sweep.rate_hz, stimulus };
        responses(&trace, &stimuli(sweep, stimulus), layout.taus_ms.as_ref()?, &self.times(sweep)?)
    }

    /// What the sweep says of everything asked, in that order.
    pub fn read(&self, sweep: &Sweep, mv: &[f64], usual: &Usual, pulses: Option<&[Pulse]>) -> Vec<Option<Reading>> {
        let Some(stimulus) = stimulus_sample(sweep) else { return vec![None; self.asked.0.len()] };
        let trace = Trace { mv, rate_hz: sweep.rate_hz, stimulus };
        let end_ms = end_ms(sweep, &trace, &self.span);
        let latency = self.asked.has(Measure::SpikeLatency).then(|| self.spike_ms(&trace, end_ms)).flatten();
        let one = |measure: Measure| match measure {
            Measure::Slope => usual.slope.map(Reading::single),
            Measure::Amplitude | Measure::EpscAmplitude => usual.amplitude.map(Reading::single),
            Measure::SpikeAmplitude => usual.spike.map(Reading::single),
            Measure::SpikeLatency => latency.map(Reading::single),
            Measure::Volley => usual.volley.map(Reading::single),
            Measure::VolleyMatchedSlope => usual.slope.zip(usual.volley).map(|(value, of)| Reading { value, of }),
            Measure::Area => self.area(&trace, end_ms).map(Reading::single),
            Measure::Coastline => self.coastline(&trace, end_ms).map(Reading::single),
            Measure::PairedPulseRatio => ratio(pulses, |pulse| pulse.slope),
            Measure::PairedPulseRatioOfAmplitudes => ratio(pulses, |pulse| pulse.amplitude),
            Measure::SteadyState => steady(pulses),
        };
        let of_interval = |wanted: Option<f64>| {
            wanted.is_none_or(|wanted| interval_ms(sweep).is_some_and(|found| (found - wanted).abs() <= ALIKE_MS))
        };
        self.asked.0.iter().map(|(measure, wanted)| one(*measure).filter(|_| of_interval(*wanted))).collect()
    }

    /// Time of the trough of the population spike, ms after the stimulus.
    fn spike_ms(&self, trace: &Trace, end_ms: f64) -> Option<f64> {
        let rule = self.template.rule(self.shares, self.template.noise_mv);
        Bench::new(trace.rate_hz, self.span).response(trace, &rule, end_ms).ok()?.pop_spike_ms
    }

    fn area(&self, trace: &Trace, end_ms: f64) -> Option<f64> {
        let baseline = trace.mean(trace.window(BASELINE_MS[0], BASELINE_MS[1]))?;
        let area = trace.area(baseline, trace.window(self.span.rise_from_ms, end_ms))?;
        Some(self.template.polarity.sign() * area)
    }

    /// Σ |yᵢ₊₁ − yᵢ| over the smoothed response window.
    fn coastline(&self, trace: &Trace, end_ms: f64) -> Option<f64> {
        let part = trace.mv.get(trace.window(self.span.rise_from_ms, end_ms)).filter(|part| part.len() > 1)?;
        let mut smooth = Vec::new();
        Smoother::new(COASTLINE_SMOOTHING_MS, trace.rate_hz).apply(part, &mut smooth);
        Some(smooth.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum())
    }
}

/// Stimuli of a sweep in samples, the first at `first`.
fn stimuli(sweep: &Sweep, first: f64) -> Vec<f64> {
    let from = |ms: &f64| first + ((ms - sweep.stimulus_ms[0]) * sweep.rate_hz / 1000.0).round();
    sweep.stimulus_ms.iter().map(from).collect()
}

fn ratio(pulses: Option<&[Pulse]>, of: impl Fn(&Pulse) -> f64) -> Option<Reading> {
    match pulses? {
        [first, second, ..] => Some(Reading { value: of(second), of: of(first) }),
        _ => None,
    }
}

fn steady(pulses: Option<&[Pulse]>) -> Option<Reading> {
    let pulses = pulses.filter(|pulses| pulses.len() >= STEADY_PART)?;
    let last = &pulses[pulses.len() - pulses.len() / STEADY_PART..];
    let value = last.iter().map(|pulse| pulse.slope).sum::<f64>() / last.len() as f64;
    Some(Reading { value, of: pulses[0].slope })
}
