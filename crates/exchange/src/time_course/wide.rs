//! Spreadsheets of measured values: one column for each recording, a row for each
//! time, as raw slopes or as parts or per cent of the baseline.

use crate::error::exchange::ExchangeError;
use crate::heading::Heading;
use crate::open::kind::read_table;
use crate::sheet::sheet::Sheet;
use crate::time_course::clock;
use crate::time_course::kinds::{Scale, TimeCourse};
use recording::table::{Column, Table};
use std::path::Path;

/// Time courses of several recordings.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeCourseTable {
    /// Times of the rows, s, increasing. Time 0 is where the table has it.
    pub times_s: Vec<f64>,
    /// The recordings, in the order of their columns.
    pub courses: Vec<TimeCourse>,
}

impl TimeCourseTable {
    /// Opens a table: CSV, XLSX, ODS (see [`Sheet::read`]) or Parquet. The column of times is the first titled `time`, with its unit
    /// (`time_min`, `time (s)`); every other column of numbers is a recording.
    /// Empty cells, `NA`, `NaN`, `--` are missing values.
    ///
    /// # Errors
    /// [`ExchangeError::Unstated`] without a column of times or its unit,
    /// [`ExchangeError::Line`] with a time that is missing or runs backwards.
    pub fn open(path: &Path) -> Result<Self, ExchangeError> {
        Self::with_times(&read_table(path)?, path, None, None)
    }

    /// Opens a table whose column of times or its unit is stated.
    ///
    /// # Errors
    /// As [`TimeCourseTable::open`].
    pub fn open_stated(path: &Path, time: Option<&str>, unit: Option<&str>) -> Result<Self, ExchangeError> {
        Self::with_times(&read_table(path)?, path, time, unit)
    }

    /// The time courses of a table; `path` stands for it in messages.
    ///
    /// # Errors
    /// As [`TimeCourseTable::open`].
    pub fn of(table: &Table, path: &Path) -> Result<Self, ExchangeError> {
        Self::with_times(&Sheet::plain("table", table.clone()), path, None, None)
    }

    fn with_times(sheet: &Sheet, path: &Path, time: Option<&str>, unit: Option<&str>) -> Result<Self, ExchangeError> {
        let table = &sheet.table;
        let unstated = |what, remedy| ExchangeError::Unstated { path: path.to_owned(), what, remedy };
        let is_time = |title: &str, heading: &Heading| time.map_or_else(|| heading.is_time(), |time| title == time);
        let seen = table.names().map(|title| (title, Heading::of(title))).find(|(title, head)| is_time(title, head));
        let Some((time, _)) = seen else {
            return Err(unstated("the time of the rows", "it in a column titled as \"time (min)\""));
        };
        let times_s = times(sheet, path, &clock::times(sheet, path, time, unit)?)?;
        let mut courses = Vec::new();
        for (title, column) in table.columns().filter(|(title, _)| *title != time) {
            let Heading { name, unit } = Heading::of(title);
            let values = match column {
                Column::Text(texts) => match marked(texts) {
                    Some(values) => values,
                    None => match sheet.misfits.iter().find(|misfit| misfit.title == title) {
                        Some(misfit) => return Err(misfit.fault(path)),
                        None => continue,
                    },
                },
                Column::Bool(_) => continue,
                _ => table.numbers(title).map_err(ExchangeError::table(path))?,
            };
            courses.push(TimeCourse { name, unit: unit.map(str::to_owned), animal: None, values });
        }
        if courses.is_empty() {
            let (found, expected) = ("no column of values", "a column of numbers for each recording");
            return Err(ExchangeError::Kind { path: path.to_owned(), found, expected });
        }
        Ok(Self { times_s, courses })
    }

    /// Whether baselines lie about 0 while later values reach per cents: in each recording
    /// the mean before time 0 is less than a quarter of the spread of single values there.
    fn is_change(&self) -> bool {
        let about_0 = |course: &TimeCourse| {
            let before: Vec<f64> = (self.times_s.iter().zip(&course.values))
                .filter(|(time, _)| **time < 0.0)
                .filter_map(|(_, value)| *value)
                .collect();
            let n = before.len() as f64;
            let mean = before.iter().sum::<f64>() / n;
            let spread = (before.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n).sqrt();
            before.len() > 3 && spread > 0.0 && mean.abs() < 0.25 * spread
        };
        let known = self.courses.iter().filter(|course| course.values.iter().any(Option::is_some));
        let (mut all, mut flat) = (0, 0);
        for course in known {
            all += 1;
            flat += usize::from(about_0(course));
        }
        all > 0 && 5 * flat >= 4 * all
    }

    /// How the values are scaled, judged by their level at times below 0: the
    /// median of the recordings' baseline means near 1 is a ratio, near 100 per
    /// cent. `None` without any such value; the level of raw slopes is neither.
    pub fn scale(&self) -> Option<Scale> {
        let baseline = |course: &TimeCourse| {
            let before: Vec<f64> = self
                .times_s
                .iter()
                .zip(&course.values)
                .filter(|(time, _)| **time < 0.0)
                .filter_map(|(_, v)| *v)
                .collect();
            (!before.is_empty()).then(|| before.iter().sum::<f64>() / before.len() as f64)
        };
        let mut levels: Vec<f64> = self.courses.iter().filter_map(baseline).collect();
        levels.sort_by(f64::total_cmp);
        let level = *levels.get(levels.len() / 2)?;
        Some(match level {
            _ if self.is_change() => Scale::Change,
            _ if (0.8..1.25).contains(&level) => Scale::Ratio,
            _ if (80.0..125.0).contains(&level) => Scale::Percent,
            _ => Scale::Raw,
        })
    }
}

/// Times of the rows, s: each there and later than the one before.
fn times(sheet: &Sheet, path: &Path, cells: &[Option<f64>]) -> Result<Vec<f64>, ExchangeError> {
    let mut times: Vec<f64> = Vec::with_capacity(cells.len());
    for (place, cell) in cells.iter().enumerate() {
        let line = sheet.line(place);
        match *cell {
            Some(time) if time.is_finite() && times.last().is_none_or(|last| *last < time) => times.push(time),
            Some(time) => {
                return Err(ExchangeError::line(
                    path,
                    line,
                    format!("time {time} s"),
                    "a time later than the row before",
                ));
            }
            None => return Err(ExchangeError::line(path, line, "no time", "a time in each row")),
        }
    }
    Ok(times)
}

/// Numbers of a column in which dashes stand for missing values.
fn marked(texts: &[Option<String>]) -> Option<Vec<Option<f64>>> {
    let value = |text: &Option<String>| match text.as_deref().map(str::trim) {
        None | Some("" | "-" | "--" | "---" | "n/a" | "." | "NA" | "NaN") => Some(None),
        Some(text) => text.parse().ok().filter(|value: &f64| value.is_finite()).map(Some),
    };
    let values: Option<Vec<Option<f64>>> = texts.iter().map(value).collect();
    values.filter(|values| values.iter().any(Option::is_some))
}
