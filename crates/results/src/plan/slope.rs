//! The ways to take the slope of an evoked response, as text and back. They are
//! those of Anderson and Collingridge 2007 (J Neurosci Methods 162:346, WinLTP).

use quantity::Fraction;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How a line is laid through the rising phase between two levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelFit {
    /// Least squares through the samples between the crossings.
    LeastSquares,
    /// Through the two crossings alone.
    TwoPoint,
}

/// A way to take a slope. Times are in ms after the stimulus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SlopeRule {
    /// Least squares between two fixed times: `window 4-7 ms`.
    Window {
        /// Begin, ms.
        from_ms: f64,
        /// End, ms.
        to_ms: f64,
    },
    /// Steepest stretch of a fixed length: `max 1 ms`, `max 1 ms in 2.5-12 ms`.
    Maximum {
        /// Length of the stretch, ms.
        width_ms: f64,
        /// Where it is looked for, ms; `None`: from the end of the artefact to
        /// the end of the response window.
        within_ms: Option<[f64; 2]>,
    },
    /// Between two shares of the amplitude: `20-80 %`, `20-80 % two-point`.
    Levels {
        /// Lower share, 0 to 1.
        low: f64,
        /// Upper share, 0 to 1.
        high: f64,
        /// How the line is laid.
        fit: LevelFit,
    },
}

/// A text that is no way to take a slope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no way to take a slope: expected e.g. \"20-80 %\", \"20-80 % two-point\", \"window 4-7 ms\", \
     \"max 1 ms\" or \"max 1 ms in 2.5-12 ms\""
)]
pub struct SlopeRuleError(pub String);

/// Shares of the amplitude between which a slope is taken where a file is silent.
const USUAL_SHARES: [f64; 2] = [0.2, 0.8];

impl SlopeRule {
    /// The rule where a file is silent: 20–80 % of the amplitude by least squares.
    pub const USUAL: Self = Self::Levels { low: USUAL_SHARES[0], high: USUAL_SHARES[1], fit: LevelFit::LeastSquares };

    /// The shares of the amplitude that bound the rising phase of a response: those
    /// of the rule itself where it is a least-squares line between levels, else the
    /// usual ones.
    pub fn shares(self) -> [Fraction; 2] {
        match self {
            Self::Levels { low, high, fit: LevelFit::LeastSquares } => [low, high].map(Fraction::from_value),
            _ => USUAL_SHARES.map(Fraction::from_value),
        }
    }

    /// The rule, if it is another than a least-squares line between levels, which
    /// every response is measured by on the way.
    pub fn beyond_levels(self) -> Option<Self> {
        Some(self).filter(|rule| !matches!(rule, Self::Levels { fit: LevelFit::LeastSquares, .. }))
    }

    /// The rules of the sensitivity table that need no fixed times: four pairs of
    /// levels, each by least squares and through two points.
    pub fn levels() -> Vec<Self> {
        let pairs = [(0.1, 0.4), (0.2, 0.8), (0.3, 0.7), (0.2, 0.9)];
        let fits = [LevelFit::LeastSquares, LevelFit::TwoPoint];
        pairs.iter().flat_map(|&(low, high)| fits.map(|fit| Self::Levels { low, high, fit })).collect()
    }
}

impl fmt::Display for SlopeRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Window { from_ms, to_ms } => write!(f, "window {from_ms}-{to_ms} ms"),
            Self::Maximum { width_ms, within_ms: None } => write!(f, "max {width_ms} ms"),
            Self::Maximum { width_ms, within_ms: Some([from, to]) } => write!(f, "max {width_ms} ms in {from}-{to} ms"),
            Self::Levels { low, high, fit } => {
                // Shares such as 0.1 × 100 must print without rounding noise.
                let percent = |share: f64| (share * 1e8).round() / 1e6;
                write!(f, "{}-{} %", percent(*low), percent(*high))?;
                if *fit == LevelFit::TwoPoint { write!(f, " two-point") } else { Ok(()) }
            }
        }
    }
}

impl FromStr for SlopeRule {
    type Err = SlopeRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || SlopeRuleError(text.to_owned());
        let plain = text.trim().to_lowercase().replace(['–', ':', '/', '@', ','], " ").replace("..", " ");
        let two_point = plain.contains("two");
        let plain = plain.replace("two-point", "").replace("two point", "");
        let known = |word: &str| {
            let number = word.trim_end_matches("ms").trim_end_matches('%');
            ["window", "max", "maximum", "in", "ms", "%", "least", "squares", "-"].contains(&word)
                || number.split('-').all(|part| !part.is_empty() && part.parse::<f64>().is_ok())
        };
        if !plain.split_whitespace().all(known) {
            return Err(wrong());
        }
        let numbers: Vec<f64> = plain
            .split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .filter(|part| !part.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(|_| wrong())?;
        let window = plain.starts_with("window");
        let maximum = plain.starts_with("max");
        match numbers.as_slice() {
            [from_ms, to_ms] if window && from_ms < to_ms && !two_point => {
                Ok(Self::Window { from_ms: *from_ms, to_ms: *to_ms })
            }
            [width_ms] if maximum && *width_ms > 0.0 => Ok(Self::Maximum { width_ms: *width_ms, within_ms: None }),
            [width_ms, from, to] if maximum && *width_ms > 0.0 && *width_ms <= to - from => {
                Ok(Self::Maximum { width_ms: *width_ms, within_ms: Some([*from, *to]) })
            }
            [low, high] if !window && !maximum && low < high && *high <= 100.0 => {
                let fit = if two_point { LevelFit::TwoPoint } else { LevelFit::LeastSquares };
                Ok(Self::Levels { low: low / 100.0, high: high / 100.0, fit })
            }
            _ => Err(wrong()),
        }
    }
}

impl Serialize for SlopeRule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SlopeRule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read_as_it_is_printed() {
        let texts = ["window 4-7 ms", "max 1 ms", "max 0.5 ms in 2.5-12 ms", "10-40 %", "20-90 % two-point"];
        for text in texts {
            assert_eq!(text.parse::<SlopeRule>().map(|rule| rule.to_string()).as_deref(), Ok(text));
        }
        assert_eq!("20-80".parse(), Ok(SlopeRule::Levels { low: 0.2, high: 0.8, fit: LevelFit::LeastSquares }));
        assert_eq!("window:4-7".parse(), Ok(SlopeRule::Window { from_ms: 4.0, to_ms: 7.0 }));
        assert_eq!(SlopeRule::levels().len(), 8);
    }

    #[test]
    fn nonsense_is_refused_with_examples() {
        for text in ["", "steep", "80-20 %", "window 7-4 ms", "max 0 ms", "20-120 %", "window 4 ms", "20 or 80 %"] {
            let told = text.parse::<SlopeRule>().expect_err(text).to_string();
            assert!(told.contains("expected e.g."), "{told}");
        }
    }
}
