//! `schaffer schema`: the keys that the readers of experiment and study files take, as JSON
//! Schemas.

use crate::arguments::files::{Schema, SchemaOf};
use crate::commands::files::glossary::explain;
use crate::failure::Failure;
use crate::output::page;
use study::StudyFile;

/// Where the keys of an experiment are explained.
const EXPERIMENTS: &str = include_str!("../../../../../experiments/README.md");
/// Where those of a study are.
const RECORDINGS: &str = include_str!("../../../../../docs/recordings.md");

/// Prints the schema.
pub fn schema(arguments: &Schema) -> Result<(), Failure> {
    page(&match arguments.kind {
        SchemaOf::Experiment => experiment().schema(
            "Experiment of Schaffer",
            "An experiment in silico: slices, protocol, conditions, design, analysis.",
        ),
        SchemaOf::Stats => tabular::SCHEMA.to_owned(),
        SchemaOf::Study => study().schema("Study of Schaffer", "A study of recordings: slices, conditions, analysis."),
    })
}

/// The keys of an experiment, with what they mean.
fn experiment() -> form::Shape {
    let shape = experiment::shape();
    // What stands in [preparation], and changes of [synapse], may stand in a condition as
    // well: its own rows come last.
    let preparation = EXPERIMENTS.replace("[preparation", "[condition");
    explain(&shape, &preparation.replace("[synapse.changes", "[condition.changes"));
    explain(&shape, EXPERIMENTS);
    for parameter in synapse::rules::RULES.iter().flat_map(|rule| rule.parameters.iter()) {
        let unit = if parameter.unit.is_empty() { String::new() } else { format!(", {}", parameter.unit) };
        shape.explain(&format!("synapse.values.{}", parameter.name), &format!("{}{unit}", parameter.meaning));
    }
    shape
}

/// The keys of a study; two of its tables are those of an experiment.
fn study() -> form::Shape {
    let (shape, model) = (StudyFile::shape(), experiment());
    for table in ["protocol", "preparation"] {
        if let Some(own) = model.at(table) {
            shape.put(&format!("fit.{table}"), &own);
        }
    }
    explain(&shape, &RECORDINGS.replace("`[recording", "`[slice.recording"));
    explain(&shape, &RECORDINGS.replace("`[analysis]`", "`[[override]]`"));
    explain(&shape, RECORDINGS);
    // [analysis], [statistics] and [report] are those of an experiment.
    shape.explain_as(&model);
    shape
}
