//! What can be wrong with a table, or with the way it is to be read. Texts name
//! parts of the question as the command line does (`--animal`).

use crate::words::{counted, in_animals};
use recording::table::TableError;
use statistics::StatisticsError;

/// A refusal with the column and the row (from 1, without the header).
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A cell that should be a number.
    #[error("column \"{column}\", row {row}: \"{found}\" is not a finite number")]
    NotANumber {
        /// The column.
        column: String,
        /// The row.
        row: usize,
        /// The cell.
        found: String,
    },
    /// A p value that is none.
    #[error("column \"{column}\", row {row}: {value} is no p value: expected 0 to 1")]
    NotAProbability {
        /// The column.
        column: String,
        /// The row.
        row: usize,
        /// The value.
        value: f64,
    },
    /// A cell without a response.
    #[error("column \"{column}\" has no value in row {row}; --drop-missing leaves such rows out and counts them")]
    NoResponse {
        /// The column.
        column: String,
        /// The row.
        row: usize,
    },
    /// A column that names sweeps is to be the unit.
    #[error(
        "column \"{column}\" names sweeps: sweeps of one slice are repeated measurements, not independent values; average them and name the animal (--animal) or the slice (--slice)"
    )]
    SweepAsUnit {
        /// The column.
        column: String,
    },
    /// A slice that occurs more than once.
    #[error(
        "column \"{column}\", row {row}: slice \"{slice}\" already stands in row {first}; several rows of one slice are sweeps, not independent values: average them first"
    )]
    SliceTwice {
        /// Column of the slice.
        column: String,
        /// The row.
        row: usize,
        /// The slice.
        slice: String,
        /// Row of its first appearance.
        first: usize,
    },
    /// An animal in two groups where one is needed.
    #[error(
        "column \"{column}\", row {row}: animal \"{animal}\" is in the groups \"{first}\" and \"{second}\"; this method compares different animals (if it is the same animal, use paired, rm-anova or mixed; if names restart in each group, say --design between-animals)"
    )]
    AnimalInTwoGroups {
        /// Column of the animal.
        column: String,
        /// The row.
        row: usize,
        /// The animal.
        animal: String,
        /// The group met first.
        first: String,
        /// The group met later.
        second: String,
    },
    /// Animals of the same name under several groups, which may be the same or not.
    #[error("{}", unclear(column, shared, *animals, groups, *numbered))]
    DesignUnclear {
        /// Column of the animal.
        column: String,
        /// Names that occur under several groups.
        shared: Vec<String>,
        /// Number of names in all.
        animals: usize,
        /// The groups.
        groups: Vec<String>,
        /// The names are plain numbers.
        numbered: bool,
    },
    /// The same animals are to be compared, and there are none.
    #[error(
        "column \"{column}\": no animal occurs under more than one {group}; with --design within-animal the same animals stand under several"
    )]
    NoSharedAnimal {
        /// Column of the animal.
        column: String,
        /// Column of the group.
        group: String,
    },
    /// A dose below zero.
    #[error(
        "column \"{column}\", row {row}: the dose {value} is negative; give doses or concentrations, not their logarithms"
    )]
    NegativeDose {
        /// The column.
        column: String,
        /// The row.
        row: usize,
        /// The dose.
        value: f64,
    },
    /// An effect that is no fraction.
    #[error(
        "column \"{column}\", row {row}: the effect {value} is no fraction of the full effect; divide percent by 100"
    )]
    NotAFraction {
        /// The column.
        column: String,
        /// The row.
        row: usize,
        /// The effect.
        value: f64,
    },
    /// A cell that should be true or false.
    #[error("column \"{column}\", row {row}: \"{found}\" is neither true nor false")]
    NotATruth {
        /// The column.
        column: String,
        /// The row.
        row: usize,
        /// The cell.
        found: String,
    },
    /// A number of groups that the method cannot use.
    #[error("column \"{column}\" holds {} ({}): {method} needs {needed}", counted(*found, "group"), levels.join(", "))]
    Groups {
        /// The column.
        column: String,
        /// How many there are.
        found: usize,
        /// Their names.
        levels: Vec<String>,
        /// The method.
        method: &'static str,
        /// What it needs.
        needed: &'static str,
    },
    /// A group with too few units.
    #[error("column \"{column}\": group \"{group}\" has {}: {method} needs at least two in every group", counted(*found, unit))]
    FewUnits {
        /// The column.
        column: String,
        /// The group.
        group: String,
        /// Units found.
        found: usize,
        /// What a unit is.
        unit: &'static str,
        /// The method.
        method: &'static str,
    },
    /// Too few pairs, or values of one sample.
    #[error("column \"{column}\" has {}: {method} needs at least two", counted(*found, unit))]
    FewPairs {
        /// The column.
        column: String,
        /// Units found.
        found: usize,
        /// What a unit is.
        unit: &'static str,
        /// The method.
        method: &'static str,
    },
    /// A reference that is no group.
    #[error("column \"{column}\" has no group \"{asked}\"; the groups are {}", levels.join(", "))]
    NoReference {
        /// The column.
        column: String,
        /// The name asked for.
        asked: String,
        /// The groups.
        levels: Vec<String>,
    },
    /// A unit that lacks a value another one has.
    #[error("column \"{column}\": {unit} has {} under \"{condition}\"; one is needed", counted(*found, "value"))]
    Incomplete {
        /// The column of the condition.
        column: String,
        /// The unit.
        unit: String,
        /// The condition.
        condition: String,
        /// Values found.
        found: usize,
    },
    /// No row is left.
    #[error("column \"{column}\" has no value at all")]
    Empty {
        /// The column.
        column: String,
    },
    /// The method refuses the numbers.
    #[error("{method} of column \"{column}\"{context}: {}", in_animals(source))]
    Refused {
        /// The method.
        method: &'static str,
        /// The response.
        column: String,
        /// The groups in their order.
        context: String,
        /// Why.
        source: Box<StatisticsError>,
    },
    /// The question lacks something that its method needs, or contradicts itself:
    /// the table is not to blame.
    #[error("{0}")]
    Question(String),
}

/// What is asked where the same names stand under several groups.
fn unclear(column: &str, shared: &[String], animals: usize, groups: &[String], numbered: bool) -> String {
    const MOST: usize = 5;
    let some = |names: &[String]| {
        let more = if names.len() > MOST { ", …" } else { "" };
        format!("{}{more}", names[..names.len().min(MOST)].join(", "))
    };
    let others = match animals - shared.len() {
        0 => String::new(),
        1 => ", 1 other animal under one only".to_owned(),
        n => format!(", {n} other animals under one only"),
    };
    let kind = if numbered { "the numbers " } else { "" };
    let verb = if shared.len() == 1 && !numbered { "occurs" } else { "occur" };
    format!(
        "column \"{column}\": {kind}{} {verb} under several of the groups {}{others}. Say whether these are the same \
         animals (--design within-animal) or different animals whose names restart in each group (--design \
         between-animals)",
        some(shared),
        some(groups)
    )
}

impl Fault {
    /// A fault of the question itself.
    pub(crate) fn asked(message: impl Into<String>) -> Fault {
        Fault::Question(message.into())
    }
}
