//! Conditions within units, and cells of several factors.

use crate::fault::Fault;
use crate::question::{Design, Method, Question};
use crate::table::data::{Data, Record, Wanted};
use crate::table::order::natural;
use crate::table::roles::usual_group;
use crate::table::units::Groups;
use recording::table::Table;
use std::collections::BTreeMap;

/// How often each name occurs, in the order of appearance.
pub(crate) fn cells(names: &[String]) -> Vec<(String, usize)> {
    let mut cells: Vec<(String, usize)> = Vec::new();
    for name in names {
        match cells.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => cells.push((name.clone(), 1)),
        }
    }
    cells
}

/// Rows of units by condition, in groups: `rows[g][unit][condition]`.
pub(crate) struct Within {
    /// Names of the groups; one empty name without groups.
    pub(crate) names: Vec<String>,
    /// Names of the units of each group.
    pub(crate) units: Vec<Vec<String>>,
    /// Conditions, numbers by size.
    pub(crate) conditions: Vec<String>,
    /// Values.
    pub(crate) rows: Vec<Vec<Vec<f64>>>,
}

/// Reads one value for each unit and condition.
pub(crate) fn within(table: &Table, question: &Question) -> Result<(Data, Within), Fault> {
    // A column of groups that the table has counts; not if it is the condition itself.
    let usual = usual_group(table).filter(|name| question.within.as_deref() != Some(*name));
    let grouped = !question.group.is_empty() || usual.is_some() || question.method == Method::Cluster;
    let data = Data::new(table, question, Wanted { groups: usize::from(grouped), doses: 0, within: true })?;
    if data.unit.is_none() {
        return Err(Fault::asked("conditions within units need --animal or --slice"));
    }
    let names = if grouped { data.levels(0, question)? } else { vec![String::new()] };
    let conditions = conditions(&data, question.method)?;
    let mut courses: Vec<BTreeMap<String, Vec<Vec<f64>>>> = vec![BTreeMap::new(); names.len()];
    for unit in data.units() {
        let own = unit.within.as_ref();
        let place = conditions.iter().position(|known| Some(known) == own).unwrap_or_default();
        let group = unit.groups.first().and_then(|name| names.iter().position(|n| n == name)).unwrap_or(0);
        let course = courses[group].entry(label(&data, &unit)).or_insert_with(|| vec![Vec::new(); conditions.len()]);
        course[place].push(unit.values[0]);
    }
    let mut found = Within { units: Vec::new(), rows: Vec::new(), names, conditions };
    for group in courses {
        let mut courses: Vec<(String, Vec<Vec<f64>>)> = group.into_iter().collect();
        courses.sort_by(|(a, _), (b, _)| natural(a, b));
        let rows = courses.iter().map(|(unit, values)| whole(&data, &found.conditions, unit, values));
        found.rows.push(rows.collect::<Result<_, _>>()?);
        found.units.push(courses.into_iter().map(|(unit, _)| unit).collect());
    }
    found.require(&data, question)?;
    Ok((data, found))
}

/// Name of a unit.
fn label(data: &Data, unit: &Record) -> String {
    let slice = if data.unit_name() == "slice" { unit.slice.clone() } else { None };
    [unit.animal.clone(), slice].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// One value under each condition.
fn whole(data: &Data, conditions: &[String], unit: &str, values: &[Vec<f64>]) -> Result<Vec<f64>, Fault> {
    let one = |(own, condition): (&Vec<f64>, &String)| match own.as_slice() {
        [value] => Ok(*value),
        other => Err(Fault::Incomplete {
            column: data.within.clone(),
            unit: format!("{} {unit}", data.unit_name()),
            condition: condition.clone(),
            found: other.len(),
        }),
    };
    values.iter().zip(conditions).map(one).collect()
}

/// The conditions in their own order: neighbours in time are neighbours.
fn conditions(data: &Data, method: Method) -> Result<Vec<String>, Fault> {
    let mut conditions: Vec<String> = Vec::new();
    for record in &data.records {
        let condition = record.within.clone().unwrap_or_default();
        // Clusters are of neighbours: names alone do not say which are.
        if method == Method::Cluster && !condition.parse::<f64>().is_ok_and(f64::is_finite) {
            return Err(Fault::NotANumber { column: data.within.clone(), row: record.row, found: condition });
        }
        conditions.push(condition);
    }
    conditions.sort_by(|a, b| natural(a, b));
    conditions.dedup();
    Ok(conditions)
}

impl Within {
    /// Names and numbers of the units.
    pub(crate) fn counts(&self) -> Vec<(String, usize)> {
        self.names.iter().cloned().zip(self.rows.iter().map(Vec::len)).collect()
    }

    /// Refuses a number of groups that the method cannot use, and a group of one unit.
    fn require(&self, data: &Data, question: &Question) -> Result<(), Fault> {
        let method = question.method;
        if data.group.is_empty() {
            let (found, unit) = (self.rows[0].len(), data.unit_name());
            let (column, method) = (data.response[0].clone(), method.name());
            return if found < 2 { Err(Fault::FewPairs { column, found, unit, method }) } else { Ok(()) };
        }
        let values = self.rows.iter().map(|rows| rows.iter().map(|row| row[0]).collect()).collect();
        let groups = Groups { names: self.names.clone(), values, scales: Vec::new() };
        let two = method == Method::Cluster;
        groups.require(data, method, if two { "two" } else { "at least one" }, |found| !two || found == 2)
    }

    /// Courses of the second group minus those of the same units in the first.
    pub(crate) fn differences(&self, data: &Data) -> Result<Vec<Vec<f64>>, Fault> {
        let missing = |unit: &String, group: usize| Fault::Incomplete {
            column: data.group[0].clone(),
            unit: format!("{} {unit}", data.unit_name()),
            condition: self.names[group].clone(),
            found: 0,
        };
        if let Some(unit) = self.units[1].iter().find(|unit| !self.units[0].contains(unit)) {
            return Err(missing(unit, 0));
        }
        let of = |(unit, first): (&String, &Vec<f64>)| {
            let place = self.units[1].iter().position(|other| other == unit).ok_or_else(|| missing(unit, 1))?;
            Ok(self.rows[1][place].iter().zip(first).map(|(s, f)| s - f).collect())
        };
        self.units[0].iter().zip(&self.rows[0]).map(of).collect()
    }

    /// Whether the groups are conditions of the same animals.
    pub(crate) fn is_within_animal(&self, data: &Data) -> bool {
        data.design == Design::WithinAnimal && self.names.len() == 2
    }
}
