//! Potentials in mV to the codes of a 16-bit converter.

use crate::slice::{Phase, Sweep};
use quantity::Voltage;

/// Codes on either side of zero.
const CODES: f64 = 32_768.0;

/// A 16-bit converter with the input range `[-range, range)`. With 10 mV (a
/// ±10 V card behind an amplifier with gain 1000) one code is 0.305 µV.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Converter {
    scale_mv: f64,
}

/// What a sweep is besides its samples; see [`Sweep`] for the fields.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepHead {
    /// Position in the recording, from 0.
    pub index: u32,
    /// Stimulated pathway.
    pub pathway: String,
    /// Part of the protocol.
    pub phase: Phase,
    /// Time of the first sample since the start of the recording, s.
    pub start_s: f64,
    /// Stimulus times within the sweep, ms after its first sample.
    pub stimulus_ms: Vec<f64>,
    /// Sampling rate, Hz.
    pub rate_hz: f64,
}

/// A sweep as the converter delivers it.
#[derive(Clone, Debug, PartialEq)]
pub struct Digitised {
    /// The sweep.
    pub sweep: Sweep,
    /// Number of samples beyond the input range, stored as its nearer end.
    pub clipped: usize,
}

/// A potential or a range that cannot be converted.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DigitiseError {
    /// NaN or infinity.
    #[error("sample {sample} is {value} mV: expected a finite potential")]
    NotFinite {
        /// Position of the sample, from 0.
        sample: usize,
        /// Its value, mV.
        value: f64,
    },
    /// A range that is no range.
    #[error("the input range is {range_mv} mV: expected a finite range above zero")]
    Range {
        /// Half the input range, mV.
        range_mv: f64,
    },
}

impl Converter {
    /// The converter with the input range `[-range, range)`.
    ///
    /// # Errors
    /// [`DigitiseError::Range`] unless the range is finite and above zero.
    pub fn new(range: Voltage) -> Result<Self, DigitiseError> {
        let range_mv = range.mv();
        // A subnormal scale could not be stored without loss.
        if range_mv.is_finite() && range_mv / CODES >= f64::MIN_POSITIVE {
            Ok(Self { scale_mv: range_mv / CODES })
        } else {
            Err(DigitiseError::Range { range_mv })
        }
    }

    /// Potential of one code, mV.
    pub fn scale_mv(self) -> f64 {
        self.scale_mv
    }

    /// Converts the samples of a sweep, in mV: `code = round(V / scale)`, held at
    /// the ends of the range.
    ///
    /// # Errors
    /// [`DigitiseError::NotFinite`] for the first sample that is no number.
    pub fn sweep(self, head: SweepHead, field_mv: &[f64]) -> Result<Digitised, DigitiseError> {
        let mut samples = Vec::with_capacity(field_mv.len());
        let mut clipped = 0;
        for (sample, &value) in field_mv.iter().enumerate() {
            if !value.is_finite() {
                return Err(DigitiseError::NotFinite { sample, value });
            }
            let code = (value / self.scale_mv).round_ties_even();
            let held = code.clamp(-CODES, CODES - 1.0);
            clipped += usize::from(held != code);
            samples.push(held as i16);
        }
        let SweepHead { index, pathway, phase, start_s, stimulus_ms, rate_hz } = head;
        let scale = self.scale_mv;
        let sweep = Sweep { index, pathway, phase, start_s, stimulus_ms, rate_hz, scale, offset: 0.0, samples };
        Ok(Digitised { sweep, clipped })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn head() -> SweepHead {
        let (pathway, stimulus_ms) = (String::from("S1"), vec![5.0]);
        let phase = Phase::Baseline;
        SweepHead { index: 0, pathway, phase, start_s: 0.0, stimulus_ms, rate_hz: 1e4 }
    }

    fn converter() -> Converter {
        Converter::new(Voltage::from_mv(10.0)).unwrap()
    }

    #[test]
    fn codes_of_known_potentials() {
        let field = [0.0, 10.0 / 32_768.0, -10.0, 9.999_9, 5.0, -0.000_1];
        let digitised = converter().sweep(head(), &field).unwrap();
        assert_eq!(digitised.sweep.samples, [0, 1, -32_768, 32_767, 16_384, 0]);
        // 9.9999 mV rounds to code 32768, one beyond the range.
        assert_eq!(digitised.clipped, 1);
    }

    #[test]
    fn clipping_is_counted_on_both_sides() {
        let digitised = converter().sweep(head(), &[10.0, -10.0, -10.1, 500.0, 9.99]).unwrap();
        assert_eq!(digitised.clipped, 3);
        assert_eq!(digitised.sweep.saturated(), 4, "the code of -10 mV is the end of the range");
        assert_eq!(digitised.sweep.samples[2..4], [i16::MIN, i16::MAX]);
    }

    #[test]
    fn no_number_no_sweep() {
        let error = converter().sweep(head(), &[0.0, f64::NAN]).unwrap_err();
        assert!(matches!(error, DigitiseError::NotFinite { sample: 1, .. }));
        for range in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-310] {
            assert!(Converter::new(Voltage::from_mv(range)).is_err(), "{range}");
        }
    }

    proptest! {
        #[test]
        fn the_error_is_half_a_code(field in prop::collection::vec(-9.99..9.99_f64, 1..50)) {
            let digitised = converter().sweep(head(), &field).unwrap();
            let half = converter().scale_mv() / 2.0 * (1.0 + 1e-12);
            for (stored, given) in digitised.sweep.values().zip(&field) {
                prop_assert!((stored - given).abs() <= half, "{} for {}", stored, given);
            }
            prop_assert_eq!(digitised.clipped, 0);
        }
    }
}
