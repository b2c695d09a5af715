//! One column of a table, as numbers, names or truths.

use crate::fault::Fault;
use recording::table::{Column, Table, TableError};

/// How a missing value is written, in small letters.
const MISSING: [&str; 14] =
    ["", "na", "n/a", "n.a.", "nan", "#n/a", "#na", "<na>", "null", "nil", ".", "-", "–", "missing"];
/// Further ways for names of animals and slices; a group may be called "none".
const NOBODY: [&str; 3] = ["none", "unknown", "?"];

/// Refuses a table in which rows are sweeps.
pub(crate) fn refuse_column_of_sweeps(table: &Table) -> Result<(), Fault> {
    match table.names().find(|name| name.to_lowercase().contains("sweep")) {
        Some(column) => Err(Fault::SweepAsUnit { column: column.to_owned() }),
        None => Ok(()),
    }
}

/// The refusal of a column that is not there.
pub(crate) fn no_column(table: &Table, asked: &str) -> Fault {
    let present = table.names().map(str::to_owned).collect();
    Fault::Table(TableError::NoColumn { asked: asked.to_owned(), present })
}

fn present<'t>(table: &'t Table, name: &str) -> Result<&'t Column, Fault> {
    table.column(name).ok_or_else(|| no_column(table, name))
}

fn is_missing(text: &str) -> bool {
    MISSING.contains(&text.trim().to_lowercase().as_str())
}

/// A column of numbers; a missing value is `None`.
pub(crate) fn numbers(table: &Table, name: &str) -> Result<Vec<Option<f64>>, Fault> {
    let bad = |index: usize, found: String| Fault::NotANumber { column: name.to_owned(), row: index + 1, found };
    match present(table, name)? {
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
                Some(text) if !is_missing(text) => match text.trim().parse::<f64>() {
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

/// A column of names of groups or conditions; a missing value is `None`.
pub(crate) fn labels(table: &Table, name: &str) -> Result<Vec<Option<String>>, Fault> {
    Ok(texts(present(table, name)?).into_iter().map(|text| text.filter(|text| !is_missing(text))).collect())
}

/// A column of names of animals or slices; a missing value is `None`.
pub(crate) fn names(table: &Table, name: &str) -> Result<Vec<Option<String>>, Fault> {
    let known = |text: &String| !NOBODY.contains(&text.to_lowercase().as_str());
    Ok(labels(table, name)?.into_iter().map(|text| text.filter(known)).collect())
}

/// Every row needs a name.
pub(crate) fn required(column: &str, value: Option<&String>, index: usize) -> Result<String, Fault> {
    let gap = || TableError::Gap { column: column.to_owned(), row: index + 1 };
    Ok(value.cloned().ok_or_else(gap)?)
}

/// Cells as trimmed texts.
fn texts(column: &Column) -> Vec<Option<String>> {
    fn written<T: ToString>(values: &[Option<T>]) -> Vec<Option<String>> {
        values.iter().map(|value| value.as_ref().map(|value| value.to_string().trim().to_owned())).collect()
    }
    match column {
        Column::Text(values) => written(values),
        Column::I64(values) => written(values),
        Column::F64(values) => written(values),
        Column::Bool(values) => written(values),
    }
}

/// Which rows a column `included` keeps; `None` without such a column.
pub(crate) fn included(table: &Table) -> Result<Option<(String, Vec<bool>)>, Fault> {
    let Some(name) = table.names().find(|name| name.trim().eq_ignore_ascii_case("included")) else { return Ok(None) };
    let column = name.to_owned();
    let truth = |(index, text): (usize, Option<String>)| {
        let found = text.unwrap_or_default();
        match found.to_lowercase().as_str() {
            "true" | "yes" | "y" | "t" | "1" => Ok(true),
            "false" | "no" | "n" | "f" | "0" => Ok(false),
            _ => Err(Fault::NotATruth { column: column.clone(), row: index + 1, found }),
        }
    };
    let kept = texts(present(table, name)?).into_iter().enumerate().map(truth).collect::<Result<_, _>>()?;
    Ok(Some((column, kept)))
}
