//! What the model knows about a slice beyond its recording: peak dendritic
//! potential in the induction, shares of the calcium, spines above threshold.
//! It explains the outcome and takes no part in measuring it.

use crate::folder::entry::Entry;
use crate::folder::folder::ResultsFolder;
use crate::folder::layout::Layout;
use recording::input;
use recording::table::line::{fields, line, number};
use recording::{SliceKey, StoreError};
use serde::{Deserialize, Serialize};
use std::path::Path;
use thiserror::Error;

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
    fn from_toml(text: &str) -> Result<Self, MechanismError> {
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
struct Group {
    summaries: Vec<Summary>,
}

impl Group {
    /// Adds a slice. Undefined values are left out of the mean.
    fn add(&mut self, slice: SliceMechanism) {
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
    fn rows(&self) -> impl Iterator<Item = (&str, &str, Option<f64>, Option<f64>)> {
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

/// Writes the table of the whole experiment for all slices, in their order, read
/// back from the disk, so that a resumed run writes the same table.
///
/// # Errors
/// [`StoreError`] if the mechanism of a slice cannot be read, or the table not written.
pub fn write_table(results: &ResultsFolder, keys: &[SliceKey]) -> Result<(), StoreError> {
    let layout = results.layout();
    let mut table = line(COLUMNS);
    let same_group = |a: &SliceKey, b: &SliceKey| a.induction == b.induction && a.condition == b.condition;
    for slices in keys.chunk_by(same_group) {
        let mut group = Group::default();
        for key in slices {
            group.add(stored(layout, key)?);
        }
        for (name, unit, mean, sd) in group.rows() {
            let (mean, sd) = (number(mean), number(sd));
            table.push_str(&line([
                slices[0].induction.as_str(),
                slices[0].condition.as_str(),
                name,
                if unit == "1" { "" } else { unit },
                mean.as_str(),
                sd.as_str(),
            ]));
        }
    }
    results.write(Entry::MechanismTable, table.as_bytes())
}

/// The mechanism of one stored slice.
fn stored(layout: &Layout, key: &SliceKey) -> Result<SliceMechanism, StoreError> {
    let path = Entry::Mechanism.within(&layout.slice_dir(key));
    let text = input::read_text(&path, input::LARGEST)
        .map_err(|source| StoreError::reading(&path, "the mechanism of a slice", source))?;
    SliceMechanism::from_toml(&text).map_err(|fault| StoreError::invalid(&path, fault.to_string()))
}

/// Columns of the table of the whole experiment.
const COLUMNS: [&str; 6] = ["induction", "condition", "quantity", "unit", "mean", "sd"];

/// One line of the table of the whole experiment: a quantity inside the model, over
/// the slices of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct MechanismRow {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Quantity in words.
    pub quantity: String,
    /// Unit; empty for a plain number.
    pub unit: String,
    /// Mean over slices.
    pub mean: f64,
    /// Standard deviation over slices; NaN if not given.
    pub sd: f64,
}

/// The table of the whole experiment; empty where a results folder has none.
///
/// # Errors
/// [`StoreError`] with the line of a fault.
pub fn read_table(results: &Path) -> Result<Vec<MechanismRow>, StoreError> {
    let path = Entry::MechanismTable.within(results);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = input::read_text(&path, input::LARGEST)
        .map_err(|source| StoreError::reading(&path, "a table of model internals", source))?;
    let invalid = |line: usize, fault: String| StoreError::invalid(&path, format!("line {line}: {fault}"));
    let mut lines = text.lines().enumerate();
    let header = lines.next().map_or_else(Vec::new, |(_, line)| fields(line));
    let column = |name: &str| {
        header
            .iter()
            .position(|title| title.trim() == name)
            .ok_or_else(|| invalid(1, format!("there is no column '{name}'; found: {}", header.join(", "))))
    };
    let places = COLUMNS.iter().map(|name| column(name)).collect::<Result<Vec<usize>, _>>()?;
    let mut rows = Vec::new();
    for (k, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells = fields(line);
        let cell = |place: usize| cells.get(places[place]).map_or("", |cell| cell.trim());
        let number = |place: usize| -> Result<f64, StoreError> {
            let text = cell(place);
            if text.is_empty() {
                return Ok(f64::NAN);
            }
            text.parse().map_err(|_| invalid(k + 1, format!("'{text}' is no number")))
        };
        rows.push(MechanismRow {
            induction: cell(0).to_owned(),
            condition: cell(1).to_owned(),
            quantity: cell(2).replace('_', " "),
            unit: cell(3).to_owned(),
            mean: number(4)?,
            sd: number(5)?,
        });
    }
    Ok(rows)
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
