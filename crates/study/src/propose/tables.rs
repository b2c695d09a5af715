//! Tables of time courses in a proposal: wide or long, recordings or means of groups.

use crate::propose::names;
use crate::propose::words::{quoted, relative};
use exchange::{LongColumns, Scale, TimeCourseTable};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A table with its form.
pub(super) struct FoundTable {
    /// The file.
    pub path: PathBuf,
    /// Its time courses.
    pub table: TimeCourseTable,
    /// The columns of a long form, with the unit of time stated.
    long: Option<LongColumns>,
    /// Whether that unit is a guess.
    guessed_unit: bool,
}

impl FoundTable {
    /// Opens a table in either form; `None` for anything else.
    pub fn open(path: &Path) -> Option<Self> {
        if let Ok(Some(mut columns)) = LongColumns::look(path) {
            let guessed_unit = columns.time_unit.is_none();
            if guessed_unit {
                columns.time_unit = columns.likely_time_unit(path).ok().map(str::to_owned);
            }
            if let Ok(table) = TimeCourseTable::open_long(path, &columns) {
                return Some(Self { path: path.to_owned(), table, long: Some(columns), guessed_unit });
            }
        }
        let table = TimeCourseTable::open(path).ok()?;
        Some(Self { path: path.to_owned(), table, long: None, guessed_unit: false })
    }

    /// Whether the values are means of groups.
    pub fn is_of_means(&self) -> bool {
        self.long.as_ref().is_some_and(|columns| columns.error.is_some())
    }

    /// Conditions: each mean of a group is one, else the table by its name.
    pub fn conditions(&self) -> Vec<String> {
        if self.is_of_means() {
            self.table.courses.iter().map(|course| course.name.clone()).collect()
        } else {
            vec![names::table_condition(&self.path)]
        }
    }

    /// First of the times within the last ten minutes, min: a window of ten minutes
    /// of values, not of ten and one. `None` for a table that ends earlier.
    pub fn last_ten_min(&self) -> Option<f64> {
        let end = self.table.times_s.last()?;
        self.table.times_s.iter().find(|time| **time > end - 600.0 + 1e-6).map(|time| time / 60.0).filter(|t| *t > 0.0)
    }
}

/// The `[[table]]` entries of a table.
pub(super) fn write(page: &mut String, folder: &Path, found: &FoundTable) {
    let conditions = found.conditions();
    for condition in &conditions {
        let _ = writeln!(page, "[[table]]\nfile = {}", relative(folder, &found.path));
        let _ = writeln!(page, "condition = {}      # review", quoted(condition));
        if let Some(columns) = &found.long {
            write_form(page, columns, found.guessed_unit);
        }
        let scale = match found.table.scale() {
            Some(Scale::Ratio) => "ratio to baseline",
            Some(Scale::Percent) => "% of baseline",
            _ => "mV/ms",
        };
        let _ = writeln!(page, "unit = {}      # review", quoted(scale));
        if found.is_of_means() {
            let _ = writeln!(page, "columns = [{}]", quoted(condition));
            let _ = writeln!(
                page,
                "# These are means of groups, not recordings: n = 1 for each. Percent change is computed, no\n\
                 # comparison between groups is possible.\n"
            );
        } else {
            let n = found.table.courses.len();
            let _ =
                writeln!(page, "# animals = [...]     # {n} recordings; without this line each is its own animal\n");
        }
    }
}

fn write_form(page: &mut String, columns: &LongColumns, guessed_unit: bool) {
    if let Some(time) = &columns.time {
        let _ = writeln!(page, "time = {}", quoted(time));
    }
    if let Some(unit) = &columns.time_unit {
        let remark = if guessed_unit { "      # review: the table does not say it" } else { "" };
        let _ = writeln!(page, "time_unit = {}{remark}", quoted(unit));
    }
    let titles: Vec<String> = columns.recording.iter().map(|title| quoted(title)).collect();
    let _ = match titles.as_slice() {
        [one] => writeln!(page, "recording = {one}      # review: a row for each time of each"),
        _ => writeln!(page, "recording = [{}]      # review: together they name it", titles.join(", ")),
    };
    let _ = writeln!(page, "value = {}      # review", quoted(&columns.value));
    if let Some(error) = &columns.error {
        let _ = writeln!(page, "error = {}      # review: standard errors", quoted(error));
    }
}

/// Conditions in their order, each once.
pub(super) fn once(conditions: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    conditions.filter(|name| seen.insert(name.clone())).collect()
}
