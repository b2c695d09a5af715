//! Rows of results: printed as JSON, as CSV, as a table.

use crate::failure::Failure;
use crate::output::rows as rows_of;
use recording::table::line;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A count.
    Count(u32),
    /// A number.
    Number(f64),
    /// Not applicable.
    Absent,
}

/// One row: named cells in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row(pub Vec<(&'static str, Cell)>);

impl Row {
    /// The row with one more cell.
    pub fn with(mut self, name: &'static str, cell: Cell) -> Self {
        self.0.push((name, cell));
        self
    }

    /// A number by name.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|(column, _)| *column == name).and_then(|(_, cell)| match cell {
            Cell::Number(value) => Some(*value),
            Cell::Count(value) => Some(f64::from(*value)),
            _ => None,
        })
    }

    /// A text by name.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(column, _)| *column == name).map_or("", |(_, cell)| match cell {
            Cell::Text(value) => value,
            _ => "",
        })
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, cell) in &self.0 {
            match cell {
                Cell::Text(value) => map.serialize_entry(name, value)?,
                Cell::Count(value) => map.serialize_entry(name, value)?,
                Cell::Number(value) => map.serialize_entry(name, value)?,
                Cell::Absent => map.serialize_entry(name, &Option::<f64>::None)?,
            }
        }
        map.end()
    }
}

/// All columns, in the order in which rows first have them.
fn columns(rows: &[Row]) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| &row.0) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    names
}

fn cell<'a>(row: &'a Row, name: &str) -> &'a Cell {
    row.0.iter().find(|(column, _)| *column == name).map_or(&Cell::Absent, |(_, cell)| cell)
}

/// Comma-separated, every number with all digits.
pub fn csv(rows: &[Row]) -> String {
    let names = columns(rows);
    let written = |cell: &Cell| match cell {
        Cell::Text(value) => value.clone(),
        Cell::Count(value) => value.to_string(),
        Cell::Number(value) => line::number(Some(*value).filter(|value| value.is_finite())),
        Cell::Absent => String::new(),
    };
    let mut text = line::line(names.iter().copied());
    for row in rows {
        let cells: Vec<String> = names.iter().map(|name| written(cell(row, name))).collect();
        text.push_str(&line::line(cells.iter().map(String::as_str)));
    }
    text
}

/// A table for reading; columns that never apply are left out, numbers have six digits.
pub fn table(rows: &[Row]) -> String {
    let names: Vec<&'static str> =
        columns(rows).into_iter().filter(|name| rows.iter().any(|row| *cell(row, name) != Cell::Absent)).collect();
    let shown = |cell: &Cell| match cell {
        Cell::Text(value) => value.clone(),
        Cell::Count(value) => value.to_string(),
        Cell::Number(value) => rounded(*value),
        Cell::Absent => String::from("–"),
    };
    let mut lines: Vec<Vec<String>> = vec![names.iter().map(|name| (*name).to_owned()).collect()];
    lines.extend(rows.iter().map(|row| names.iter().map(|name| shown(cell(row, name))).collect()));
    rows_of(&lines)
}

/// Six significant digits.
fn rounded(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let magnitude = libm::log10(value.abs()).floor();
    if (-4.0..6.0).contains(&magnitude) {
        let decimals = (5.0 - magnitude).max(0.0) as usize;
        let text = format!("{value:.decimals$}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    } else {
        format!("{value:.5e}")
    }
}

/// Writes a file; an existing one only if asked to.
pub fn write(path: &std::path::Path, text: &str, overwrite: bool) -> Result<(), Failure> {
    if path.exists() && !overwrite {
        return Err(Failure::output(format!("{} exists; --overwrite replaces it", path.display())));
    }
    recording::atomic::write(path, text.as_bytes()).map_err(|fault| Failure::output(fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_digits_and_their_order() {
        let row = Row::default()
            .with("set", Cell::Text("D\"P, x".into()))
            .with("n", Cell::Count(60))
            .with("ratio", Cell::Number(1.0 / 3.0))
            .with("dt_ms", Cell::Absent);
        assert_eq!(csv(std::slice::from_ref(&row)), "set,n,ratio,dt_ms\n\"D\"\"P, x\",60,0.3333333333333333,\n");
        let json = serde_json::to_string(&row).unwrap();
        assert_eq!(json, "{\"set\":\"D\\\"P, x\",\"n\":60,\"ratio\":0.3333333333333333,\"dt_ms\":null}");
        assert!(!table(&[row]).contains("dt_ms"));
    }

    #[test]
    fn tables_show_six_digits() {
        for (value, text) in [(0.85142001, "0.85142"), (1.0, "1"), (300.0, "300"), (1e-9, "1.00000e-9"), (0.0, "0")] {
            assert_eq!(rounded(value), text);
        }
    }
}
