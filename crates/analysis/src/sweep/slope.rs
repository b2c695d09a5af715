//! The slope of a response by a stated method, see [`results::plan::SlopeRule`].

use crate::sweep::response::{Response, Span};
use crate::sweep::waveform::{Polarity, Trace, two_point_slope};
use results::plan::{LevelFit, SlopeRule};

/// Slope of one response, mV/ms, positive in the direction of the response;
/// `None` if the method finds none. Levels are looked for from the first sample
/// at the peak of the response backwards.
pub(crate) fn of_response(
    trace: &Trace,
    rule: &SlopeRule,
    response: &Response,
    polarity: Polarity,
    (span, end_ms): (&Span, f64),
) -> Option<f64> {
    let signed = match *rule {
        SlopeRule::Window { from_ms, to_ms } => trace.window_slope(from_ms, to_ms)?,
        SlopeRule::Maximum { width_ms, within_ms } => {
            let [from, to] = within_ms.unwrap_or([span.artefact_ms, end_ms]);
            trace.maximum_slope(polarity, from, to, width_ms)?.slope
        }
        SlopeRule::Levels { low, high, fit } => {
            let peak = trace.peak(polarity, trace.window(span.from_ms, end_ms))?;
            let amplitude = peak.mv - response.baseline_mv;
            let [low, high] = [low, high].map(|share| response.baseline_mv + share * amplitude);
            let crossings = trace.crossings(polarity, peak.index, low, high, span.rise_from_ms)?;
            match fit {
                LevelFit::LeastSquares => trace.crossing_slope(crossings)?,
                LevelFit::TwoPoint => two_point_slope(low, high, crossings),
            }
        }
    };
    Some(polarity.sign() * signed).filter(|slope| slope.is_finite())
}
