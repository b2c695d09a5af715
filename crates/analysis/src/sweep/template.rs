//! What the averaged sweep of the reference window teaches about the single
//! sweeps of one slice and pathway: polarity, noise, where the volley is, and
//! the window of the rising phase.

use crate::sweep::average::{AveragedSweep, stimulus_sample};
use crate::sweep::response::{BASELINE_MS, BEFORE_NEXT_MS, Bench, Response, ResponseRule, Span};
use crate::sweep::volley::VolleyTimes;
use crate::sweep::waveform::{Crossings, Polarity, Trace};
use quantity::Fraction;
use recording::Sweep;
use results::plan::{AnalysisPlan, Deflection};

/// A deflection to the other side must be this many times as large before an
/// fEPSP is taken to be positive-going.
pub(crate) const POSITIVE_RATIO: f64 = 2.0;

/// What is known about the responses of one pathway of one slice.
#[derive(Clone, Debug)]
pub struct Template {
    /// Direction of the fEPSP.
    pub polarity: Polarity,
    /// Median over sweeps of the standard deviation of the pre-stimulus baseline, mV.
    pub noise_mv: f64,
    /// Response of the averaged sweep; `None` if it could not be measured.
    pub response: Option<Response>,
    /// Rising phase of the averaged sweep between the planned levels.
    pub rise: Option<Crossings>,
    /// Where the fibre volley is; `None` if none stands out.
    pub volley: Option<VolleyTimes>,
}

impl Template {
    /// Reads the template from the sweeps of the reference window.
    pub fn of<'a>(sweeps: impl Iterator<Item = &'a Sweep> + Clone, plan: &AnalysisPlan) -> Self {
        let span = Span::of(plan);
        let average = AveragedSweep::of(sweeps.clone());
        let next_ms = sweeps.clone().map(next_ms).fold(f64::INFINITY, f64::min);
        let noise_mv = median_noise(sweeps);
        let mut template = Self { polarity: Polarity::Negative, noise_mv, response: None, rise: None, volley: None };
        if average.n_sweeps == 0 {
            return template;
        }
        let trace = average.trace();
        let end_ms = last_ms(&trace, &span).min(next_ms);
        let mut bench = Bench::new(average.rate_hz, span);
        let Ok((down, up)) = bench.deflections(&trace, end_ms) else {
            return template;
        };
        let positive = match plan.rig.polarity {
            Some(stated) => stated == Deflection::Positive,
            None => up > POSITIVE_RATIO * down,
        };
        if positive {
            template.polarity = Polarity::Positive;
        }
        let averaged_noise = noise_mv / (average.n_sweeps as f64).sqrt();
        let rule = template.rule(plan.slope.shares(), averaged_noise);
        if let Ok(response) = bench.response(&trace, &rule, end_ms) {
            template.rise = response.crossings;
            template.response = Some(response);
        }
        template.volley = VolleyTimes::find(&trace, template.polarity, averaged_noise, span.lateness());
        template
    }

    /// The rule by which single sweeps are measured.
    pub fn rule(&self, [low, high]: [Fraction; 2], noise_mv: f64) -> ResponseRule {
        ResponseRule { polarity: self.polarity, low: low.value(), high: high.value(), noise_mv }
    }
}

/// Where measuring ends: the planned end, the end of the sweep, or just
/// before the next stimulus.
pub(crate) fn end_ms(sweep: &Sweep, trace: &Trace, span: &Span) -> f64 {
    last_ms(trace, span).min(next_ms(sweep))
}

/// Just before the second stimulus of a sweep, ms after the first; infinite without one.
fn next_ms(sweep: &Sweep) -> f64 {
    match sweep.stimulus_ms.as_slice() {
        [first, second, ..] => second - first - BEFORE_NEXT_MS,
        _ => f64::INFINITY,
    }
}

fn last_ms(trace: &Trace, span: &Span) -> f64 {
    span.to_ms.min(trace.time_ms(trace.mv.len().saturating_sub(1)))
}

/// Median over sweeps of the standard deviation before the stimulus, mV; 0
/// without a sweep.
fn median_noise<'a>(sweeps: impl Iterator<Item = &'a Sweep>) -> f64 {
    let mut sds: Vec<f64> = sweeps.filter_map(noise).collect();
    sds.sort_by(f64::total_cmp);
    match sds.len() {
        0 => 0.0,
        n if n % 2 == 1 => sds[n / 2],
        n => (sds[n / 2 - 1] + sds[n / 2]) / 2.0,
    }
}

/// Standard deviation of the samples before the stimulus, mV.
fn noise(sweep: &Sweep) -> Option<f64> {
    let stimulus = stimulus_sample(sweep)?;
    let before: Vec<f64> = sweep.values().take(stimulus as usize + 1).collect();
    let trace = Trace { mv: &before, rate_hz: sweep.rate_hz, stimulus };
    let window = trace.window(BASELINE_MS[0], BASELINE_MS[1]);
    if window.len() < 4 {
        return None;
    }
    let mean = trace.mean(window.clone())?;
    let sum: f64 = before[window.clone()].iter().map(|y| (y - mean) * (y - mean)).sum();
    Some((sum / (window.len() as f64 - 1.0)).sqrt())
}
