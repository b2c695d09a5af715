//! The table of a user: which columns are what, and what is one unit.

use super::arguments::{Stats, Unit};
use super::fault::StatsFault;
use recording::table::{Column, Table, TableError};
use std::collections::BTreeMap;

/// Which columns a method reads.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Numbers of columns of the group.
    pub groups: usize,
    /// Numbers of columns of the dose.
    pub doses: usize,
    /// Whether a condition or time within the unit is needed.
    pub within: bool,
}

impl Wanted {
    /// A response in groups.
    pub const GROUPS: Wanted = Wanted { groups: 1, doses: 0, within: false };
    /// A response only.
    pub const RESPONSE: Wanted = Wanted { groups: 0, doses: 0, within: false };
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Row, from 1, without the header.
    pub row: usize,
    /// Responses.
    pub values: Vec<f64>,
    /// Groups, one of each factor.
    pub groups: Vec<String>,
    /// Doses.
    pub doses: Vec<f64>,
    /// Condition or time within the unit.
    pub within: Option<String>,
    /// The animal.
    pub animal: Option<String>,
    /// The slice.
    pub slice: Option<String>,
}

/// The rows of a table with the names of their columns.
#[derive(Debug, Clone)]
pub struct Data {
    /// The rows.
    pub records: Vec<Record>,
    /// Columns of the responses.
    pub response: Vec<String>,
    /// Columns of the groups.
    pub group: Vec<String>,
    /// Columns of the doses.
    pub dose: Vec<String>,
    /// Column of the condition within.
    pub within: String,
    /// Column of the animal.
    pub animal: Option<String>,
    /// Column of the slice.
    pub slice: Option<String>,
    /// The unit; `None` is the row.
    pub unit: Option<Unit>,
    /// Rows left out for want of a response.
    pub dropped: usize,
}

impl Data {
    /// Reads the columns that are wanted.
    pub fn new(table: &Table, arguments: &Stats, wanted: Wanted) -> Result<Data, StatsFault> {
        let present = |name: &str| table.column(name).is_some();
        let default = |names: &[&str]| names.iter().find(|name| present(name)).map(|name| (*name).to_owned());
        let known = |name: &Option<String>, standard: &str| name.clone().or_else(|| default(&[standard]));
        if arguments.reference.is_some() && wanted.groups != 1 {
            return Err(usage("--reference names a group of one column of groups; there is none here"));
        }
        let mut response = arguments.response.clone();
        if response.is_empty() {
            let column = default(&["response", "y"]);
            response.push(column.ok_or_else(|| usage("name the column of the response with --response"))?);
        }
        let listed = |given: &[String], standard: &str, count: usize| match (given.len(), count) {
            (_, 0) => Ok(Vec::new()),
            (0, 1) => Ok(vec![standard.to_owned()]),
            (given_count, _) if given_count == count => Ok(given.to_vec()),
            _ => Err(usage(&format!("--{standard} takes {count} column(s) here, separated by a comma"))),
        };
        let group = listed(&arguments.group, "group", wanted.groups)?;
        let dose = listed(&arguments.dose, "dose", wanted.doses)?;
        let within = match (&arguments.within, wanted.within) {
            (Some(name), true) => name.clone(),
            (None, true) => return Err(usage("name the column of the condition or time with --within")),
            _ => String::new(),
        };
        let (animal, slice) = (known(&arguments.animal, "animal"), known(&arguments.slice, "slice"));
        for column in [&animal, &slice].into_iter().flatten() {
            if column.to_lowercase().contains("sweep") {
                return Err(StatsFault::SweepAsUnit { column: column.clone() });
            }
        }
        let unit = match (arguments.unit, &animal, &slice) {
            (Some(Unit::Animal) | None, Some(_), _) => Some(Unit::Animal),
            (Some(Unit::Slice), _, Some(_)) | (None, None, Some(_)) => Some(Unit::Slice),
            (None, None, None) => None,
            (Some(Unit::Animal), ..) => return Err(no_column(table, "animal")),
            (Some(Unit::Slice), ..) => return Err(no_column(table, "slice")),
        };
        if slice.is_none() && unit != Some(Unit::Animal) {
            refuse_column_of_sweeps(table)?;
        }

        let values = response.iter().map(|name| numbers(table, name)).collect::<Result<Vec<_>, _>>()?;
        let groups = group.iter().map(|name| labels(table, name)).collect::<Result<Vec<_>, _>>()?;
        let doses = dose.iter().map(|name| numbers(table, name)).collect::<Result<Vec<_>, _>>()?;
        let optional = |name: Option<&String>| name.map(|name| labels(table, name)).transpose();
        let (animals, slices) = (optional(animal.as_ref())?, optional(slice.as_ref())?);
        let withins = optional(wanted.within.then_some(&within))?;
        let mut records = Vec::with_capacity(table.rows());
        let mut dropped = 0;
        'rows: for index in 0..table.rows() {
            let row = index + 1;
            let mut own = Vec::with_capacity(values.len());
            for (column, name) in values.iter().zip(&response) {
                match column[index] {
                    Some(value) => own.push(value),
                    None if arguments.drop_missing => {
                        dropped += 1;
                        continue 'rows;
                    }
                    None => return Err(StatsFault::NoResponse { column: name.clone(), row }),
                }
            }
            let gap = |column: &str| StatsFault::Table(TableError::Gap { column: column.to_owned(), row });
            let doses = doses.iter().zip(&dose).map(|(column, name)| column[index].ok_or_else(|| gap(name)));
            records.push(Record {
                row,
                values: own,
                groups: groups.iter().map(|column| column[index].clone()).collect(),
                doses: doses.collect::<Result<_, _>>()?,
                within: withins.as_ref().map(|column| column[index].clone()),
                animal: animals.as_ref().map(|column| column[index].clone()),
                slice: slices.as_ref().map(|column| column[index].clone()),
            });
        }
        if records.is_empty() {
            return Err(StatsFault::Empty { column: response[0].clone() });
        }
        let data = Data { records, response, group, dose, within, animal, slice, unit, dropped };
        data.refuse_sweeps()?;
        Ok(data)
    }

    /// Refuses a slice with several rows under the same conditions.
    fn refuse_sweeps(&self) -> Result<(), StatsFault> {
        let Some(column) = &self.slice else { return Ok(()) };
        let mut seen = BTreeMap::new();
        for record in &self.records {
            let doses: Vec<u64> = record.doses.iter().map(|dose| dose.to_bits()).collect();
            let key = (&record.animal, &record.slice, &record.groups, doses, &record.within);
            if let Some(first) = seen.insert(key, record.row) {
                let slice = record.slice.clone().unwrap_or_default();
                return Err(StatsFault::SliceTwice { column: column.clone(), row: record.row, slice, first });
            }
        }
        Ok(())
    }
}

/// Refuses a table in which rows are sweeps.
pub fn refuse_column_of_sweeps(table: &Table) -> Result<(), StatsFault> {
    match table.names().find(|name| name.to_lowercase().contains("sweep")) {
        Some(column) => Err(StatsFault::SweepAsUnit { column: column.to_owned() }),
        None => Ok(()),
    }
}

/// A mistake on the command line.
pub fn usage(message: &str) -> StatsFault {
    StatsFault::Usage(message.to_owned())
}

fn no_column(table: &Table, asked: &str) -> StatsFault {
    let present = table.names().map(str::to_owned).collect();
    StatsFault::Table(TableError::NoColumn { asked: asked.to_owned(), present })
}

/// A column of numbers; a missing value is `None`.
pub fn numbers(table: &Table, name: &str) -> Result<Vec<Option<f64>>, StatsFault> {
    let bad = |index: usize, found: String| StatsFault::NotANumber { column: name.to_owned(), row: index + 1, found };
    let missing = |text: &str| ["", "NA", "NaN", "nan", "#N/A"].contains(&text.trim());
    match table.column(name).ok_or_else(|| no_column(table, name))? {
        Column::I64(values) => Ok(values.iter().map(|value| value.map(|value| value as f64)).collect()),
        Column::F64(values) => {
            let read = |(index, value): (usize, &Option<f64>)| match value {
                Some(value) if value.is_infinite() => Err(bad(index, value.to_string())),
                other => Ok(other.filter(|value| !value.is_nan())),
            };
            values.iter().enumerate().map(read).collect()
        }
        Column::Text(values) => {
            let read = |(index, value): (usize, &Option<String>)| match value.as_deref() {
                Some(text) if !missing(text) => match text.trim().parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(Some(number)),
                    _ => Err(bad(index, text.to_owned())),
                },
                _ => Ok(None),
            };
            values.iter().enumerate().map(read).collect()
        }
        Column::Bool(values) => {
            let found = values.first().copied().flatten().unwrap_or_default().to_string();
            Err(bad(0, found))
        }
    }
}

/// A column of names; each row needs one.
fn labels(table: &Table, name: &str) -> Result<Vec<String>, StatsFault> {
    let texts: Vec<Option<String>> = match table.column(name).ok_or_else(|| no_column(table, name))? {
        Column::Text(values) => values.clone(),
        Column::I64(values) => values.iter().map(|value| value.map(|value| value.to_string())).collect(),
        Column::F64(values) => values.iter().map(|value| value.map(|value| value.to_string())).collect(),
        Column::Bool(values) => values.iter().map(|value| value.map(|value| value.to_string())).collect(),
    };
    let gap = |index: usize| TableError::Gap { column: name.to_owned(), row: index + 1 };
    texts.into_iter().enumerate().map(|(index, text)| Ok(text.ok_or_else(|| gap(index))?)).collect()
}
