//! Tables that are no recordings: their columns in short.

use crate::error::exchange::ExchangeError;
use crate::heading::Heading;
use crate::inspection::kinds::{Inspection, TableColumn};
use crate::open::kind::read_table;
use crate::sweeps::statistics::Running;
use crate::time_course::wide::TimeCourseTable;
use recording::table::{Column, Table};
use std::path::Path;

/// A table described, if it is one; `error` says why it is no recording.
pub(super) fn inspection(path: &Path, error: &ExchangeError, statistics: bool) -> Result<Inspection, ExchangeError> {
    let sheet = read_table(path)?;
    let (format, table) = (sheet.format, &sheet.table);
    let bytes = std::fs::metadata(path).map_or(0, |about| about.len());
    let said = match TimeCourseTable::open(path) {
        Ok(courses) => format!(
            "measured values over time: {} recordings at {} times",
            courses.courses.len(),
            courses.times_s.len()
        ),
        Err(_) => error.to_string(),
    };
    let columns = table.columns().enumerate();
    let columns = columns.map(|(place, (title, column))| described(table, title, column, place, statistics));
    Ok(Inspection {
        file: path.display().to_string(),
        bytes,
        format: format.to_owned(),
        version: String::new(),
        creator: String::new(),
        date: None,
        protocol: None,
        comment: String::new(),
        axon: None,
        channels: Vec::new(),
        holding: Vec::new(),
        rate_hz: None,
        sweep_count: 0,
        sweep_interval_s: 0.0,
        sweeps: Vec::new(),
        notes: Vec::new(),
        tags: Vec::new(),
        remarks: sheet.remarks.iter().cloned().chain([said]).collect(),
        columns: columns.collect(),
        statistics: None,
        objects: None,
    })
}

fn described(table: &Table, title: &str, column: &Column, place: usize, statistics: bool) -> TableColumn {
    let Heading { name, unit } = Heading::of(title);
    let filled = match column {
        Column::F64(values) => values.iter().flatten().count(),
        Column::I64(values) => values.iter().flatten().count(),
        Column::Text(values) => values.iter().flatten().count(),
        Column::Bool(values) => values.iter().flatten().count(),
    };
    let numbers = || {
        let numbers: Vec<f64> = table.numbers(title).ok()?.into_iter().flatten().collect();
        let mut running = Running::new(0, place);
        running.add(&numbers);
        Some(running.finish())
    };
    TableColumn {
        name,
        unit: unit.map(str::to_owned),
        kind: column.kind().to_owned(),
        filled,
        missing: column.len() - filled,
        values: if statistics { numbers() } else { None },
    }
}
