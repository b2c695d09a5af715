//! From a study to the experiments that stand for it: one of the control group,
//! one of all conditions that the model can say something about.

use crate::error::ValidationError;
use crate::fit::question::{PairedPulse, Question};
use experiment::Plan;
use results::beside::fit::NotPredicted;
use toml::{Table, Value};

/// The experiment without conditions, and the conditions parted.
#[derive(Clone, Debug)]
pub(super) struct Template {
    table: Table,
    control: Table,
    predicted: Vec<Table>,
    /// Conditions without a prediction.
    pub(super) not_predicted: Vec<NotPredicted>,
}

/// The name of a condition.
fn name(condition: &Table) -> &str {
    condition.get("name").and_then(Value::as_str).unwrap_or_default()
}

impl Template {
    /// Parts the conditions of a study.
    ///
    /// # Errors
    /// The reference is no condition, or holds a compound that nobody knows.
    pub(super) fn new(question: &Question) -> Result<Self, ValidationError> {
        let mut table = question.experiment.clone();
        let conditions = match table.remove("condition") {
            Some(Value::Array(list)) => list.into_iter().filter_map(|v| v.try_into::<Table>().ok()).collect(),
            _ => Vec::new(),
        };
        let (mut control, mut predicted, mut not_predicted) = (None, Vec::new(), Vec::new());
        for condition in conditions {
            let reason = reason_against(&condition, question);
            if name(&condition) == question.reference {
                if let Some(reason) = reason.filter(|_| condition.contains_key("bath")) {
                    return Err(question.fault(format!("the reference \"{}\": {reason}", question.reference)));
                }
                control = Some(condition);
            } else if let Some(reason) = reason {
                not_predicted.push(NotPredicted { condition: name(&condition).to_owned(), reason });
            } else {
                predicted.push(condition);
            }
        }
        let control = control.ok_or_else(|| question.fault(format!("\"{}\" is no condition", question.reference)))?;
        Ok(Self { table, control, predicted, not_predicted })
    }

    /// The plan of the control group alone, or with all predicted conditions.
    pub(super) fn plan(&self, question: &Question, control_only: bool) -> Result<Plan, ValidationError> {
        let predicted = if control_only { &[][..] } else { &self.predicted };
        read(question, &text_of(self.with_conditions(predicted)))
    }

    /// The control group with pairs of pulses in place of the induction.
    pub(super) fn pairs(&self, question: &Question, pair: &PairedPulse) -> Result<Plan, ValidationError> {
        let mut table = self.with_conditions(&[]);
        let text = |text: &str| Value::String(text.to_owned());
        let train = Table::from_iter([
            ("pulses".to_owned(), Value::Integer(2)),
            ("frequency".to_owned(), Value::String(format!("{} Hz", 1000.0 / pair.interval_ms))),
            ("repeats".to_owned(), Value::Integer(12)),
            ("interval".to_owned(), text("20 s")),
        ]);
        let protocol = Table::from_iter([
            ("baseline".to_owned(), text("1 min")),
            ("wash_in".to_owned(), text("0 s")),
            ("follow_up".to_owned(), text("5 min")),
            ("train".to_owned(), Value::Array(vec![Value::Table(train)])),
        ]);
        table.insert("protocol".to_owned(), Value::Table(protocol));
        table.remove("analysis");
        read(question, &text_of(table))
    }

    /// The experiment file with fitted values.
    pub(super) fn text(&self, values: &[(&str, f64)], reason: &str) -> String {
        let mut table = self.with_conditions(&self.predicted);
        let change = |(path, value): &(&str, f64)| {
            Value::Table(Table::from_iter([
                ("parameter".to_owned(), Value::String((*path).to_owned())),
                ("value".to_owned(), Value::Float(*value)),
                ("reason".to_owned(), Value::String(reason.to_owned())),
            ]))
        };
        let changes = Value::Array(values.iter().map(change).collect());
        table.insert("synapse".to_owned(), Value::Table(Table::from_iter([("changes".to_owned(), changes)])));
        text_of(table)
    }

    fn with_conditions(&self, predicted: &[Table]) -> Table {
        let mut table = self.table.clone();
        let all = std::iter::once(&self.control).chain(predicted).cloned().map(Value::Table).collect();
        table.insert("condition".to_owned(), Value::Array(all));
        table
    }
}

/// Why a condition cannot be predicted; `None` if it can.
fn reason_against(condition: &Table, question: &Question) -> Option<String> {
    let Some(Value::Array(bath)) = condition.get("bath").filter(|bath| bath.as_array().is_none_or(|b| !b.is_empty()))
    else {
        return Some(
            "the study names no compound for it, so nothing in the model differs from the reference".to_owned(),
        );
    };
    let unknown = bath.iter().find_map(|entry| {
        let compound = entry.get("compound").and_then(Value::as_str)?;
        question.library.find(compound).err()
    })?;
    let near = match unknown.suggestions.first() {
        Some(near) => format!(" (did you mean \"{near}\"?)"),
        None => String::new(),
    };
    Some(format!("the library has no compound \"{}\"{near}; `schaffer compounds` lists them", unknown.asked))
}

/// A table as a file. A table of texts, numbers and tables always has this form.
fn text_of(table: Table) -> String {
    toml::to_string(&table).unwrap_or_default()
}

fn read(question: &Question, text: &str) -> Result<Plan, ValidationError> {
    let name = format!("experiment made of {}", question.study);
    experiment::read_with(text, &name, question.library).map_err(|faults| question.fault(faults.to_string()))
}
