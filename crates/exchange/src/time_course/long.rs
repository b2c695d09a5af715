//! Time courses in long form: a row for each time of each recording, a column that
//! names the recording, one of values and perhaps one of their standard errors.

use crate::error::exchange::ExchangeError;
use crate::heading::Heading;
use crate::open::kind::read_table;
use crate::time_course::clock;
use crate::time_course::kinds::TimeCourse;
use crate::time_course::wide::TimeCourseTable;
use recording::table::{Column, Table};
use std::path::Path;

/// Titles of columns of standard errors or deviations, in lower case.
const ERRORS: [&str; 10] =
    ["se", "sem", "s.e.", "s.e.m.", "sd", "s.d.", "stderr", "std_err", "standard error", "standard deviation"];
/// Titles that name a recording, in lower case, though their cells may be numbers.
const RECORDINGS: [&str; 14] = [
    "recording",
    "recording_id",
    "slice",
    "slice_id",
    "cell",
    "cell_id",
    "experiment",
    "id",
    "animal",
    "animal_id",
    "mouse",
    "rat",
    "group",
    "condition",
];
/// Usual times of an experiment on slices do not reach this number if they are minutes.
const MOST_MINUTES: f64 = 600.0;

/// Which columns of a long table are what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LongColumns {
    /// Column of times; the first titled `time` if not given.
    pub time: Option<String>,
    /// Unit of the times, if the title does not say it.
    pub time_unit: Option<String>,
    /// Columns whose texts name the recording of a row, together.
    pub recording: Vec<String>,
    /// Column of the values.
    pub value: String,
    /// Column of their standard errors: then the values are means of groups.
    pub error: Option<String>,
    /// Column that names the animal of a recording.
    pub animal: Option<String>,
    /// Rows that count: titles with the text that each has to hold; all rows if empty.
    pub rows: Vec<(String, String)>,
}

impl LongColumns {
    /// What a table of several recordings in long form looks like: a column of
    /// times, columns of words (or `recording`, `slice` … of numbers) which with the
    /// time are different in each row, and a column of numbers. `None` for any
    /// other table. A unit of time that the table does not say stays open.
    pub fn seen_in(table: &Table) -> Option<Self> {
        let numbers = |column: &Column| matches!(column, Column::F64(_) | Column::I64(_));
        let (time, heading) = table
            .columns()
            .filter(|(_, column)| numbers(column) || clock::is_clock(column))
            .map(|(title, _)| (title, Heading::of(title)))
            .find(|(_, heading)| heading.is_time())?;
        let is_clock = table.column(time).is_some_and(clock::is_clock);
        let times = order(table, time)?;
        let named = |title: &str| RECORDINGS.contains(&title.to_lowercase().as_str());
        let words: Vec<&str> = table
            .columns()
            .filter(|(title, column)| *title != time && (matches!(column, Column::Text(_)) || named(title)))
            .map(|(title, _)| title)
            .collect();
        let is_error = |title: &str| {
            let title = title.to_lowercase();
            ERRORS
                .iter()
                .any(|end| title == *end || title.ends_with(&format!("_{end}")) || title.ends_with(&format!(" {end}")))
        };
        let rest: Vec<&str> = table
            .columns()
            .filter(|(title, column)| numbers(column) && *title != time && !words.contains(title))
            .filter(|(title, _)| !Heading::of(title).is_index())
            .map(|(title, _)| title)
            .collect();
        let value = rest.iter().find(|title| !is_error(title))?;
        // Of the columns that tell all rows of one time apart the one with fewest names.
        let single = words
            .iter()
            .map(|title| vec![(*title).to_owned()])
            .filter(|titles| tells_apart(table, titles, &times))
            .min_by_key(|titles| distinct(&labels(table, titles)));
        let together: Vec<String> = words.iter().map(|title| (*title).to_owned()).collect();
        let recording = single.or_else(|| tells_apart(table, &together, &times).then_some(together))?;
        let error = rest.iter().find(|title| is_error(title)).map(|title| (*title).to_owned());
        let mut once = std::collections::BTreeSet::new();
        let repeated = !times.iter().flatten().all(|time| once.insert(time.to_bits()));
        (repeated || error.is_some()).then(|| Self {
            time: Some(time.to_owned()),
            time_unit: heading.unit.or(is_clock.then_some("s")).map(str::to_owned),
            recording,
            value: (*value).to_owned(),
            error,
            animal: None,
            rows: Vec::new(),
        })
    }

    /// Opens a table (CSV or Parquet) if it is one of several recordings in long
    /// form, with the columns that were seen.
    ///
    /// # Errors
    /// As [`TimeCourseTable::open`].
    pub fn look(path: &Path) -> Result<Option<Self>, ExchangeError> {
        Ok(Self::seen_in(&read_table(path)?.table))
    }

    /// The unit that times of this size have in experiments on slices: minutes up to
    /// ten hours, else seconds. A guess for a person to review.
    ///
    /// # Errors
    /// As [`TimeCourseTable::open`].
    pub fn likely_time_unit(&self, path: &Path) -> Result<&'static str, ExchangeError> {
        let table = read_table(path)?.table;
        let title = self.time.as_deref().unwrap_or("time");
        let times = table.numbers(title).map_err(ExchangeError::table(path))?;
        let most = times.iter().flatten().fold(0.0_f64, |most, time| most.max(time.abs()));
        Ok(if most < MOST_MINUTES { "min" } else { "s" })
    }
}

/// What tells times apart: the numbers, or the place among moments of a clock.
fn order(table: &Table, time: &str) -> Option<Vec<Option<f64>>> {
    match table.column(time)? {
        Column::Text(texts) => {
            let mut known = std::collections::BTreeMap::new();
            let mut place = |text: &String| {
                let next = known.len() as f64;
                *known.entry(text.clone()).or_insert(next)
            };
            Some(texts.iter().map(|text| text.as_ref().map(&mut place)).collect())
        }
        _ => table.numbers(time).ok(),
    }
}

/// Whether every column that is named is there.
fn check_titles(path: &Path, table: &Table, columns: &LongColumns) -> Result<(), ExchangeError> {
    let by_row = columns.rows.iter().map(|(title, _)| title);
    for title in columns.recording.iter().chain(by_row).chain(&columns.animal) {
        // A title that is not there is named with those that are.
        if table.column(title).is_none() {
            table.numbers(title).map_err(ExchangeError::table(path))?;
        }
    }
    if let Some(error) = &columns.error {
        table.numbers(error).map_err(ExchangeError::table(path))?;
    }
    Ok(())
}

/// Which rows hold what is asked for in each of some columns.
fn chosen(path: &Path, table: &Table, rows: &[(String, String)]) -> Result<Vec<bool>, ExchangeError> {
    let mut chosen = vec![true; table.rows()];
    for (title, asked) in rows {
        let texts = table.texts(title).map_err(ExchangeError::table(path))?;
        if !texts.contains(asked) {
            let mut known: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            known.sort();
            known.dedup();
            known.truncate(12);
            let found = format!("no row where {title} is \"{asked}\"");
            return Err(ExchangeError::line(path, 1, found, format!("one of {}", known.join(", "))));
        }
        for (row, text) in chosen.iter_mut().zip(&texts) {
            *row &= text == asked;
        }
    }
    Ok(chosen)
}

/// The name of the recording of each row; `None` without one.
fn labels(table: &Table, titles: &[String]) -> Vec<Option<String>> {
    let cell = |title: &String, row: usize| match table.column(title)? {
        Column::Text(texts) => texts.get(row)?.clone(),
        Column::I64(numbers) => numbers.get(row)?.map(|n| n.to_string()),
        Column::F64(numbers) => numbers.get(row)?.filter(|n| n.is_finite()).map(|n| n.to_string()),
        Column::Bool(_) => None,
    };
    let label = |row| {
        let parts: Option<Vec<String>> = titles.iter().map(|title| cell(title, row)).collect();
        parts.map(|parts| parts.join(" ").trim().to_owned()).filter(|label| !label.is_empty())
    };
    (0..table.rows()).map(label).collect()
}

fn distinct(labels: &[Option<String>]) -> usize {
    labels.iter().flatten().collect::<std::collections::BTreeSet<_>>().len()
}

/// Whether name and time are different in each row, and names come more than once.
fn tells_apart(table: &Table, titles: &[String], times: &[Option<f64>]) -> bool {
    let labels = labels(table, titles);
    let mut seen = std::collections::BTreeSet::new();
    let all = labels.iter().zip(times).all(|(label, time)| match (label, time) {
        (Some(label), Some(time)) => seen.insert((label.as_str(), time.to_bits())),
        _ => false,
    });
    all && distinct(&labels) * 2 <= labels.len()
}

/// A row of a long table.
struct Row {
    time_s: f64,
    value: Option<f64>,
    line: usize,
}

/// The rows of one recording.
struct Recording {
    name: String,
    animal: Option<String>,
    rows: Vec<Row>,
}

impl Recording {
    /// Its values at the times of the table; each time may be there once.
    fn course(mut self, path: &Path, times_s: &[f64], unit: Option<&str>) -> Result<TimeCourse, ExchangeError> {
        self.rows.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
        if let Some(pair) = self.rows.windows(2).find(|pair| pair[0].time_s == pair[1].time_s) {
            let found = format!("another value of \"{}\" at the time of line {}", self.name, pair[0].line);
            let expected = "one row for each time of a recording; name it by several columns if need be";
            return Err(ExchangeError::line(path, pair[1].line, found, expected));
        }
        let place = |time: &f64| self.rows.binary_search_by(|row| row.time_s.total_cmp(time)).ok();
        let values = times_s.iter().map(|time| place(time).and_then(|at| self.rows[at].value)).collect();
        Ok(TimeCourse { name: self.name, unit: unit.map(str::to_owned), animal: self.animal, values })
    }
}

impl TimeCourseTable {
    /// Opens a table in long form (CSV or Parquet). Rows may have any order; the
    /// times of the table are all times of any recording, and a recording has no
    /// value where it has no row.
    ///
    /// # Errors
    /// [`ExchangeError::Unstated`] without a column of times or its unit,
    /// [`ExchangeError::Table`] for a column that is not there or holds no numbers,
    /// [`ExchangeError::Line`] for a row without time or name, or a second one for
    /// the same recording and time.
    pub fn open_long(path: &Path, columns: &LongColumns) -> Result<Self, ExchangeError> {
        let sheet = &read_table(path)?;
        let table = &sheet.table;
        let unstated = |what, remedy| ExchangeError::Unstated { path: path.to_owned(), what, remedy };
        let numbers = |title: &str| table.numbers(title).map_err(ExchangeError::table(path));
        let seen = || table.names().find(|title| Heading::of(title).is_time()).map(str::to_owned);
        let Some(time) = columns.time.clone().or_else(seen) else {
            return Err(unstated("the time of the rows", "it in a column titled as \"time (min)\""));
        };
        check_titles(path, table, columns)?;
        if let Some(misfit) = sheet.misfits.iter().find(|misfit| misfit.title == columns.value) {
            return Err(misfit.fault(path));
        }
        let (times, values) =
            (clock::times(sheet, path, &time, columns.time_unit.as_deref())?, numbers(&columns.value)?);
        let chosen = chosen(path, table, &columns.rows)?;
        let animals = columns.animal.as_ref().map(|title| labels(table, std::slice::from_ref(title)));
        let labels = labels(table, &columns.recording);
        let mut recordings: Vec<Recording> = Vec::new();
        for (row, (label, time)) in labels.into_iter().zip(&times).enumerate().filter(|(row, _)| chosen[*row]) {
            let line = sheet.line(row);
            let Some(time_s) = time.filter(|time| time.is_finite()) else {
                return Err(ExchangeError::line(path, line, "no time", "a time in each row"));
            };
            let Some(name) = label else {
                let expected = format!("a name in {}", columns.recording.join(", "));
                return Err(ExchangeError::line(path, line, "no name of a recording", expected));
            };
            let animal = animals.as_ref().and_then(|animals| animals[row].clone());
            if columns.animal.is_some() && animal.is_none() {
                return Err(ExchangeError::line(path, line, "no animal", "the name of the animal in each row"));
            }
            let row = Row { time_s, value: values.get(row).copied().flatten(), line };
            match recordings.iter_mut().find(|known| known.name == name) {
                Some(known) if known.animal != animal => {
                    let found = format!("another animal of \"{name}\" than in the rows before");
                    return Err(ExchangeError::line(path, line, found, "one animal for each recording"));
                }
                Some(known) => known.rows.push(row),
                None => recordings.push(Recording { name, animal, rows: vec![row] }),
            }
        }
        let mut times_s: Vec<f64> = recordings.iter().flat_map(|r| &r.rows).map(|row| row.time_s).collect();
        times_s.sort_by(f64::total_cmp);
        times_s.dedup();
        let unit = Heading::of(&columns.value).unit;
        let courses: Result<Vec<TimeCourse>, ExchangeError> =
            recordings.into_iter().map(|recording| recording.course(path, &times_s, unit)).collect();
        let courses = courses?;
        if courses.is_empty() {
            let (found, expected) = ("no row", "a row for each time of each recording");
            return Err(ExchangeError::Kind { path: path.to_owned(), found, expected });
        }
        Ok(Self { times_s, courses })
    }
}
