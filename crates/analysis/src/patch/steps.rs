//! Current steps: rest, input resistance, spikes per step.

use crate::measure::regression::Regression;
use crate::measure::spread::mean_if_any;
use recording::{Clamp, Sweep};
use serde::Serialize;

/// Potential that a spike crosses on its way up, mV.
const SPIKE_MV: f64 = -10.0;

/// The end of a step over which a steady potential is averaged, ms.
const STEADY_MS: f64 = 50.0;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct StepResponse {
    /// Current, pA.
    pub current_pa: f64,
    /// Spikes during the step, per s.
    pub rate_hz: f64,
}

/// What the steps of one phase yield.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Steps {
    /// Potential before the steps, mV.
    pub rest_mv: Option<f64>,
    /// Slope of the steady potential over steps of zero current and below, MΩ.
    pub input_resistance_mohm: Option<f64>,
    /// Smallest current that made the cell fire, pA.
    pub rheobase_pa: Option<f64>,
    /// F–I curve, ascending in current.
    pub firing: Vec<StepResponse>,
}

/// Measures the current steps among the sweeps; the stimulus times are the start
/// and the end of the step.
pub(crate) fn steps(sweeps: &[&Sweep]) -> Steps {
    let mut result = Steps::default();
    let mut rests = Vec::new();
    let mut passive: Vec<(f64, f64)> = Vec::new();
    for sweep in sweeps {
        let Clamp::Current { step_pa: current_pa } = sweep.clamp() else { continue };
        let [on_ms, off_ms] = sweep.stimulus_ms[..] else { continue };
        let mv: Vec<f64> = sweep.values().collect();
        let at = |ms: f64| ((ms * sweep.rate_hz / 1000.0) as usize).min(mv.len());
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
        rests.push(mean(&mv[..at(on_ms)]));
        let during = &mv[at(on_ms)..at(off_ms)];
        let spikes = during.windows(2).filter(|pair| pair[0] < SPIKE_MV && pair[1] >= SPIKE_MV).count();
        if spikes == 0 && current_pa <= 0.0 {
            passive.push((current_pa, mean(&mv[at(off_ms - STEADY_MS)..at(off_ms)])));
        }
        let rate_hz = spikes as f64 * 1000.0 / (off_ms - on_ms);
        result.firing.push(StepResponse { current_pa, rate_hz });
    }
    result.firing.sort_by(|one, other| one.current_pa.total_cmp(&other.current_pa));
    result.rheobase_pa = result.firing.iter().find(|step| step.rate_hz > 0.0).map(|step| step.current_pa);
    result.rest_mv = mean_if_any(&rests);
    // mV per pA is GΩ.
    result.input_resistance_mohm = slope(&passive).map(|slope| 1000.0 * slope);
    result
}

/// Least-squares slope; `None` for fewer than two different abscissae.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let line = Regression::of(points);
    (points.len() > 1 && line.sxx > 0.0).then(|| line.slope())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;
    use recording::Phase;
    use recording::digitise::{Converter, SweepHead};

    /// A passive cell of 120 MΩ at −66 mV, one spike per 100 ms above 100 pA.
    fn sweep(current_pa: f64) -> Sweep {
        let mv: Vec<f64> = (0..7000)
            .map(|k| {
                let t = f64::from(k) / 10.0;
                let inside = (100.0..600.0).contains(&t);
                let spike = inside && current_pa > 100.0 && (t - 100.0) % 100.0 < 1.0;
                if spike { 30.0 } else { -66.0 + if inside { 0.12 * current_pa.min(80.0) } else { 0.0 } }
            })
            .collect();
        let head = SweepHead {
            index: 0,
            pathway: Clamp::Current { step_pa: current_pa }.to_string(),
            phase: Phase::Baseline,
            start_s: 0.0,
            stimulus_ms: vec![100.0, 600.0],
            rate_hz: 10_000.0,
        };
        Converter::new(quantity::Voltage::from_mv(200.0)).unwrap().sweep(head, &mv).unwrap().sweep
    }

    #[test]
    fn rest_resistance_and_firing_of_a_known_cell() {
        let sweeps: Vec<Sweep> = [-100.0, -50.0, 0.0, 50.0, 150.0].map(sweep).into();
        let result = steps(&sweeps.iter().collect::<Vec<_>>());
        assert!((result.rest_mv.unwrap() + 66.0).abs() < 0.01);
        assert!((result.input_resistance_mohm.unwrap() - 120.0).abs() < 0.2);
        assert_eq!(result.rheobase_pa, Some(150.0));
        // The spike at the very onset has no sample below threshold within the step.
        assert!((8.0..=10.0).contains(&result.firing[4].rate_hz), "{:?}", result.firing);
        assert_eq!(steps(&[]), Steps::default());
    }
}
