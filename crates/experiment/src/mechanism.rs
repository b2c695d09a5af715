//! What the model knows about a slice beyond its recording: peak dendritic
//! potential in the induction, shares of the calcium, spines above threshold.
//! It explains the outcome and takes no part in measuring it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Name of the file in the folder of each slice.
pub const FILE_NAME: &str = "mechanism.toml";

/// Name of the table of the whole experiment.
pub const TABLE_NAME: &str = "mechanism.csv";

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// Name, e.g. `peak dendritic potential`.
    pub name: String,
    /// Unit, e.g. `mV`.
    pub unit: String,
    /// Value; NaN if undefined for this slice.
    pub value: f64,
}

/// All values of one slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceMechanism {
    /// Hash of the final state of the model, hexadecimal: equal for equal trajectories.
    pub state_hash: String,
    /// The values.
    #[serde(default)]
    pub value: Vec<Value>,
}

/// Why a stored mechanism cannot be read.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct MechanismError(String);

impl SliceMechanism {
    /// As it is stored; numbers return exactly.
    pub fn to_toml(&self) -> Result<String, MechanismError> {
        toml::to_string(self).map_err(|error| MechanismError(error.to_string()))
    }

    /// From what [`Self::to_toml`] wrote.
    pub fn from_toml(text: &str) -> Result<Self, MechanismError> {
        toml::from_str(text).map_err(|error| MechanismError(error.message().to_owned()))
    }
}

/// The mean and the standard deviation of one quantity over the slices of a group.
#[derive(Clone, Debug, PartialEq)]
struct Summary {
    name: String,
    unit: String,
    values: Vec<f64>,
}

/// Gathers the slices of one induction and condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    summaries: Vec<Summary>,
}

impl Group {
    /// Adds a slice. Undefined values are left out of the mean.
    pub fn add(&mut self, slice: SliceMechanism) {
        for value in slice.value {
            let known = self.summaries.iter().position(|summary| summary.name == value.name);
            let place = known.unwrap_or_else(|| {
                self.summaries.push(Summary { name: value.name.clone(), unit: value.unit, values: Vec::new() });
                self.summaries.len() - 1
            });
            if value.value.is_finite() {
                self.summaries[place].values.push(value.value);
            }
        }
    }

    /// Rows of the table: quantity, unit, mean, sd; empty fields where they are
    /// undefined (no slice; a single slice has no sd).
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str, Option<f64>, Option<f64>)> {
        self.summaries.iter().map(|summary| {
            let (mean, sd) = mean_and_sd(&summary.values);
            (summary.name.as_str(), summary.unit.as_str(), mean, sd)
        })
    }
}

/// Mean and sample standard deviation (divisor n − 1).
fn mean_and_sd(values: &[f64]) -> (Option<f64>, Option<f64>) {
    if values.is_empty() {
        return (None, None);
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    if values.len() == 1 {
        return (Some(mean), None);
    }
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (Some(mean), Some((squares / (n - 1.0)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(value: f64) -> SliceMechanism {
        let value = Value { name: "peak".to_owned(), unit: "mV".to_owned(), value };
        SliceMechanism { state_hash: "00ff".to_owned(), value: vec![value] }
    }

    #[test]
    fn mean_and_sd_of_a_group() {
        let mut group = Group::default();
        for value in [-20.0, f64::NAN, -10.0, -30.0] {
            group.add(slice(value));
        }
        let rows: Vec<_> = group.rows().collect();
        assert_eq!(rows, [("peak", "mV", Some(-20.0), Some(10.0))]);
    }

    #[test]
    fn values_return_exactly_from_disk() {
        for value in [0.1 + 0.2, -1.0e-300, f64::MAX, 3.0] {
            let stored = slice(value).to_toml().expect("toml");
            assert_eq!(SliceMechanism::from_toml(&stored).expect("toml"), slice(value));
        }
        let stored = slice(f64::NAN).to_toml().expect("toml");
        assert!(SliceMechanism::from_toml(&stored).expect("toml").value[0].value.is_nan());
    }
}
