//! Faults in the content of recordings and tables: things that a header cannot
//! show and that a person overlooks in a spreadsheet. Each rule has a stated
//! limit; what lies within it is silent.

use crate::lint::courses;
use crate::lint::duplicates;
use crate::lint::slices;
use crate::lint::sweeps;

use crate::error::StudyError;
use crate::file::file::StudyFile;
use exchange::{ExchangeError, Stated, TimeCourseTable, TraceFile};
use recording::table::{Column, Table};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Two recordings, or sweeps, are the same.
    Duplicate,
    /// Two recordings are the same but for rounding or a factor, or share their noise.
    NearDuplicate,
    /// A stretch of values occurs twice.
    CopiedRows,
    /// Values of another order of magnitude than the unit or the other recordings.
    Unit,
    /// The response points the other way.
    Polarity,
    /// The signal reached the end of the converter or amplifier.
    Saturated,
    /// Time is missing.
    ClockGap,
    /// Fewer values before induction than a baseline needs.
    ShortBaseline,
    /// The recording ends before the others or before the outcome window.
    EndsEarly,
    /// Channels or pathways were exchanged.
    ChannelMixUp,
    /// The stimulus moved.
    StimulusMoved,
    /// The response is gone.
    ResponseLost,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LintFault {
    /// Kind.
    pub rule: Rule,
    /// File.
    pub file: String,
    /// Sweep, column or rows within it.
    pub place: String,
    /// What was found.
    pub found: String,
}

impl LintFault {
    pub(crate) fn new(rule: Rule, file: &Path, place: impl Into<String>, found: impl Into<String>) -> Self {
        Self { rule, file: file.display().to_string(), place: place.into(), found: found.into() }
    }
}

impl std::fmt::Display for LintFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}: {}", self.file, self.place, self.found)
    }
}

/// A time course of a table, whatever its shape.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(crate) file: PathBuf,
    pub(crate) name: String,
    /// Title of the column.
    pub(crate) title: String,
    /// Minutes; row numbers if the table has no time.
    pub(crate) time: Vec<f64>,
    pub(crate) value: Vec<f64>,
    /// Whether `time` is a time.
    pub(crate) timed: bool,
}

/// Looks through files. Recordings are looked at one by one and against each
/// other; tables of time courses likewise.
///
/// # Errors
/// [`StudyError`] for a file that cannot be read.
pub fn files(paths: &[PathBuf], stated: &Stated) -> Result<Vec<LintFault>, StudyError> {
    let mut faults = Vec::new();
    let mut known: Vec<Course> = Vec::new();
    let mut prints = duplicates::Prints::default();
    for path in paths {
        match TraceFile::open_stated(path, stated) {
            Ok(file) => {
                faults.extend(sweeps::file(&file)?);
                prints.add(&file, &mut faults)?;
            }
            Err(reason) => {
                // Not sweeps: a table of measured values, or a fault.
                let courses = courses_of(path).ok_or(StudyError::Exchange(reason))?;
                faults.extend(courses::table(&courses));
                known.extend(courses);
            }
        }
    }
    faults.extend(duplicates::courses(&known));
    Ok(faults)
}

/// Looks through the recordings of a study and what it lists to be looked through.
///
/// # Errors
/// As [`files`].
pub fn study(file: &StudyFile, folder: &Path) -> Result<Vec<LintFault>, StudyError> {
    let tables = file.table.iter().map(|part| part.file.get_ref());
    let mut recordings = Vec::new();
    for part in &file.slice {
        recordings.extend(crate::file::files::named(part.files.get_ref(), folder)?);
    }
    let tables = tables.map(|name| folder.join(name));
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in tables.chain(recordings).chain(file.lint.also.iter().map(|name| folder.join(name))) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let stated = Stated {
        unit: file.recording.unit.clone(),
        rate_hz: file.recording.rate.map(|rate| rate.hz()),
        interval_s: file.recording.interval.map(|interval| interval.s()),
        ..Stated::default()
    };
    let mut faults = files(&paths, &stated)?;
    for fault in &mut faults {
        // Names as in the study: reports do not depend on where the study lies.
        if let Ok(short) = Path::new(&fault.file).strip_prefix(folder) {
            fault.file = short.display().to_string();
        }
        let prefix = format!("{}/", folder.display());
        fault.found = fault.found.replace(&prefix, "");
    }
    faults.extend(slices::study(file, folder)?);
    Ok(faults)
}

/// The time courses of a table: wide with a column of times, long with columns
/// of names, or without times; `None` if it is no table with numbers.
fn courses_of(path: &Path) -> Option<Vec<Course>> {
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
        let of = |c: &exchange::TimeCourse| {
            let value = c.values.iter().map(|v| v.unwrap_or(f64::NAN)).collect();
            course(c.name.clone(), &c.name, time.clone(), value, true)
        };
        return Some(table.courses.iter().map(of).collect());
    }
    let table = Table::read_csv(path).or_else(|_| Table::read_foreign_parquet(path)).ok()?;
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

/// Whether the reader of recordings gave up for want of something stated.
pub fn is_unstated(error: &StudyError) -> bool {
    matches!(error, StudyError::Exchange(ExchangeError::Unstated { .. }))
}
