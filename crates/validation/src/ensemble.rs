//! The accepted parameter sets, and the spread of an experiment over them.
//!
//! The calibration records do not determine the parameters. Every set of the
//! ensemble meets them without a failed row; what the sets predict differently,
//! the records do not decide.

use crate::error::ValidationError;
use crate::sensitivity::means::{evaluate, outcomes};
use experiment::Plan;
use rayon::prelude::*;
use results::beside::ensemble::EnsembleSpread;
use serde::{Deserialize, Serialize};

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
/// The file is not TOML of this form, or holds no set.
pub fn read_ensemble(file: &str, text: &str) -> Result<EnsembleFile, ValidationError> {
    let fault = |what: String| ValidationError::Record { file: file.to_owned(), what };
    let read: EnsembleFile = toml::from_str(text).map_err(|error| fault(error.to_string().trim_end().to_owned()))?;
    if read.set.is_empty() {
        return Err(fault("no [[set]]; `schaffer calibrate --ensemble 20 --out FILE.toml` writes some".to_owned()));
    }
    Ok(read)
}

/// The accepted sets that are shipped, drawn around the calibrated one.
///
/// # Errors
/// None in a released program: a test reads them.
pub fn shipped_ensemble() -> Result<EnsembleFile, ValidationError> {
    read_ensemble("ensemble.toml", include_str!("../data/ensemble.toml"))
}

/// The file of accepted sets as text.
///
/// # Errors
/// A number that TOML cannot hold.
pub fn write_ensemble(file: &EnsembleFile) -> Result<String, toml::ser::Error> {
    toml::to_string(file)
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
        let stated = |path: &str| plan.synapse.changes.iter().any(|change| change.parameter == path);
        // What the experiment changes by hand stays as it says.
        let values = set.values.iter().filter(|(path, _)| !stated(path));
        let changes: Vec<(&str, f64)> = values.map(|(path, value)| (path.as_str(), *value)).collect();
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

    #[test]
    fn a_file_comes_back_as_it_was_written_and_an_empty_one_is_refused() {
        let values = [("rule.weight_ratio".to_owned(), 4.25), ("release.probability".to_owned(), 0.1)];
        let set = AcceptedSet { misfit: 1.5, values: values.into_iter().collect() };
        let file = EnsembleFile { seed: 3, animals: 4, tried: 9, set: vec![set] };
        assert_eq!(read_ensemble("sets.toml", &write_ensemble(&file).unwrap()).unwrap(), file);
        let empty = read_ensemble("sets.toml", "seed = 1\nanimals = 4\ntried = 3\nset = []\n").unwrap_err();
        assert!(empty.to_string().contains("no [[set]]; `schaffer calibrate --ensemble 20"), "{empty}");
    }

    #[test]
    fn the_shipped_sets_are_at_least_twenty_and_inside_the_table() {
        let file = shipped_ensemble().unwrap();
        assert!(file.set.len() >= 20 && file.tried >= file.set.len(), "{}", file.set.len());
        for set in &file.set {
            assert_eq!(set.values.len(), crate::calibration::FREE.len());
            let mut parameters = synapse::Parameters::default();
            for (path, value) in &set.values {
                parameters.set(path, *value).unwrap();
            }
        }
    }
}
