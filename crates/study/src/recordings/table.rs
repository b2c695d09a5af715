//! The recordings of a table of time courses as slices.

use crate::error::StudyError;
use crate::file::table::TablePart;
use analysis::table_course::TableCourse;
use exchange::{LongColumns, Scale, TimeCourseTable};
use std::path::Path;

/// Unit of values that are changes against the baseline.
pub(crate) const CHANGE: &str = "% change";

/// A recording of a table with its place in the experiment.
#[derive(Clone, Debug)]
pub struct TableSlice {
    /// Condition.
    pub condition: String,
    /// Animal.
    pub animal: String,
    /// Number within animal and condition.
    pub slice: u32,
    /// The course.
    pub course: TableCourse,
}

/// Reads the recordings of a table; times count from its induction.
///
/// # Errors
/// [`StudyError`] naming the file, for a column that is not there, a number of
/// animals that differs from that of the columns, or an induction that is no time.
pub fn read(part: &TablePart, folder: &Path) -> Result<Vec<TableSlice>, StudyError> {
    let path = folder.join(part.file.get_ref());
    let table = open(part, &path)?;
    let long = part.recording.is_some();
    let induction_s = induction_s(part, &path)?;
    let known: Vec<&str> = table.courses.iter().map(|course| course.name.as_str()).collect();
    let chosen: Vec<&str> = match &part.columns {
        Some(names) => names.iter().map(String::as_str).collect(),
        None => known.clone(),
    };
    if let Some(animals) = &part.animals
        && animals.len() != chosen.len()
    {
        let reason = format!("{} animals for {} recordings: expected one for each", animals.len(), chosen.len());
        return Err(StudyError::recording(&path, reason));
    }
    let mut slices: Vec<TableSlice> = Vec::with_capacity(chosen.len());
    for (k, name) in chosen.iter().enumerate() {
        let Some(course) = table.courses.iter().find(|course| course.name == *name) else {
            let what = if long { "recording" } else { "column" };
            let reason = format!("no {what} \"{name}\": expected one of {}", known.join(", "));
            return Err(StudyError::recording(&path, reason));
        };
        let stated =
            part.unit.clone().map(|unit| if unit.trim() == CHANGE { "% of baseline".to_owned() } else { unit });
        let unit = stated.or_else(|| course.unit.clone()).unwrap_or_else(|| match table.scale() {
            Some(Scale::Ratio) => "ratio to baseline".to_owned(),
            Some(Scale::Percent) => "% of baseline".to_owned(),
            _ => "unit not stated".to_owned(),
        });
        let own = || course.animal.clone().unwrap_or_else(|| (*name).to_owned());
        let animal = part.animals.as_ref().map_or_else(own, |animals| animals[k].clone());
        let condition = part.condition.get_ref();
        let slice = 1 + slices.iter().filter(|known| known.animal == animal).count();
        // In long form a recording has its own times; a row that is not there is no missing value.
        let points: Vec<(f64, f64)> = table
            .times_s
            .iter()
            .zip(&course.values)
            .filter(|(_, value)| !long || value.is_some())
            .map(|(time, value)| (tidy_min(time - induction_s), value.unwrap_or(f64::NAN)))
            .collect();
        let (time_min, value) = points.into_iter().unzip();
        let place = if long { "recording" } else { "column" };
        slices.push(TableSlice {
            condition: condition.clone(),
            animal,
            slice: u32::try_from(slice).unwrap_or(u32::MAX),
            course: TableCourse {
                source: format!("{}, {place} {name}", part.file.get_ref().display()),
                quantity: part.quantity.clone(),
                unit,
                time_min,
                value: shifted(value, part.unit.as_deref()),
            },
        });
    }
    Ok(slices)
}

/// Values of a change against the baseline, for which no change is 0, as shares of it.
fn shifted(values: Vec<f64>, unit: Option<&str>) -> Vec<f64> {
    match unit {
        Some(unit) if unit.trim() == CHANGE => values.into_iter().map(|value| value + 100.0).collect(),
        _ => values,
    }
}

/// Opens the table in the form that the study states.
pub(crate) fn open(part: &TablePart, path: &Path) -> Result<TimeCourseTable, StudyError> {
    let Some(recording) = &part.recording else {
        return match (&part.time, &part.time_unit) {
            (None, None) => Ok(TimeCourseTable::open(path)?),
            (time, unit) => Ok(TimeCourseTable::open_stated(path, time.as_deref(), unit.as_deref())?),
        };
    };
    let Some(value) = part.value.clone() else {
        return Err(StudyError::recording(path, "recording without value: expected the title of the column of values"));
    };
    let columns = LongColumns {
        time: part.time.clone(),
        time_unit: part.time_unit.clone(),
        recording: recording.list(),
        value,
        error: part.error.clone(),
        animal: part.animal.clone(),
        rows: part.rows.clone().into_iter().collect(),
    };
    Ok(TimeCourseTable::open_long(path, &columns)?)
}

/// Minutes from seconds, without the rounding noise of the conversion there and back.
fn tidy_min(seconds: f64) -> f64 {
    (seconds / 60.0 * 1e9).round() / 1e9
}

/// Time of the induction in the table, s; the text may be negative.
fn induction_s(part: &TablePart, path: &Path) -> Result<f64, StudyError> {
    let Some(text) = &part.induction else { return Ok(0.0) };
    let (sign, plain) = text.strip_prefix('-').map_or((1.0, text.as_str()), |rest| (-1.0, rest));
    let time: quantity::Time = plain
        .parse()
        .map_err(|fault: quantity::QuantityError| StudyError::recording(path, format!("induction: {fault}")))?;
    Ok(sign * time.s())
}
