//! Series and input resistance of a patched cell from a small voltage step.
//!
//! ```text
//! R_series = ΔV / ΔI_peak            ΔI_peak: largest capacitive current
//! R_input  = ΔV / ΔI_steady − R_series     ΔI_steady: end of the step
//! ```
//!
//! The peak is read from the first sample after the step, so a low-pass filter
//! makes R_series too large; what it is used for is its change.

use serde::Serialize;

/// Resistances of one sweep, MΩ; NaN if a current is zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Resistance {
    /// Series (access) resistance, MΩ.
    pub series_mohm: f64,
    /// Input resistance of the cell, MΩ.
    pub input_mohm: f64,
    /// Where the holding current was averaged, ms.
    pub holding_ms: [f64; 2],
    /// Where the steady current was averaged, ms.
    pub steady_ms: [f64; 2],
}

/// A voltage step within a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Begin, ms after the first sample.
    pub from_ms: f64,
    /// End, ms after the first sample.
    pub to_ms: f64,
    /// Size, mV, with its sign.
    pub mv: f64,
}

/// Share of the step, at its end, over which the steady current is averaged.
const STEADY_SHARE: f64 = 0.25;

/// Resistances from the current of one sweep, pA; `None` if the step does not lie
/// within the sweep with some samples before it.
pub fn resistance(current_pa: &[f64], rate_hz: f64, step: &Step) -> Option<Resistance> {
    let at = |ms: f64| (ms * rate_hz / 1000.0).round().max(0.0) as usize;
    let (from, to) = (at(step.from_ms), at(step.to_ms));
    let steady_from = to.checked_sub(((to.checked_sub(from)?) as f64 * STEADY_SHARE) as usize)?;
    let mean = |range: std::ops::Range<usize>| {
        let part = current_pa.get(range)?;
        (!part.is_empty()).then(|| part.iter().sum::<f64>() / part.len() as f64)
    };
    let holding = mean(from / 2..from)?;
    let steady = mean(steady_from..to)? - holding;
    let sign = step.mv.signum();
    let peak = current_pa.get(from..to)?.iter().map(|i| sign * (i - holding)).fold(f64::NEG_INFINITY, f64::max);
    // mV / pA = GΩ.
    let gigaohm_to_mohm = 1000.0;
    let series_mohm = gigaohm_to_mohm * step.mv.abs() / peak;
    let ms = |sample: usize| 1000.0 * sample as f64 / rate_hz;
    Some(Resistance {
        series_mohm,
        input_mohm: gigaohm_to_mohm * step.mv / steady - series_mohm,
        holding_ms: [ms(from / 2), ms(from)],
        steady_ms: [ms(steady_from), ms(to)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_known_resistances_is_read_back() {
        // Clamp of −5 mV onto 20 MΩ in series with 180 MΩ beside 100 pF:
        // τ = C · R_s ∥ R_m = 1.8 ms; at 100 kHz the first sample is the peak.
        let (series, input, pf, mv, rate) = (20.0, 180.0, 100.0, -5.0, 100_000.0);
        let tau_ms = pf * 1e-3 * (series * input / (series + input));
        let steady = 1000.0 * mv / (series + input);
        let peak = 1000.0 * mv / series;
        let current: Vec<f64> = (0..10_000)
            .map(|k| {
                let t = k as f64 / rate * 1000.0 - 20.0;
                let step = if (0.0..50.0).contains(&t) { steady + (peak - steady) * (-t / tau_ms).exp() } else { 0.0 };
                step - 40.0
            })
            .collect();
        let found = resistance(&current, rate, &Step { from_ms: 20.0, to_ms: 70.0, mv }).expect("a step");
        assert!((found.series_mohm - series).abs() < 0.01, "{found:?}");
        assert!((found.input_mohm - input).abs() < 0.01, "{found:?}");
        assert_eq!(resistance(&current, rate, &Step { from_ms: 0.0, to_ms: 70.0, mv }), None);
        assert_eq!(resistance(&current, rate, &Step { from_ms: 90.0, to_ms: 190.0, mv }), None);
    }
}
