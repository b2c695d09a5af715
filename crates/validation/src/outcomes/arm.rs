//! An arm of a record as an experiment of one condition.

use crate::error::ValidationError;
use crate::outcomes::record::{Arm, Record};
use experiment::Plan;
use toml::{Table, Value};

/// Name of the only condition.
const CONDITION: &str = "slices";

/// The experiment of an arm with `animals` animals, one slice each.
pub(crate) fn plan(record: &Record, arm: &Arm, animals: u32, seed: u64) -> Result<Plan, ValidationError> {
    let text = Value::Table(experiment_table(record, arm, animals, seed)).to_string_document();
    let name = format!("{}.toml", record.id);
    experiment::read(&text, &name).map_err(|faults| ValidationError::Arm {
        file: record.file.clone(),
        id: record.id.clone(),
        arm: arm.name.clone(),
        faults: faults.to_string(),
    })
}

/// Document form of a table; `Value` prints an inline form otherwise.
trait Document {
    fn to_string_document(&self) -> String;
}

impl Document for Value {
    fn to_string_document(&self) -> String {
        // A table of texts, numbers and tables always has a document form.
        toml::to_string(self).unwrap_or_default()
    }
}

/// The experiment file as a table.
fn experiment_table(record: &Record, arm: &Arm, animals: u32, seed: u64) -> Table {
    let text = |text: &str| Value::String(text.to_owned());
    let tables = |tables: &[Table]| Value::Array(tables.iter().cloned().map(Value::Table).collect());
    let mut condition = Table::from_iter([("name".to_owned(), text(CONDITION))]);
    if !arm.bath.is_empty() {
        condition.insert("bath".to_owned(), tables(&arm.bath));
    }
    let mut design = Table::new();
    design.insert("animals".to_owned(), Value::Integer(i64::from(animals)));
    design.insert("slices_per_animal".to_owned(), Value::Integer(1));
    let mut analysis = Table::new();
    if let Some(window) = &arm.window {
        analysis.insert("window".to_owned(), Value::Array(window.iter().map(|end| text(end)).collect()));
    }
    // Slices are judged by what the model does, not by the quality of a baseline.
    let off = Table::from_iter([
        ("baseline_drift".to_owned(), text("off")),
        ("baseline_cv".to_owned(), text("off")),
        ("volley_change".to_owned(), text("off")),
    ]);
    analysis.insert("exclude".to_owned(), Value::Table(off));
    let mut file = Table::new();
    file.insert("format".to_owned(), Value::Integer(1));
    file.insert("name".to_owned(), text(&slug(&record.id)));
    file.insert("title".to_owned(), text(&record.title));
    file.insert("seed".to_owned(), Value::Integer(i64::try_from(seed).unwrap_or(i64::MAX)));
    if !arm.preparation.is_empty() {
        file.insert("preparation".to_owned(), Value::Table(arm.preparation.clone()));
    }
    file.insert("protocol".to_owned(), Value::Table(arm.protocol.clone()));
    let mut synapse = Table::new();
    if !arm.changes.is_empty() {
        synapse.insert("changes".to_owned(), tables(&arm.changes));
    }
    if let Some(late_phase) = &arm.late_phase {
        synapse.insert("late_phase".to_owned(), text(late_phase));
    }
    if !synapse.is_empty() {
        file.insert("synapse".to_owned(), Value::Table(synapse));
    }
    file.insert("condition".to_owned(), Value::Array(vec![Value::Table(condition)]));
    file.insert("design".to_owned(), Value::Table(design));
    file.insert("analysis".to_owned(), Value::Table(analysis));
    file.insert("statistics".to_owned(), Value::Table(Table::from_iter([("reference".to_owned(), text(CONDITION))])));
    file
}

/// An identifier as a name of an experiment.
fn slug(id: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    format!("outcome-{}", id.chars().map(letter).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::record::embedded;

    #[test]
    fn every_built_in_arm_is_an_experiment() {
        for record in embedded().unwrap() {
            for arm in &record.arms {
                let plan = plan(&record, arm, 3, 1).unwrap_or_else(|error| panic!("{error}"));
                assert_eq!(plan.slices(), 3, "{}", record.id);
            }
        }
    }
}
