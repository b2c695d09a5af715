//! The rows as the models along a covariate take them, and what they refuse.

use crate::fault::Fault;
use crate::mixed::nested::numbered;
use crate::question::{Method, Question};
use crate::table::data::{Data, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Values of the covariate that one animal needs for a line and scatter about it.
pub(super) const FEWEST: usize = 3;

/// The rows as the model takes them.
pub(super) struct Columns {
    pub(super) names: Vec<String>,
    pub(super) group: Vec<usize>,
    pub(super) cluster: Vec<usize>,
    pub(super) nested: Option<Vec<usize>>,
    pub(super) covariate: Vec<f64>,
    pub(super) response: Vec<f64>,
}

/// Refuses one group where groups are compared, and a group of one unit.
pub(super) fn require(data: &Data, question: &Question, names: &[String]) -> Result<(), Fault> {
    let method = question.method.name();
    if names.len() < 2 && question.method == Method::Ancova {
        let (column, levels) = (data.group[0].clone(), names.to_vec());
        return Err(Fault::Groups { column, found: names.len(), levels, method, needed: "at least two" });
    }
    for name in names {
        let found = of_group(data, name).collect::<BTreeSet<_>>().len();
        if found < 2 {
            let column = data.group.first().unwrap_or(&data.response[0]).clone();
            return Err(Fault::FewUnits { column, group: name.clone(), found, unit: data.unit_name(), method });
        }
    }
    Ok(())
}

/// Name of the unit of each row of a group.
pub(super) fn of_group<'d>(data: &'d Data, name: &'d str) -> impl Iterator<Item = String> + 'd {
    data.records.iter().filter(move |r| r.groups.first().is_none_or(|own| own == name)).map(|r| unit_name(data, r))
}

/// The animal, else the slice, else the row.
pub(super) fn unit_name(data: &Data, record: &Record) -> String {
    match (data.unit, &record.animal, &record.slice) {
        (_, Some(animal), _) => animal.clone(),
        (_, None, Some(slice)) => slice.clone(),
        _ => record.row.to_string(),
    }
}

pub(super) fn columns(data: &Data, names: Vec<String>) -> Columns {
    let records = &data.records;
    let units: Vec<String> = records.iter().map(|r| unit_name(data, r)).collect();
    let slices: Vec<String> = records.iter().map(|r| format!("{:?}", (&r.animal, &r.slice))).collect();
    let place = |r: &Record| r.groups.first().and_then(|own| names.iter().position(|n| n == own)).unwrap_or(0);
    Columns {
        group: records.iter().map(place).collect(),
        cluster: numbered(units.iter()),
        nested: (data.animal.is_some() && data.slice.is_some()).then(|| numbered(slices.iter())),
        covariate: records.iter().map(|r| r.doses[0]).collect(),
        response: records.iter().map(|r| r.values[0]).collect(),
        names,
    }
}

pub(super) fn has_lines(columns: &Columns) -> bool {
    let mut values: BTreeMap<usize, BTreeSet<u64>> = BTreeMap::new();
    for (cluster, x) in columns.cluster.iter().zip(&columns.covariate) {
        values.entry(*cluster).or_default().insert(x.to_bits());
    }
    values.values().any(|own| own.len() >= FEWEST)
}
