//! What is known of a parameter before any outcome of plasticity is looked at.
//!
//! Where a source gives a range over preparations or laboratories, the prior is that
//! range; where it gives a mean with its error, a factor about it; where a number is
//! from memory or a choice of the model, a factor that says so (1.6 and 2). The value
//! in use has no part in the priors that are written as two ends: a number that was once
//! calibrated is not its own evidence.

use std::fmt;

/// z of the ends of the central 95 %.
const Z95: f64 = 1.959_963_984_540_054;

/// A distribution of one parameter. Ends enclose the central 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Prior {
    /// Not uncertain here: chosen by the experimenter, a property of the recording or of
    /// the population of slices, or a number of the computation.
    Fixed,
    /// Log-normal about the value in use; 95 % within this factor to either side.
    Within(f64),
    /// Log-normal between two ends, in the unit of the parameter.
    Between(f64, f64),
    /// Normal about the value in use; 95 % within this distance to either side, in the
    /// unit of the parameter.
    PlusMinus(f64),
    /// Normal in the log odds between two ends, for shares of 1.
    Share(f64, f64),
    /// Log-normal between two ends, in units of the effective calcium that a test pulse
    /// leaves in a spine of the same synapse: it moves with everything that makes calcium.
    TimesTestPulse(f64, f64),
}

/// Two parameters that are not independent beforehand, the correlation of their standard
/// normal scores, and why.
pub const CORRELATED: [(&str, &str, f64, &str); 5] = [
    ("gaba_a.fast_soma", "gaba_a.fast_dendrite", 0.7, "one stimulus recruits the cells that make both"),
    ("gaba_a.fast_dendrite", "gaba_a.slow", 0.5, "one stimulus recruits the cells that make both"),
    ("release.facilitation_time", "release.recovery_time", -0.5, "fits of both to one paired-pulse ratio trade off"),
    ("nmda.glun2a_decay", "nmda.glun2b_decay", 0.5, "both from the same recordings and scaled by one temperature law"),
    ("calcium.r_type", "calcium.l_type", 0.5, "both from channel counts of one kind of spine"),
];

impl Prior {
    /// The value at the standard normal score `z`, in the unit of the parameter or, for
    /// [`Prior::TimesTestPulse`], of the calcium of a test pulse; `value` is the one in use.
    pub fn at(self, z: f64, value: f64) -> f64 {
        let between = |low: f64, high: f64| {
            let (centre, sd) = (0.5 * (low + high), (high - low) / (2.0 * Z95));
            centre + sd * z
        };
        match self {
            Self::Fixed => value,
            Self::Within(factor) => value * libm::exp(libm::log(factor) / Z95 * z),
            Self::Between(low, high) | Self::TimesTestPulse(low, high) => {
                libm::exp(between(libm::log(low), libm::log(high)))
            }
            Self::PlusMinus(half) => value + half / Z95 * z,
            Self::Share(low, high) => 1.0 / (1.0 + libm::exp(-between(log_odds(low), log_odds(high)))),
        }
    }

    /// The standard normal score of a value, the inverse of [`Prior::at`]; 0 for what is fixed.
    pub fn score(self, found: f64, value: f64) -> f64 {
        let within = |x: f64, low: f64, high: f64| (x - 0.5 * (low + high)) * 2.0 * Z95 / (high - low);
        match self {
            Self::Fixed => 0.0,
            Self::Within(factor) => libm::log(found / value) * Z95 / libm::log(factor),
            Self::Between(low, high) | Self::TimesTestPulse(low, high) => {
                within(libm::log(found), libm::log(low), libm::log(high))
            }
            Self::PlusMinus(half) => (found - value) * Z95 / half,
            Self::Share(low, high) => within(log_odds(found), log_odds(low), log_odds(high)),
        }
    }

    /// True if nothing moves it.
    pub fn is_fixed(self) -> bool {
        self == Self::Fixed
    }
}

fn log_odds(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

impl fmt::Display for Prior {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed => f.write_str("fixed"),
            Self::Within(factor) => write!(f, "log-normal, × or ÷ {factor}"),
            Self::Between(low, high) => write!(f, "log-normal, {low} to {high}"),
            Self::PlusMinus(half) => write!(f, "normal, ± {half}"),
            Self::Share(low, high) => write!(f, "normal in log odds, {low} to {high}"),
            Self::TimesTestPulse(low, high) => write!(f, "log-normal, {low} to {high} times a test pulse"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::table::Parameters;

    #[test]
    fn ends_are_the_central_95_per_cent_and_scores_come_back() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12 * b.abs().max(1.0);
        for (prior, value, low, high) in [
            (Prior::Within(2.0), 3.0, 1.5, 6.0),
            (Prior::Between(0.05, 0.3), 0.083, 0.05, 0.3),
            (Prior::PlusMinus(4.0), -72.0, -76.0, -68.0),
            (Prior::Share(0.25, 0.5), 0.35, 0.25, 0.5),
        ] {
            assert!(near(prior.at(-Z95, value), low) && near(prior.at(Z95, value), high), "{prior:?}");
            assert!(near(prior.score(prior.at(0.7, value), value), 0.7), "{prior:?}");
        }
        assert_eq!(Prior::Fixed.at(1.3, 5.0), 5.0);
    }

    /// 95 % of every prior lie in the accepted range, and the value in use is not outside
    /// the 99.9 %: where it is, prior and calibration contradict each other.
    #[test]
    fn priors_are_inside_the_ranges_and_hold_the_values_in_use() {
        for spec in Parameters::specs() {
            if spec.prior.is_fixed() || matches!(spec.prior, Prior::TimesTestPulse(..)) {
                continue;
            }
            for z in [-Z95, Z95] {
                let end = spec.prior.at(z, spec.default);
                assert!((spec.low..=spec.high).contains(&end), "{} {end}", spec.path);
            }
            let z = spec.prior.score(spec.default, spec.default);
            assert!(z.abs() < 3.3, "{} {z}", spec.path);
        }
    }

    #[test]
    fn what_is_correlated_is_not_fixed() {
        for (one, other, r, _) in CORRELATED {
            for path in [one, other] {
                let spec = Parameters::specs().iter().find(|spec| spec.path == path).expect(path);
                assert!(!spec.prior.is_fixed() && r.abs() < 1.0);
            }
        }
    }
}
