//! Distributions of a count given its linear predictor η.

use crate::dist::stirling::stirling_error;
use serde::{Deserialize, Serialize};

/// Distribution of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Successes of trials, logit link: exp(coefficient) is an odds ratio.
    Binomial,
    /// Events, log link: exp(coefficient) is a rate ratio.
    Poisson,
    /// Events with variance μ + μ²/θ, log link (NB2 of glmmTMB).
    NegativeBinomial,
}

impl Family {
    /// The name as in a paper.
    pub fn name(self) -> &'static str {
        match self {
            Family::Binomial => "binomial",
            Family::Poisson => "Poisson",
            Family::NegativeBinomial => "negative-binomial",
        }
    }
}

/// ln of the probability of a count, its first derivative by η and minus the second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    /// Without what depends on the count alone.
    pub(crate) log: f64,
    pub(crate) slope: f64,
    pub(crate) weight: f64,
}

/// One observation at `eta`. `size`: number of trials (binomial) or θ (negative binomial).
///
///   binomial           ln p = y η − n ln(1 + e^η)
///   Poisson            ln p = y η − e^η
///   negative binomial  ln p = y (η − ln θ) − (y + θ) ln(1 + e^η/θ)
pub(crate) fn term(family: Family, y: f64, size: f64, eta: f64) -> Term {
    match family {
        Family::Binomial => {
            let decay = libm::exp(-eta.abs());
            let p = if eta > 0.0 { 1.0 / (1.0 + decay) } else { decay / (1.0 + decay) };
            let log = y * eta - size * (eta.max(0.0) + libm::log1p(decay));
            Term { log, slope: y - size * p, weight: size * decay / ((1.0 + decay) * (1.0 + decay)) }
        }
        Family::Poisson => {
            let mean = libm::exp(eta.min(700.0));
            Term { log: y * eta - mean, slope: y - mean, weight: mean }
        }
        Family::NegativeBinomial => {
            let ratio = libm::exp(eta.min(700.0)) / size;
            let total = y + size;
            Term {
                log: y * (eta - libm::log(size)) - total * libm::log1p(ratio),
                slope: y - total * (ratio / (1.0 + ratio)),
                weight: total * (ratio / (1.0 + ratio)) / (1.0 + ratio),
            }
        }
    }
}

/// What of ln p depends on the count and `size` alone.
///
///   binomial           ln C(n, y)
///   Poisson            −ln y!
///   negative binomial  ln Γ(y + θ) − ln Γ(θ) − ln y!  + y ln θ − y ln θ
pub(crate) fn constant(family: Family, y: f64, size: f64) -> f64 {
    let factorial = |k: f64| libm::lgamma(k + 1.0);
    match family {
        Family::Binomial => factorial(size) - factorial(y) - factorial(size - y),
        Family::Poisson => -factorial(y),
        Family::NegativeBinomial => log_rising(y, size) + y * libm::log(size) - factorial(y),
    }
}

/// ln Γ(θ + y) − ln Γ(θ) − y ln θ, which goes to 0 for large θ.
fn log_rising(y: f64, theta: f64) -> f64 {
    (theta + y - 0.5) * libm::log1p(y / theta) - y + stirling_error(theta + y) - stirling_error(theta)
}

/// Mean and variance of a count at `eta`.
pub(crate) fn moments(family: Family, size: f64, eta: f64) -> (f64, f64) {
    match family {
        Family::Binomial => {
            let p = 1.0 / (1.0 + libm::exp(-eta));
            (size * p, size * p * (1.0 - p))
        }
        Family::Poisson => (libm::exp(eta), libm::exp(eta)),
        Family::NegativeBinomial => {
            let mean = libm::exp(eta);
            (mean, mean + mean * mean / size)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_of_all_counts_sum_to_one() {
        for (family, size, largest) in
            [(Family::Binomial, 12.0, 12), (Family::Poisson, 1.0, 80), (Family::NegativeBinomial, 1.7, 900)]
        {
            let p = |y: i32| {
                let y = f64::from(y);
                libm::exp(term(family, y, size, 1.3).log + constant(family, y, size))
            };
            let total: f64 = (0..=largest).map(p).sum();
            assert!((total - 1.0).abs() < 1e-11, "{family:?}: {total}");
        }
    }

    #[test]
    fn derivatives_are_those_of_the_probability() {
        for family in [Family::Binomial, Family::Poisson, Family::NegativeBinomial] {
            for eta in [-3.0, 0.4, 2.5] {
                let at = |eta: f64| term(family, 4.0, 9.0, eta);
                let h = 1e-4;
                let slope = (at(eta + h).log - at(eta - h).log) / (2.0 * h);
                let weight = -(at(eta + h).slope - at(eta - h).slope) / (2.0 * h);
                assert!((slope - at(eta).slope).abs() < 1e-6, "{family:?} {eta}");
                assert!((weight - at(eta).weight).abs() < 1e-6, "{family:?} {eta}");
            }
        }
    }

    #[test]
    fn many_rare_events_of_large_theta_are_poisson() {
        let log = |family, size| term(family, 7.0, size, 1.9).log + constant(family, 7.0, size);
        assert!((log(Family::NegativeBinomial, 1e9) - log(Family::Poisson, 0.0)).abs() < 1e-7);
    }
}
