//! What a posterior says of observations and parameters: for its page.

use crate::draws::Posterior;
use crate::error::PosteriorError;
use crate::observation::record::{Use, shipped};
use crate::observation::{Likelihood, Observed, Outputs};
use crate::space::Space;
use rayon::prelude::*;
use statistics::dist::normal;
use statistics::order::spearman;
use synapse::{ParameterSpec, Parameters, Prior};

/// One observation beside what the draws give.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictiveCheck {
    /// What was observed.
    pub what: String,
    /// The observation in words: a mean with its standard deviation, or an end.
    pub observed: String,
    /// Median of the draws, in the unit of the observation.
    pub median: f64,
    /// Central 95 % of the draws.
    pub central_95: [f64; 2],
    /// How probable the observation is over the draws, with its own error: for a mean the
    /// two-sided tail beyond it, for an end or an order that it holds. Below 0.05 the model
    /// does not give what was observed.
    pub probability: f64,
}

/// What is known of one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Marginal {
    /// The parameter.
    pub path: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Its prior.
    pub prior: Prior,
    /// Median of the draws.
    pub median: f64,
    /// Central 95 % of the draws.
    pub central_95: [f64; 2],
    /// Standard deviation of its score, 1 beforehand: what the observations leave open.
    pub left_open: f64,
}

/// Value below which a share of the weight lies.
fn quantile(sorted: &[(f64, f64)], share: f64) -> f64 {
    let total: f64 = sorted.iter().map(|(_, weight)| weight).sum();
    let mut sum = 0.0;
    for (value, weight) in sorted {
        sum += weight;
        if sum >= share * total {
            return *value;
        }
    }
    sorted.last().map_or(f64::NAN, |(value, _)| *value)
}

pub(crate) fn spread(mut values: Vec<(f64, f64)>) -> (f64, [f64; 2]) {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    (quantile(&values, 0.5), [quantile(&values, 0.025), quantile(&values, 0.975)])
}

/// Weighted standard deviation.
fn deviation(values: &[(f64, f64)]) -> f64 {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    let mean = values.iter().map(|(value, weight)| value * weight).sum::<f64>() / total;
    libm::sqrt(values.iter().map(|(value, weight)| weight * (value - mean).powi(2)).sum::<f64>() / total)
}

/// Observations beside weighted outputs.
fn compared(likelihood: &Likelihood, eta: &[(&[f64], f64)]) -> Vec<PredictiveCheck> {
    let total: f64 = eta.iter().map(|(_, weight)| weight).sum();
    let of = |output: usize| -> Vec<(f64, f64)> { eta.iter().map(|(eta, weight)| (eta[output], *weight)).collect() };
    // Mean over the draws of the normal probability that an observation lies below.
    let lower = |values: &[(f64, f64)], limit: f64, sd: f64| {
        let each = |(value, weight): &(f64, f64)| weight * normal::lower((limit - value) / sd);
        values.iter().map(each).sum::<f64>() / total
    };
    let check = |(what, observed): &(String, Observed)| {
        let (words, values, probability, output) = match *observed {
            Observed::Mean { output, mean, sd } => {
                let values = of(output);
                let below = lower(&values, mean, sd);
                let words = match likelihood.is_log(output) {
                    true => {
                        let end = |z: f64| short(libm::exp(mean + z * 1.96 * sd));
                        format!("{} to {}", end(-1.0), end(1.0))
                    }
                    false => format!("{} ± {}", short(mean), short(sd)),
                };
                (words, values, 2.0 * below.min(1.0 - below), Some(output))
            }
            Observed::Below { output, than: Some(than), sd, .. } => {
                let pairs = of(output).into_iter().zip(of(than));
                let values: Vec<(f64, f64)> = pairs.map(|(one, other)| (other.0 - one.0, one.1)).collect();
                let holds = 1.0 - lower(&values, 0.0, sd);
                ("the difference is above 0".to_owned(), values, holds, None)
            }
            Observed::Below { output, limit, sd, .. } => {
                let values = of(output);
                let holds = lower(&values, limit, sd);
                (format!("at most {}", short(likelihood.shown(output, limit))), values, holds, Some(output))
            }
            Observed::Above { output, limit, sd } => {
                let values = of(output);
                let holds = 1.0 - lower(&values, limit, sd);
                (format!("at least {}", short(likelihood.shown(output, limit))), values, holds, Some(output))
            }
        };
        let (median, central_95) = spread(values);
        let shown = |value: f64| output.map_or(value, |output| likelihood.shown(output, value));
        PredictiveCheck {
            what: what.clone(),
            observed: words,
            median: shown(median),
            central_95: central_95.map(shown),
            probability,
        }
    };
    likelihood.observed().iter().map(check).collect()
}

impl Posterior {
    /// Every observation that set parameters beside the draws.
    ///
    /// # Errors
    /// None in a released program.
    pub fn checks(&self) -> Result<Vec<PredictiveCheck>, PosteriorError> {
        let likelihood = Likelihood::that_set(&Outputs::that_set()?)?;
        let width = 1 + self.parameters.len();
        let eta: Vec<(&[f64], f64)> = self.draws.iter().map(|draw| (&draw[width..], draw[0])).collect();
        Ok(compared(&likelihood, &eta))
    }

    /// Every observation that was held back beside so many of the draws, simulated with
    /// `animals` animals of an arm; `done` hears of each draw.
    ///
    /// # Errors
    /// The shipped parameters cannot be simulated.
    pub fn held(
        &self,
        draws: usize,
        animals: u32,
        seed: u64,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<PredictiveCheck>, PosteriorError> {
        let file = shipped()?;
        let outputs = Outputs::of(&file, Use::Held)?;
        let likelihood = Likelihood::of(&file, Use::Held, &outputs)?;
        let simulated = |place: &usize| {
            let found = outputs.simulate(&self.parameters_of(&self.draws[*place]), animals, seed);
            done();
            found
        };
        let eta: Vec<Vec<f64>> = self.resampled(draws).par_iter().filter_map(simulated).collect();
        Ok(compared(&likelihood, &eta.iter().map(|eta| (eta.as_slice(), 1.0)).collect::<Vec<_>>()))
    }

    /// The parameters of a draw.
    pub(crate) fn parameters_of(&self, draw: &[f64]) -> Parameters {
        let mut set = Parameters::default();
        for (path, value) in self.parameters.iter().zip(&draw[1..]) {
            // A draw lies in the accepted ranges; that was checked when it was read.
            let _ = set.set(path, *value);
        }
        set
    }

    /// Every parameter that moves, those that the observations tell most of first.
    pub fn marginals(&self) -> Vec<Marginal> {
        let space = Space::of_the_synapse();
        let marginal = |spec: &&'static ParameterSpec| {
            let values = self.marginal(spec.path)?;
            let test_pulses = matches!(spec.prior, Prior::TimesTestPulse(..)).then(|| self.test_pulses());
            let score = |(k, (value, weight)): (usize, &(f64, f64))| {
                let own = test_pulses.as_ref().map_or(*value, |pulses| value / pulses[k]);
                (spec.prior.score(own, spec.default), *weight)
            };
            let left_open = deviation(&values.iter().enumerate().map(score).collect::<Vec<_>>());
            let (median, central_95) = spread(values);
            Some(Marginal { path: spec.path, unit: spec.unit, prior: spec.prior, median, central_95, left_open })
        };
        let mut all: Vec<Marginal> = space.specs().iter().filter_map(marginal).collect();
        all.sort_by(|a, b| a.left_open.total_cmp(&b.left_open));
        all
    }

    /// Effective calcium of a test pulse in every draw, µM ms.
    fn test_pulses(&self) -> Vec<f64> {
        let of_draw = |draw: &Vec<f64>| synapse::physiology::test_pulse_effective_um_ms(&self.parameters_of(draw));
        self.draws.iter().map(of_draw).collect()
    }

    /// The strongest correlations between parameters, in ranks of their values.
    pub fn correlations(&self, most: usize) -> Vec<(String, String, f64)> {
        let drawn = self.resampled(self.draws.len());
        let column = |k: usize| drawn.iter().map(|place| self.draws[*place][1 + k]).collect::<Vec<f64>>();
        let columns: Vec<Vec<f64>> = (0..self.parameters.len()).map(column).collect();
        let mut all = Vec::new();
        for one in 0..columns.len() {
            for other in 0..one {
                // A parameter that has one value in all draws goes with nothing.
                let r = spearman(&columns[one], &columns[other]).map_or(0.0, |found| found.coefficient);
                all.push((self.parameters[other].clone(), self.parameters[one].clone(), r));
            }
        }
        all.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
        all.truncate(most);
        all
    }
}

/// At most two decimals.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_draws_tell_of_every_observation_and_parameter() {
        let posterior = Posterior::shipped().unwrap();
        let checks = posterior.checks().unwrap();
        assert!(checks.len() >= 22 && checks.iter().all(|check| check.central_95[0] <= check.median));
        let marginals = posterior.marginals();
        assert_eq!(marginals.len(), posterior.parameters.len());
        // Nothing is known better than it was, and something is: else the search did nothing.
        assert!(marginals[0].left_open < 0.7, "{:?}", marginals[0]);
        assert_eq!(posterior.correlations(5).len(), 5);
    }

    #[test]
    fn weights_count() {
        let values = vec![(1.0, 0.0), (2.0, 1.0), (3.0, 3.0)];
        assert_eq!(spread(values.clone()).0, 3.0);
        assert!((deviation(&values) - libm::sqrt(3.0) / 4.0).abs() < 1e-12);
    }
}
