//! How probable the observations are, given what a parameter set yields.
//!
//! A mean y with standard error s:  log N(η; y, √(s² + τ² + v)),
//! an upper end or an order:        log Φ((limit − η)/√(s² + τ²·k + v)),
//!
//! with η the simulated number, τ the standard deviation between laboratories (for
//! potentiation; k = 1 for an end, 0 for an order within one laboratory) and v the variance
//! of an emulator that stands for the simulation, 0 for a simulation itself.

use crate::error::PosteriorError;
use crate::observation::outputs::{Outputs, name, scaled};
use crate::observation::record::{ObservationFile, Scale, SliceObservation, Use};
use statistics::dist::normal;
use synapse::Parameters;
use validation::physiology::physiology;
use validation::{Quantity, embedded};

/// Ends of the central 95 % lie so many standard deviations apart.
const WIDTH: f64 = 3.92;

/// One observation over the outputs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Observed {
    /// A mean and its standard deviation, laboratories included.
    Mean {
        /// Place of the output.
        output: usize,
        /// Published mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Something that it lies below.
    Below {
        /// Place of the output.
        output: usize,
        /// Place of the larger output; without it `limit` alone.
        than: Option<usize>,
        /// Upper end.
        limit: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// A lower end.
    Above {
        /// Place of the output.
        output: usize,
        /// Lower end.
        limit: f64,
        /// Standard deviation.
        sd: f64,
    },
}

/// The observations that set parameters.
#[derive(Clone, Debug)]
pub(crate) struct Likelihood {
    observed: Vec<(String, Observed)>,
    /// Places of the outputs that are logarithms.
    logarithms: Vec<usize>,
}

impl Likelihood {
    /// The observations of a kind over `outputs`.
    ///
    /// # Errors
    /// An observation without a number.
    pub(crate) fn of(file: &ObservationFile, role: Use, outputs: &Outputs) -> Result<Self, PosteriorError> {
        let tau = file.between_laboratories();
        let mut observed = Vec::new();
        for seen in file.observation.iter().filter(|seen| seen.role == role) {
            observed.push((words(seen), of_slices(seen, tau, outputs)?));
        }
        let mut logarithms = Vec::new();
        let table = physiology(&Parameters::default());
        for id in outputs.names() {
            let (Some(row), Some(scale)) = (table.iter().find(|row| row.id == id), outputs.scale(id)) else { continue };
            let output = place(outputs, id)?;
            observed.push((row.title.to_owned(), of_a_cell(output, row.range, scale)));
            if scale == Scale::Log {
                logarithms.push(output);
            }
        }
        Ok(Self { observed, logarithms })
    }

    /// The shipped observations that set parameters.
    ///
    /// # Errors
    /// None in a released program: a test reads them.
    pub(crate) fn that_set(outputs: &Outputs) -> Result<Self, PosteriorError> {
        Self::of(&crate::observation::record::shipped()?, Use::Sets, outputs)
    }

    /// Each observation in words with its place of output, mean or limit, and standard deviation.
    pub(crate) fn observed(&self) -> &[(String, Observed)] {
        &self.observed
    }

    /// A value of an output in the unit of what was observed.
    pub(crate) fn shown(&self, output: usize, value: f64) -> f64 {
        if self.is_log(output) { libm::exp(value) } else { value }
    }

    /// Whether an output is a logarithm.
    pub(crate) fn is_log(&self, output: usize) -> bool {
        self.logarithms.contains(&output)
    }

    /// Per output the smallest standard deviation of an observation of it; 1 for outputs that
    /// nothing was observed of.
    pub(crate) fn scales(&self, outputs: usize) -> Vec<f64> {
        let mut scales = vec![f64::INFINITY; outputs];
        for (_, observed) in &self.observed {
            let (Observed::Mean { output, sd, .. }
            | Observed::Below { output, sd, .. }
            | Observed::Above { output, sd, .. }) = *observed;
            scales[output] = scales[output].min(sd);
        }
        scales.into_iter().map(|scale| if scale.is_finite() { scale } else { 1.0 }).collect()
    }

    /// Log likelihood of the outputs `eta`, known up to the variances `v`.
    pub(crate) fn log(&self, eta: &[f64], v: &[f64]) -> f64 {
        self.observed.iter().map(|(_, observed)| observed.log(eta, v)).sum()
    }
}

impl Observed {
    /// Log likelihood of one observation.
    pub(crate) fn log(&self, eta: &[f64], v: &[f64]) -> f64 {
        match *self {
            Self::Mean { output, mean, sd } => {
                let variance = sd * sd + v[output];
                let apart = eta[output] - mean;
                -0.5 * (apart * apart / variance + libm::log(variance))
            }
            Self::Below { output, than, limit, sd } => {
                let other = than.map_or(0.0, |place| v[place]);
                let upper = than.map_or(limit, |place| eta[place]);
                let z = (upper - eta[output]) / libm::sqrt(sd * sd + v[output] + other);
                libm::log(normal::lower(z).max(1e-300))
            }
            Self::Above { output, limit, sd } => {
                let z = (eta[output] - limit) / libm::sqrt(sd * sd + v[output]);
                libm::log(normal::lower(z).max(1e-300))
            }
        }
    }
}

/// A range of a quantity of the mean cell.
fn of_a_cell(output: usize, range: [f64; 2], scale: Scale) -> Observed {
    let mut ends = range.map(|end| scaled(end, range, scale));
    ends.sort_by(f64::total_cmp);
    let [low, high] = ends;
    if scale == Scale::Log && range.contains(&0.0) {
        // From nothing to something: an end, as sharp as a factor of two at 95 %.
        return Observed::Below { output, than: None, limit: high, sd: core::f64::consts::LN_2 / 1.96 };
    }
    Observed::Mean { output, mean: 0.5 * (low + high), sd: (high - low) / WIDTH }
}

fn words(seen: &SliceObservation) -> String {
    if let Some(limit) = seen.above {
        return format!("{}, {} above {limit}", seen.record, seen.arm);
    }
    match (&seen.below, seen.at_most) {
        (Some(larger), _) => format!("{}, {} below {larger}", seen.record, seen.arm),
        (None, Some(limit)) => format!("{}, {} at most {limit}", seen.record, seen.arm),
        (None, None) => name(&seen.record, &seen.arm),
    }
}

fn place(outputs: &Outputs, wanted: &str) -> Result<usize, PosteriorError> {
    let found = outputs.names().iter().position(|name| name == wanted);
    found.ok_or_else(|| PosteriorError::Observations(format!("no output \"{wanted}\"")))
}

/// One published outcome of slices.
fn of_slices(seen: &SliceObservation, tau: f64, outputs: &Outputs) -> Result<Observed, PosteriorError> {
    let output = place(outputs, &name(&seen.record, &seen.arm))?;
    let records = embedded()?;
    let record = records.iter().find(|record| record.id == seen.record);
    let published = record.and_then(|record| {
        record.expectations.iter().find(|expectation| expectation.arm.as_deref() == Some(seen.arm.as_str()))
    });
    let lacking = || PosteriorError::Observations(format!("no standard error for \"{}\"", words(seen)));
    let sem = seen.sd.or_else(|| published.and_then(|found| found.sem)).ok_or_else(lacking)?;
    // Laboratories differ in potentiation; ratios of one laboratory and orders carry theirs in `sd`.
    let potentiation = record.is_some_and(|record| record.quantity == Quantity::Potentiation);
    let tau = if potentiation && !matches!(seen.record.as_str(), "stable") { tau } else { 0.0 };
    if let Some(larger) = &seen.below {
        let than = Some(place(outputs, &name(&seen.record, larger))?);
        return Ok(Observed::Below { output, than, limit: 0.0, sd: sem });
    }
    let sd = libm::hypot(sem, tau);
    if let Some(limit) = seen.at_most {
        return Ok(Observed::Below { output, than: None, limit, sd });
    }
    if let Some(limit) = seen.above {
        return Ok(Observed::Above { output, limit, sd });
    }
    let mean = seen.mean.or_else(|| published.and_then(|found| found.mean)).ok_or_else(lacking)?;
    Ok(Observed::Mean { output, mean, sd })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_observation_has_a_number_and_an_output() {
        let outputs = Outputs::that_set().unwrap();
        let likelihood = Likelihood::that_set(&outputs).unwrap();
        assert!(likelihood.observed().len() >= 22, "{}", likelihood.observed().len());
        for (words, observed) in likelihood.observed() {
            let (Observed::Mean { sd, .. } | Observed::Below { sd, .. } | Observed::Above { sd, .. }) = observed;
            assert!(*sd > 0.0, "{words}");
        }
    }

    #[test]
    fn a_mean_and_an_end_have_their_textbook_likelihoods() {
        let mean = Observed::Mean { output: 0, mean: 59.0, sd: 4.0 };
        let peak = mean.log(&[59.0], &[0.0]);
        assert!((peak - mean.log(&[67.0], &[0.0]) - 2.0).abs() < 1e-12);
        // An emulator that knows nothing takes the edge off.
        assert!(mean.log(&[59.0], &[1e4]) - mean.log(&[67.0], &[1e4]) < 0.01);
        let below = Observed::Below { output: 0, than: Some(1), limit: 0.0, sd: 5.0 };
        assert!((below.log(&[10.0, 10.0], &[0.0; 2]) - libm::log(0.5)).abs() < 1e-12);
        assert!(below.log(&[0.0, 50.0], &[0.0; 2]).abs() < 1e-9);
    }
}
