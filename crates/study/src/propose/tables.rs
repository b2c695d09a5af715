//! Tables of time courses in a proposal: wide or long, recordings or means of groups.

use crate::propose::names;
use crate::propose::words::{self, quoted, relative};
use crate::recordings::table::CHANGE;
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
    /// Condition by the name of the file.
    pub condition: String,
    /// Conditions by columns of a long form: its name with the rows that have it.
    groups: Vec<Part>,
}

/// The rows of a long table that are one condition.
struct Part {
    condition: String,
    rows: Vec<(String, String)>,
    table: TimeCourseTable,
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
                let groups = if columns.error.is_some() { Vec::new() } else { groups(path, &mut columns) };
                let condition = names::table_condition(path);
                let table =
                    if columns.animal.is_some() { TimeCourseTable::open_long(path, &columns).ok()? } else { table };
                return Some(Self {
                    path: path.to_owned(),
                    table,
                    long: Some(columns),
                    guessed_unit,
                    condition,
                    groups,
                });
            }
        }
        let table = TimeCourseTable::open(path).ok()?;
        let condition = names::table_condition(path);
        Some(Self { path: path.to_owned(), table, long: None, guessed_unit: false, condition, groups: Vec::new() })
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
            let by_rows: Vec<String> = self.groups.iter().map(|part| part.condition.clone()).collect();
            if by_rows.is_empty() { vec![self.condition.clone()] } else { by_rows }
        }
    }

    /// The time courses, by condition.
    fn courses(&self) -> Vec<(String, &TimeCourseTable)> {
        if self.groups.is_empty() {
            return vec![(self.condition.clone(), &self.table)];
        }
        self.groups.iter().map(|part| (part.condition.clone(), &part.table)).collect()
    }

    /// Minutes before and after time 0 that each condition has.
    pub fn spans_min(&self) -> Vec<[f64; 2]> {
        let span = |(_, table): (String, &TimeCourseTable)| {
            let [first, last] = [table.times_s.first(), table.times_s.last()].map(|time| time.copied().unwrap_or(0.0));
            [-first / 60.0, last / 60.0]
        };
        self.courses().into_iter().map(span).collect()
    }

    /// Animals that the table names, with the condition of each recording.
    pub fn animals(&self) -> Vec<(String, String)> {
        let of = |(condition, table): (String, &TimeCourseTable)| -> Vec<(String, String)> {
            let named = table.courses.iter().filter_map(|course| course.animal.clone());
            named.map(|animal| (animal, condition.clone())).collect()
        };
        self.courses().into_iter().flat_map(of).collect()
    }

    /// Whether all values are relative to the baseline.
    pub fn is_normalised(&self) -> bool {
        let relative = |scale| matches!(scale, Some(Scale::Ratio | Scale::Percent | Scale::Change));
        self.courses().into_iter().all(|(_, table)| relative(table.scale()))
    }

    /// Recordings whose least-squares line over the baseline moves by more than so many
    /// per cent of its mean, and all recordings.
    pub fn drifting(&self, percent: f64) -> (usize, usize) {
        let drifts = |table: &TimeCourseTable, values: &[Option<f64>]| {
            let level = if table.scale() == Some(Scale::Change) { 100.0 } else { 0.0 };
            let points: Vec<(f64, f64)> = (table.times_s.iter().zip(values))
                .filter_map(|(time, value)| value.map(|value| (*time, value + level)))
                .filter(|(time, _)| *time < 0.0)
                .collect();
            let n = points.len() as f64;
            let (mt, mv) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
            let stv: f64 = points.iter().map(|p| (p.0 - mt) * (p.1 - mv)).sum();
            let stt: f64 = points.iter().map(|p| (p.0 - mt) * (p.0 - mt)).sum();
            let span = points.last().map_or(0.0, |last| last.0) - points.first().map_or(0.0, |first| first.0);
            (100.0 * stv / stt * span / mv).abs() > percent
        };
        let each = |table: &TimeCourseTable| table.courses.iter().filter(|c| drifts(table, &c.values)).count();
        let tables = self.courses();
        (tables.iter().map(|(_, table)| each(table)).sum(), tables.iter().map(|(_, table)| table.courses.len()).sum())
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
    if !found.groups.is_empty() {
        for part in &found.groups {
            write_part(page, folder, found, part);
        }
        return;
    }
    for condition in &found.conditions() {
        let _ = writeln!(page, "[[table]]\nfile = {}", relative(folder, &found.path));
        let why = if found.is_of_means() { "by its column" } else { "by the name of the file" };
        let _ = writeln!(page, "condition = {}      # review: {why}", quoted(&words::name(condition)));
        if let Some(columns) = &found.long {
            write_form(page, columns, found.guessed_unit);
        }
        write_unit(page, &found.table);
        if found.is_of_means() {
            let _ = writeln!(page, "columns = [{}]", quoted(condition));
            let _ = writeln!(
                page,
                "# These are means of groups, not recordings: n = 1 for each. Percent change is computed, no\n\
                 # comparison between groups is possible.\n"
            );
        } else if found.long.as_ref().is_none_or(|columns| columns.animal.is_none()) {
            let n = found.table.courses.len();
            let _ =
                writeln!(page, "# animals = [...]     # {n} recordings; without this line each is its own animal\n");
        } else {
            page.push('\n');
        }
    }
}

/// The rows of one condition of a long table.
fn write_part(page: &mut String, folder: &Path, found: &FoundTable, part: &Part) {
    let _ = writeln!(page, "[[table]]\nfile = {}", relative(folder, &found.path));
    let rows: Vec<String> =
        part.rows.iter().map(|(title, text)| format!("{} = {}", key(title), quoted(text))).collect();
    let _ = writeln!(page, "condition = {}      # review: by these rows", quoted(&words::name(&part.condition)));
    let _ = writeln!(page, "where = {{ {} }}", rows.join(", "));
    if let Some(columns) = &found.long {
        write_form(page, columns, found.guessed_unit);
    }
    write_unit(page, &part.table);
    let n = part.table.courses.len();
    let none = found.long.as_ref().is_none_or(|columns| columns.animal.is_none());
    let said = if none { "no column names the animal: each recording is its own" } else { "animals by their column" };
    let _ = writeln!(page, "# {n} recordings; {said}\n");
}

/// A title as a key of TOML.
fn key(title: &str) -> String {
    let bare = !title.is_empty() && title.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare { title.to_owned() } else { quoted(title) }
}

fn write_unit(page: &mut String, table: &TimeCourseTable) {
    let stated = table.courses.iter().find_map(|course| course.unit.clone()).filter(|unit| unit != "%");
    let (unit, why) = match (table.scale(), stated) {
        (Some(Scale::Ratio), _) => ("ratio to baseline".to_owned(), "values before 0 are about 1"),
        (Some(Scale::Percent), _) => ("% of baseline".to_owned(), "values before 0 are about 100"),
        (Some(Scale::Change), _) => (CHANGE.to_owned(), "values before 0 are about 0: 0 is no change"),
        (_, Some(unit)) => (unit, "by the title"),
        _ => ("mV/ms".to_owned(), "the table does not say it"),
    };
    let _ = writeln!(page, "unit = {}      # review: {why}", quoted(&unit));
    if table.times_s.first().is_some_and(|first| *first >= 0.0) {
        let _ = writeln!(page, "# induction = \"20 min\"      # no time is below 0: state when it was in the table");
    }
}

/// Titles of columns that tell conditions apart, in lower case.
const GROUPS: [&str; 14] = [
    "group",
    "condition",
    "treatment",
    "genotype",
    "drug",
    "synapse",
    "pathway",
    "sex",
    "strain",
    "dose",
    "compound",
    "cohort",
    "arm",
    "stimulation",
];
/// Titles of columns that name the animal, in lower case.
const ANIMALS: [&str; 10] =
    ["animal", "animal_id", "animal id", "mouse", "mouse_id", "rat", "rat_id", "subject", "subject_id", "donor"];
/// Most conditions that are proposed of one table.
const MOST: usize = 24;

/// Conditions of a long table by its columns of groups; sets the column of animals.
fn groups(path: &Path, columns: &mut LongColumns) -> Vec<Part> {
    let Ok(sheet) = exchange::read_table(path) else { return Vec::new() };
    let table = &sheet.table;
    let titled = |known: &[&str]| -> Vec<String> {
        let titles = table.names().filter(|title| known.contains(&title.to_lowercase().as_str()));
        titles.filter(|title| columns.value != *title).map(str::to_owned).collect()
    };
    let (animals, by) = (titled(&ANIMALS), titled(&GROUPS));
    columns.animal = animals.into_iter().next();
    let texts: Vec<(String, Vec<String>)> =
        by.into_iter().filter_map(|title| table.texts(&title).ok().map(|texts| (title, texts))).collect();
    // A column that says the same in each row tells nothing apart.
    let telling: Vec<&(String, Vec<String>)> =
        texts.iter().filter(|(_, texts)| texts.iter().any(|text| *text != texts[0])).collect();
    let mut combined: Vec<Vec<(String, String)>> = Vec::new();
    for row in 0..table.rows() {
        let one: Vec<(String, String)> =
            telling.iter().map(|(title, texts)| (title.clone(), texts[row].clone())).collect();
        if !combined.contains(&one) && combined.len() <= MOST {
            combined.push(one);
        }
    }
    if telling.is_empty() || combined.len() > MOST || combined.iter().flatten().any(|(_, text)| text.is_empty()) {
        return Vec::new();
    }
    let part = |rows: Vec<(String, String)>| {
        let own = LongColumns { rows: rows.clone(), ..columns.clone() };
        let table = TimeCourseTable::open_long(path, &own).ok()?;
        let words: Vec<&str> = rows.iter().map(|(_, text)| text.as_str()).collect();
        let condition = match words[..] {
            [one] if names::is_control(one) => "control".to_owned(),
            _ => words.join(" "),
        };
        Some(Part { condition, rows, table })
    };
    combined.into_iter().map(part).collect::<Option<Vec<Part>>>().unwrap_or_default()
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
    if let Some(animal) = &columns.animal {
        let _ = writeln!(page, "animal = {}      # review: by its title", quoted(animal));
    }
    if let Some(error) = &columns.error {
        let _ = writeln!(page, "error = {}      # review: standard errors", quoted(error));
    }
}

/// Conditions in their order, each once.
pub(super) fn once(conditions: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    conditions.filter(|name| seen.insert(name.clone())).collect()
}
