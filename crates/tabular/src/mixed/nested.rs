//! Slices nested in animals: what is read for the random-intercept model, and
//! its fit.

use crate::fault::Fault;
use crate::question::{Question, Unit};
use crate::table::columns::refuse_column_of_sweeps;
use crate::table::data::{Data, Wanted};
use recording::table::Table;
use statistics::StatisticsError;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, fit};
use std::collections::BTreeMap;

/// Numbers for names, in the order of appearance.
pub(crate) fn numbered<'n>(names: impl Iterator<Item = &'n String>) -> Vec<usize> {
    let mut known = BTreeMap::new();
    names
        .map(|name| {
            let next = known.len();
            *known.entry(name).or_insert(next)
        })
        .collect()
}

/// Observations of a mixed model.
pub(crate) struct Nested {
    /// Names of the cells, the reference first.
    pub(crate) names: Vec<String>,
    /// Cell of each slice.
    pub(crate) level: Vec<usize>,
    /// Responses.
    pub(crate) response: Vec<f64>,
    /// Animal of each slice.
    pub(crate) animal: Vec<usize>,
}

/// Reads slices of animals in the cells of one or two factors.
pub(crate) fn nested(table: &Table, question: &Question, factors: usize) -> Result<(Data, Nested), Fault> {
    let mut data = Data::new(table, question, Wanted { groups: factors, doses: 0, within: false })?;
    if data.animal.is_none() {
        return Err(Fault::asked("a mixed model needs the column of the animal: --animal COL"));
    }
    if data.slice.is_none() {
        refuse_column_of_sweeps(table)?;
    }
    let names: Vec<String> = if factors == 1 {
        data.levels(0, question)?
    } else {
        let (a, b) = (data.levels(0, question)?, data.levels(1, question)?);
        let name = |a: &String, b: &String| data.cell_name(&[a.clone(), b.clone()]);
        b.iter().flat_map(|b| a.iter().map(move |a| name(a, b))).collect()
    };
    let cell = |groups: &[String]| names.iter().position(|name| *name == data.cell_name(groups)).unwrap_or_default();
    let level: Vec<usize> = data.records.iter().map(|record| cell(&record.groups)).collect();
    if let Some(empty) = (0..names.len()).find(|cell| !level.contains(cell)) {
        let (column, condition) = (data.group.join(" and "), names[empty].clone());
        return Err(Fault::Incomplete { column, unit: "the table".to_owned(), condition, found: 0 });
    }
    let response = data.records.iter().map(|record| record.values[0]).collect();
    let animal = numbered(data.records.iter().filter_map(|record| record.animal.as_ref()));
    // The model itself knows that slices share animals: n is not the slice.
    data.unit = Some(Unit::Animal);
    Ok((data, Nested { names, level, response, animal }))
}

/// Fits means of cells.
pub(crate) fn fitted(nested: &Nested) -> Result<MixedFit, StatisticsError> {
    let names: Vec<&str> = nested.names.iter().map(String::as_str).collect();
    let design = Design::cell_means(&nested.level, &names)?;
    fit(&MixedData::new(&nested.response, &design, &nested.animal), Method::Reml)
}
