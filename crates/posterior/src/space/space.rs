//! The uncertain parameters of the synapse as coordinates in which the prior is a
//! standard normal distribution of independent components.
//!
//! u ~ N(0, I),  s = L u with L Lᵀ the correlation of the scores,  θᵢ = prior (sᵢ)

use nalgebra::DMatrix;
use synapse::{CORRELATED, ParameterSpec, Parameters, Prior, physiology};

/// The uncertain parameters and how they hang together.
#[derive(Clone, Debug)]
pub(crate) struct Space {
    specs: Vec<&'static ParameterSpec>,
    /// Lower triangle with L Lᵀ the correlation of the scores.
    lower: DMatrix<f64>,
    /// The inverse of `lower`.
    inverse: DMatrix<f64>,
}

impl Space {
    /// All parameters whose prior is not fixed, in the order of the table.
    pub(crate) fn of_the_synapse() -> Self {
        let specs: Vec<&ParameterSpec> = Parameters::specs().iter().filter(|spec| !spec.prior.is_fixed()).collect();
        let place = |path: &str| specs.iter().position(|spec| spec.path == path);
        let mut correlation = DMatrix::<f64>::identity(specs.len(), specs.len());
        for (one, other, r, _) in CORRELATED {
            if let (Some(a), Some(b)) = (place(one), place(other)) {
                correlation[(a, b)] = r;
                correlation[(b, a)] = r;
            }
        }
        let identity = DMatrix::identity(specs.len(), specs.len());
        // A test holds that the table of correlations has a Cholesky factor.
        let lower = correlation.cholesky().map_or_else(|| identity.clone(), |factor| factor.l());
        let inverse = lower.solve_lower_triangular(&identity).unwrap_or(identity);
        Self { specs, lower, inverse }
    }

    /// The parameters, in the order of the coordinates.
    pub(crate) fn specs(&self) -> &[&'static ParameterSpec] {
        &self.specs
    }

    /// Number of coordinates.
    pub(crate) fn dimensions(&self) -> usize {
        self.specs.len()
    }

    /// The parameters at coordinates `u`, one per spec; none if one leaves its accepted
    /// range, which has no probability.
    pub(crate) fn parameters(&self, u: &[f64]) -> Option<Parameters> {
        let mut parameters = Parameters::default();
        let mut relative = Vec::new();
        for (row, spec) in self.specs.iter().enumerate() {
            let value = spec.prior.at(self.score(row, u), spec.default);
            match spec.prior {
                Prior::TimesTestPulse(..) => relative.push((spec.path, value)),
                _ => parameters.set(spec.path, value).ok()?,
            }
        }
        let test_pulse = physiology::test_pulse_effective_um_ms(&parameters);
        for (path, times) in relative {
            parameters.set(path, times * test_pulse).ok()?;
        }
        Some(parameters)
    }

    /// Whether the parameters at `u` lie in their accepted ranges, as far as that can be told
    /// without the calcium of a test pulse.
    pub(crate) fn holds(&self, u: &[f64]) -> bool {
        let inside = |(row, spec): (usize, &&ParameterSpec)| {
            let value = spec.prior.at(self.score(row, u), spec.default);
            matches!(spec.prior, Prior::TimesTestPulse(..)) || (spec.low..=spec.high).contains(&value)
        };
        self.specs.iter().enumerate().all(inside)
    }

    /// The score of a parameter.
    fn score(&self, row: usize, u: &[f64]) -> f64 {
        (0..=row).map(|k| self.lower[(row, k)] * u[k]).sum()
    }

    /// Coordinates of a parameter set, the inverse of [`Space::parameters`].
    pub(crate) fn coordinates(&self, parameters: &Parameters) -> Vec<f64> {
        let test_pulse = physiology::test_pulse_effective_um_ms(parameters);
        let score = |spec: &&ParameterSpec| {
            let value = parameters.get(spec.path).unwrap_or(spec.default);
            let value = if matches!(spec.prior, Prior::TimesTestPulse(..)) { value / test_pulse } else { value };
            spec.prior.score(value, spec.default)
        };
        let scores: Vec<f64> = self.specs.iter().map(score).collect();
        (0..scores.len()).map(|row| (0..=row).map(|k| self.inverse[(row, k)] * scores[k]).sum()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_come_back_and_correlation_is_the_one_stated() {
        let space = Space::of_the_synapse();
        assert!(space.dimensions() > 100);
        let u: Vec<f64> = (0..space.dimensions()).map(|k| 0.3 * libm::sin(k as f64)).collect();
        let set = space.parameters(&u).unwrap();
        for (there, back) in u.iter().zip(space.coordinates(&set)) {
            assert!((there - back).abs() < 1e-9, "{there} {back}");
        }
        let square = &space.lower * space.lower.transpose();
        let place = |path: &str| space.specs.iter().position(|spec| spec.path == path).unwrap();
        for (one, other, r, _) in CORRELATED {
            assert!((square[(place(one), place(other))] - r).abs() < 1e-12);
        }
        assert!((&space.lower * &space.inverse - DMatrix::identity(u.len(), u.len())).amax() < 1e-12);
    }

    #[test]
    fn what_leaves_its_range_has_no_probability() {
        let space = Space::of_the_synapse();
        let mut u = vec![0.0; space.dimensions()];
        u[space.specs.iter().position(|spec| spec.path == "gaba_b.conductance").unwrap()] = 9.0;
        assert!(space.parameters(&u).is_none());
    }
}
