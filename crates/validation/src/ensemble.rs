//! The accepted parameter sets, and the spread of an experiment over them.
//!
//! The calibration records do not determine the parameters. Every set of the
//! ensemble meets them without a failed row; what the sets predict differently,
//! the records do not decide.

use crate::error::ValidationError;
use crate::means::{evaluate, outcomes};
use experiment::Plan;
use rayon::prelude::*;
use recording::ensemble::EnsembleSpread;
use serde::{Deserialize, Serialize};

/// The shipped sets.
const SHIPPED: &str = include_str!("../data/ensemble.toml");

/// One accepted set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptedSet {
    /// Sum of squared residuals on the calibration records.
    pub misfit: f64,
    /// Values by path, in the units of the parameter table.
    pub values: std::collections::BTreeMap<String, f64>,
}

/// A file of accepted sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnsembleFile {
    /// Seed of slices and draws.
    pub seed: u64,
    /// Animals per arm of a record.
    pub animals: u32,
    /// Sets drawn to find these.
    pub tried: usize,
    /// The sets.
    pub set: Vec<AcceptedSet>,
}

/// Reads a file of accepted sets.
///
/// # Errors
/// The file is not TOML of this form.
pub fn read_ensemble(file: &str, text: &str) -> Result<EnsembleFile, ValidationError> {
    toml::from_str(text).map_err(|error| ValidationError::Record {
        file: file.to_owned(),
        what: error.to_string().trim_end().to_owned(),
    })
}

/// The file of accepted sets as text.
///
/// # Errors
/// A number that TOML cannot hold.
pub fn write_ensemble(file: &EnsembleFile) -> Result<String, toml::ser::Error> {
    toml::to_string(file)
}

/// The shipped ensemble.
///
/// # Errors
/// None in a released program: a test reads it.
pub fn shipped_ensemble() -> Result<EnsembleFile, ValidationError> {
    read_ensemble("ensemble.toml", SHIPPED)
}

/// Simulates `plan` with every set; `done` hears of each.
///
/// # Errors
/// A set with an unknown parameter, or a slice that fails.
pub fn ensemble_spread(
    plan: &Plan,
    seed: u64,
    file: &EnsembleFile,
    done: &(dyn Fn() + Sync),
) -> Result<EnsembleSpread, ValidationError> {
    let base = evaluate(plan, seed, &[])?;
    let one = |set: &AcceptedSet| {
        let changes: Vec<(&str, f64)> = set.values.iter().map(|(path, value)| (path.as_str(), *value)).collect();
        let value = evaluate(plan, seed, &changes);
        done();
        value
    };
    let values: Vec<Vec<f64>> = file.set.par_iter().map(one).collect::<Result<_, _>>()?;
    Ok(EnsembleSpread {
        sets: file.set.len(),
        seed,
        animals: plan.design.animals,
        slices_per_animal: plan.design.slices_per_animal,
        outcomes: outcomes(plan, &base),
        values,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::FREE;

    #[test]
    fn the_shipped_ensemble_has_twenty_sets_of_free_parameters() {
        let file = shipped_ensemble().unwrap();
        assert!(file.set.len() >= 20, "{}", file.set.len());
        for set in &file.set {
            assert_eq!(set.values.len(), FREE.len());
            for free in FREE {
                let value = set.values[free.path];
                assert!((free.low..=free.high).contains(&value), "{} = {value}", free.path);
            }
        }
    }
}
