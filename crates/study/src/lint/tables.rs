//! The time courses of a table, whatever its shape.

use exchange::{TimeCourse, TimeCourseTable};
use recording::table::{Column, Table};
use std::path::{Path, PathBuf};

/// A time course of a table, whatever its shape.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    /// The file.
    pub file: PathBuf,
    /// Name of the recording, with the texts that tell its rows apart.
    pub name: String,
    /// Title of the column.
    pub title: String,
    /// Minutes; row numbers if the table has no time.
    pub time: Vec<f64>,
    /// The values; NaN where there is none.
    pub value: Vec<f64>,
    /// Whether `time` is a time.
    pub timed: bool,
}

/// The time courses of a table: wide with a column of times, long with columns
/// of names, or without times; `None` if it is no table with numbers.
pub(super) fn courses_of(path: &Path) -> Option<Vec<Course>> {
    let course = |name: String, title: &str, time: Vec<f64>, value: Vec<f64>, timed| Course {
        file: path.to_owned(),
        name,
        title: title.to_owned(),
        time,
        value,
        timed,
    };
    if let Ok(table) = TimeCourseTable::open(path) {
        let time: Vec<f64> = table.times_s.iter().map(|time| (time / 60.0 * 1e9).round() / 1e9).collect();
        let of = |c: &TimeCourse| {
            let value = c.values.iter().map(|v| v.unwrap_or(f64::NAN)).collect();
            course(c.name.clone(), &c.name, time.clone(), value, true)
        };
        return Some(table.courses.iter().map(of).collect());
    }
    let table = exchange::read_table(path).ok()?.table;
    let numbers: Vec<&str> =
        table.columns().filter(|(_, c)| matches!(c, Column::F64(_) | Column::I64(_))).map(|(name, _)| name).collect();
    let names: Vec<&str> =
        table.columns().filter(|(_, c)| matches!(c, Column::Text(_))).map(|(name, _)| name).collect();
    let time = numbers.iter().position(|name| name.to_lowercase().starts_with("time"));
    let groups = groups(&table, &names);
    let mut courses = Vec::new();
    for (label, rows) in groups {
        let times: Option<Vec<f64>> = time.and_then(|k| values(&table, numbers[k], &rows));
        for (_, name) in numbers.iter().enumerate().filter(|(k, _)| Some(*k) != time) {
            let value = values(&table, name, &rows)?;
            // Running numbers are no measurement.
            if matches!(table.column(name), Some(Column::I64(_))) {
                continue;
            }
            let title = if label.is_empty() { (*name).to_owned() } else { format!("{label} {name}") };
            let counted = || (0..rows.len()).map(|row| row as f64).collect();
            courses.push(course(title, name, times.clone().unwrap_or_else(counted), value, false));
        }
    }
    (!courses.is_empty()).then_some(courses)
}

/// Rows of a table by the texts in them, in the order of the first row of each.
fn groups(table: &Table, names: &[&str]) -> Vec<(String, Vec<usize>)> {
    let texts: Vec<Vec<String>> = names.iter().filter_map(|name| table.texts(name).ok()).collect();
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for row in 0..table.rows() {
        let label = texts.iter().map(|column| column[row].as_str()).collect::<Vec<_>>().join(" ");
        match groups.iter_mut().rev().find(|(known, _)| *known == label) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((label, vec![row])),
        }
    }
    groups
}

fn values(table: &Table, name: &str, rows: &[usize]) -> Option<Vec<f64>> {
    let column = table.numbers(name).ok()?;
    Some(rows.iter().map(|row| column[*row].unwrap_or(f64::NAN)).collect())
}
