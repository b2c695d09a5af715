//! From data values to positions along an axis, and ticks at round numbers.

use crate::drawing::fonts::Fonts;

/// A labelled position on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where, in data units.
    pub at: f64,
    /// What it says.
    pub label: String,
}

/// Maps data values to 0 … 1 along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Equal steps.
    Linear {
        /// Value at 0.
        low: f64,
        /// Value at 1.
        high: f64,
    },
    /// Equal factors.
    Log {
        /// Value at 0, > 0.
        low: f64,
        /// Value at 1, > 0.
        high: f64,
    },
}

impl Scale {
    /// Position of `value`: 0 at the low end, 1 at the high end.
    pub fn position(&self, value: f64) -> f64 {
        match *self {
            Self::Linear { low, high } => (value - low) / (high - low),
            Self::Log { low, high } => libm::log10(value / low) / libm::log10(high / low),
        }
    }

    /// Both ends.
    pub fn ends(&self) -> (f64, f64) {
        match *self {
            Self::Linear { low, high } | Self::Log { low, high } => (low, high),
        }
    }

    /// `value` moved into the range of the axis.
    pub fn clamp(&self, value: f64) -> f64 {
        let (low, high) = self.ends();
        value.clamp(low.min(high), low.max(high))
    }

    /// A linear axis whose ends are ticks and hold `low` … `high`.
    pub fn rounded(low: f64, high: f64, steps: f64) -> Self {
        let (low, high) = widened(low, high);
        let step = round_step((high - low) / steps);
        Self::Linear { low: (low / step + 1e-9).floor() * step, high: (high / step - 1e-9).ceil() * step }
    }

    /// A linear axis that holds `low` … `high` and a `share` of that more at both ends.
    pub fn roomy(low: f64, high: f64, share: f64) -> Self {
        let (low, high) = widened(low, high);
        let room = share * (high - low);
        Self::Linear { low: low - room, high: high + room }
    }

    /// Whether the axis holds `value`.
    pub fn holds(&self, value: f64) -> bool {
        let (low, high) = self.ends();
        value >= low.min(high) && value <= high.max(low)
    }

    /// Ticks at multiples of `step` of a linear axis.
    pub fn multiples(&self, step: f64) -> Vec<Tick> {
        let (low, high) = self.ends();
        let first = (low / step - 1e-6).ceil() as i64;
        let last = (high / step + 1e-6).floor() as i64;
        let largest = low.abs().max(high.abs());
        (first..=last.min(first.saturating_add(200)))
            .map(|k| Tick { at: k as f64 * step, label: spelt(k as f64 * step, step, largest) })
            .collect()
    }

    /// The most ticks, up to about `wanted`, whose labels keep apart on an axis
    /// of `length` mm; `upright` if labels stand above each other.
    pub fn ticks(&self, fonts: &Fonts, pt: f64, length: f64, wanted: f64, upright: bool) -> Vec<Tick> {
        let (low, high) = self.ends();
        let mut step = round_step((high - low).abs().max(f64::MIN_POSITIVE) / wanted);
        // One label tells no scale: where a round step meets the axis only once, a finer one
        // is tried.
        if self.multiples(step).len() < 2 {
            step = round_step(step * 0.4);
        }
        loop {
            let mut ticks = self.multiples(step);
            let gap = length * step / (high - low).abs();
            let needed = if upright {
                1.6 * pt * crate::drawing::unit::MM_PER_PT
            } else {
                fonts.widest(ticks.iter().map(|tick| &tick.label), pt, false) + 1.4
            };
            if gap >= needed || ticks.len() <= 1 {
                return ticks;
            }
            if ticks.len() == 2 {
                // Two labels that would touch: the one at the larger value tells the scale.
                ticks.remove(usize::from(ticks[0].at.abs() > ticks[1].at.abs()));
                return ticks;
            }
            step = round_step(step * 1.5);
        }
    }

    /// How far the labels of `ticks` reach beyond an axis of `length` mm at its left
    /// and at its right end, mm.
    pub fn overhang(&self, fonts: &Fonts, pt: f64, length: f64, ticks: &[Tick]) -> (f64, f64) {
        let reach = |tick: &Tick| {
            let (at, half) = (self.position(tick.at) * length, fonts.width(&tick.label, pt, false) / 2.0);
            (half - at, at + half - length)
        };
        ticks.iter().map(reach).fold((0.0, 0.0), |(left, right), (l, r)| (f64::max(left, l), f64::max(right, r)))
    }

    /// Decades of a logarithmic axis, or 1–3–10 steps if it spans few, and the
    /// positions of the minor ticks.
    pub fn decades(&self) -> (Vec<Tick>, Vec<f64>) {
        let (low, high) = self.ends();
        let first = libm::log10(low).floor() as i32;
        let last = libm::log10(high).ceil() as i32;
        let inside = |value: f64| value >= low * 0.999 && value <= high * 1.001;
        let few = libm::log10(high / low) < 2.2;
        let (mut ticks, mut minor) = (Vec::new(), Vec::new());
        for exponent in first..=last {
            for digit in 1..10 {
                let value = f64::from(digit) * libm::pow(10.0, f64::from(exponent));
                if !inside(value) {
                    continue;
                }
                if digit == 1 || (few && digit == 3) {
                    let decimals = usize::try_from(-exponent).unwrap_or(0);
                    ticks.push(Tick { at: value, label: format!("{value:.decimals$}") });
                } else {
                    minor.push(value);
                }
            }
        }
        (ticks, minor)
    }
}

/// The next larger of 1, 2, 5 × 10^k.
pub fn round_step(raw: f64) -> f64 {
    if !(raw.is_finite() && raw > 0.0) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::log10(raw).floor());
    let digit = [1.0, 2.0, 5.0, 10.0].into_iter().find(|digit| raw <= digit * power * 1.000_001).unwrap_or(10.0);
    digit * power
}

/// A range with some width and finite ends.
fn widened(low: f64, high: f64) -> (f64, f64) {
    match (low.is_finite(), high.is_finite()) {
        (true, true) if high - low > 1e-9 * low.abs().max(high.abs()) => (low, high),
        (true, _) => (low - low.abs().max(1.0), low + low.abs().max(1.0)),
        (false, true) => (high - 1.0, high + 1.0),
        (false, false) => (0.0, 1.0),
    }
}

/// A tick at a multiple of `step` on an axis that reaches to `largest`: digits where
/// they are few, a power of ten where zeros would fill the axis.
fn spelt(value: f64, step: f64, largest: f64) -> String {
    let decimals = (-libm::log10(step) - 1e-9).ceil().max(0.0);
    let exponent = libm::log10(largest).floor();
    if (exponent < 6.0 && decimals < 5.0) || !exponent.is_finite() {
        return signed(value, decimals as usize);
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let places = (exponent - libm::log10(step) - 1e-9).ceil().max(0.0) as usize;
    format!("{}e{}", signed(value / libm::pow(10.0, exponent), places), signed(exponent, 0))
}

/// A number with fixed decimals and a true minus sign.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().any(|c| c.is_ascii_digit() && c != '0') => format!("−{rest}"),
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// Smallest and largest finite value; infinite ends when there is none.
pub fn extent(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_one_two_five() {
        for (raw, step) in [(0.9, 1.0), (1.0, 1.0), (1.2, 2.0), (4.9, 5.0), (5.1, 10.0), (0.013, 0.02)] {
            assert!((round_step(raw) - step).abs() < 1e-12 * step, "{raw}");
        }
    }

    #[test]
    fn labels_never_touch() {
        let fonts = Fonts::embedded();
        let scale = Scale::Linear { low: -100_000.0, high: 100_000.0 };
        for length in [8.0, 15.0, 30.0, 80.0] {
            let ticks = scale.ticks(&fonts, 7.0, length, 6.0, false);
            for pair in ticks.windows(2) {
                let half = |tick: &Tick| fonts.width(&tick.label, 7.0, false) / 2.0;
                let gap = length * (scale.position(pair[1].at) - scale.position(pair[0].at));
                assert!(gap > half(&pair[0]) + half(&pair[1]), "{length} mm: {ticks:?}");
            }
            assert!(!ticks.is_empty());
        }
    }

    #[test]
    fn an_axis_has_two_labels_wherever_they_fit() {
        let fonts = Fonts::embedded();
        for (low, high) in [(-48.0, -42.0), (101.0, 109.5), (0.26, 0.74)] {
            let ticks = Scale::Linear { low, high }.ticks(&fonts, 7.0, 30.0, 2.0, false);
            assert!(ticks.len() >= 2, "{low} to {high}: {ticks:?}");
        }
    }

    #[test]
    fn very_large_and_very_small_numbers_are_powers_of_ten() {
        let labels = |low: f64, high: f64, step: f64| {
            let ticks = Scale::Linear { low, high }.multiples(step);
            ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(-2e7, 2e7, 1e7), ["−2e7", "−1e7", "0", "1e7", "2e7"]);
        assert_eq!(labels(0.0, 1e-6, 5e-7), ["0", "0.5e−6", "1.0e−6"]);
        assert_eq!(labels(0.0, 1000.0, 500.0), ["0", "500", "1000"]);
    }

    #[test]
    fn an_overhang_is_what_lies_outside() {
        let fonts = Fonts::embedded();
        let scale = Scale::Linear { low: 0.0, high: 60.0 };
        let ticks = scale.multiples(60.0);
        let (left, right) = scale.overhang(&fonts, 7.0, 30.0, &ticks);
        assert!((left - fonts.width("0", 7.0, false) / 2.0).abs() < 1e-9);
        assert!((right - fonts.width("60", 7.0, false) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn decades_are_even_on_a_log_axis() {
        let scale = Scale::Log { low: 0.1, high: 100.0 };
        let (ticks, minor) = scale.decades();
        let labels: Vec<&str> = ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["0.1", "1", "10", "100"]);
        assert!((scale.position(1.0) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(minor.len(), 24);
    }

    #[test]
    fn rounding_holds_the_data() {
        for (low, high) in [(0.3, 97.0), (-12.0, 3.0), (5.0, 5.0)] {
            let (first, last) = Scale::rounded(low, high, 5.0).ends();
            assert!(first <= low && last >= high && first < last);
        }
    }
}
