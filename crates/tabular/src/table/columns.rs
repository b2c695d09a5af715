//! One column of a table, as numbers or as names.

use crate::fault::Fault;
use recording::table::{Column, Table, TableError};

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

/// A column of numbers; a missing value is `None`.
pub(crate) fn numbers(table: &Table, name: &str) -> Result<Vec<Option<f64>>, Fault> {
    let bad = |index: usize, found: String| Fault::NotANumber { column: name.to_owned(), row: index + 1, found };
    let missing = |text: &str| ["", "NA", "NaN", "nan", "#N/A"].contains(&text.trim());
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
pub(crate) fn labels(table: &Table, name: &str) -> Result<Vec<String>, Fault> {
    let texts: Vec<Option<String>> = match present(table, name)? {
        Column::Text(values) => values.clone(),
        Column::I64(values) => values.iter().map(|value| value.map(|value| value.to_string())).collect(),
        Column::F64(values) => values.iter().map(|value| value.map(|value| value.to_string())).collect(),
        Column::Bool(values) => values.iter().map(|value| value.map(|value| value.to_string())).collect(),
    };
    let gap = |index: usize| TableError::Gap { column: name.to_owned(), row: index + 1 };
    texts.into_iter().enumerate().map(|(index, text)| Ok(text.ok_or_else(|| gap(index))?)).collect()
}
