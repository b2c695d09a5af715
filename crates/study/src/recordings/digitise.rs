//! Samples of any file to the codes of a 16-bit converter, without loss where
//! they came from one.
//!
//! Values of a converter lie on a lattice, `offset + k · step`. If their smallest
//! step spans one, and all samples fit on 16 bit, the codes are exact; else the range of the sweep is divided into 65,535 steps.
//! A flat top or bottom that the signal ran into is put at the end of the range,
//! so that later steps see that the sweep was clipped.

use analysis::detect::{Clipping, clipping};

/// Codes with their scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Codes {
    /// Potential of one code.
    pub scale: f64,
    /// Potential of code 0.
    pub offset: f64,
    /// The codes.
    pub samples: Vec<i16>,
}

/// Largest number of steps between the ends of a 16-bit range.
const STEPS: f64 = 65_535.0;
/// Largest distance of a sample from the lattice, in steps.
const SLACK: f64 = 1e-3;

/// Digitises a sweep. The error is the place of a sample that is no number.
pub fn digitise(values: &[f64]) -> Result<Codes, usize> {
    if let Some(place) = values.iter().position(|value| !value.is_finite()) {
        return Err(place);
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if values.is_empty() || low == high {
        // A silent channel: code 0 is its only level.
        let offset = if values.is_empty() { 0.0 } else { low };
        return Ok(Codes { scale: 1e-3, offset, samples: vec![0; values.len()] });
    }
    let clipped = clipping(values);
    let step = lattice(values, low, high).unwrap_or((high - low) / STEPS);
    let span = ((high - low) / step).round();
    // Code of the lowest sample; the ends of the range are kept for clipping.
    let first = match clipped {
        Clipping::Both | Clipping::Low => f64::from(i16::MIN),
        Clipping::High => f64::from(i16::MAX) - span,
        Clipping::None => (f64::from(i16::MIN) + ((STEPS - span) / 2.0).floor()).max(f64::from(i16::MIN)),
    };
    let samples = values.iter().map(|value| (first + ((value - low) / step).round()) as i16).collect();
    Ok(Codes { scale: step, offset: low - first * step, samples })
}

/// The step of the lattice that all samples lie on, if there is one: the smallest
/// step between neighbours in time, or else between neighbours in size, since a
/// fast signal may never move by a single code.
fn lattice(values: &[f64], low: f64, high: f64) -> Option<f64> {
    on_lattice(values, values, low, high).or_else(|| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        on_lattice(values, &sorted, low, high)
    })
}

/// The smallest step of `ordered`, if all `values` lie on its multiples.
fn on_lattice(values: &[f64], ordered: &[f64], low: f64, high: f64) -> Option<f64> {
    let smallest = ordered
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).abs())
        // Rounding noise of equal codes is no step.
        .filter(|step| *step > 1e-9 * (high - low))
        .fold(f64::INFINITY, f64::min);
    let count = ((high - low) / smallest).round();
    if !(1.0..=STEPS).contains(&count) {
        return None;
    }
    let step = (high - low) / count;
    let on = |value: &f64| {
        let place = (value - low) / step;
        (place - place.round()).abs() < SLACK
    };
    values.iter().all(on).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(codes: &Codes) -> Vec<f64> {
        codes.samples.iter().map(|code| f64::from(*code) * codes.scale + codes.offset).collect()
    }

    #[test]
    fn values_of_a_converter_come_back_exactly() {
        let step = 0.000_305_175_781_25;
        let raw: Vec<i32> = (0..4000).map(|k| (k * 7919) % 401 - 200 - 3 * (k % 17)).collect();
        let values: Vec<f64> = raw.iter().map(|code| f64::from(*code) * step - 0.125).collect();
        let codes = digitise(&values).expect("numbers");
        assert!((codes.scale / step - 1.0).abs() < 1e-9);
        for (found, value) in back(&codes).iter().zip(&values) {
            assert!((found - value).abs() < 1e-12, "{found} for {value}");
        }
    }

    #[test]
    fn other_values_lose_less_than_a_step_of_16_bit() {
        let values: Vec<f64> =
            (0..2000).map(|k| (f64::from(k) * 0.013).sin() * 3.7 + (f64::from(k) * 0.77).cos()).collect();
        let codes = digitise(&values).expect("numbers");
        for (found, value) in back(&codes).iter().zip(&values) {
            assert!((found - value).abs() <= codes.scale * 0.5 + 1e-12);
        }
        assert!(codes.samples.iter().filter(|c| **c == i16::MIN || **c == i16::MAX).count() <= 2);
    }

    #[test]
    fn a_flat_top_ends_up_at_the_end_of_the_range() {
        let values: Vec<f64> = (0..1000).map(|k| (f64::from(k) * 0.05).sin().min(0.8)).collect();
        let codes = digitise(&values).expect("numbers");
        assert!(codes.samples.iter().filter(|c| **c == i16::MAX).count() > 100);
        assert_eq!(digitise(&[0.0, f64::NAN]), Err(1));
        assert_eq!(digitise(&[2.5; 4]).map(|c| back(&c)), Ok(vec![2.5; 4]));
    }
}
