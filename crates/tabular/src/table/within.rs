//! Conditions within units, and cells of several factors.

use crate::fault::Fault;
use crate::question::{Method, Question};
use crate::table::data::{Data, Wanted};
use recording::table::Table;

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
    /// Conditions in the order of the table.
    pub(crate) conditions: Vec<String>,
    /// Values.
    pub(crate) rows: Vec<Vec<Vec<f64>>>,
}

/// Reads one value for each unit and condition.
pub(crate) fn within(table: &Table, question: &Question) -> Result<(Data, Within), Fault> {
    let grouped = !question.group.is_empty() || question.method == Method::Cluster;
    let data = Data::new(table, question, Wanted { groups: usize::from(grouped), doses: 0, within: true })?;
    if data.unit.is_none() {
        return Err(Fault::asked("conditions within units need --animal or --slice"));
    }
    let names = if grouped { data.groups(question)?.names } else { vec![String::new()] };
    let (mut conditions, mut labels): (Vec<String>, Vec<(usize, String)>) = (Vec::new(), Vec::new());
    let mut values: Vec<Vec<(usize, f64)>> = Vec::new();
    for unit in data.units() {
        let condition = unit.within.clone().unwrap_or_default();
        let place = conditions.iter().position(|known| *known == condition).unwrap_or_else(|| {
            conditions.push(condition);
            conditions.len() - 1
        });
        let group = unit.groups.first().and_then(|name| names.iter().position(|n| n == name)).unwrap_or(0);
        let slice = if data.unit_name() == "slice" { unit.slice.clone() } else { None };
        let label = (group, [unit.animal.clone(), slice].into_iter().flatten().collect::<Vec<_>>().join(" "));
        let row = labels.iter().position(|known| *known == label).unwrap_or_else(|| {
            labels.push(label);
            values.push(Vec::new());
            values.len() - 1
        });
        values[row].push((place, unit.values[0]));
    }
    let mut rows = vec![Vec::new(); names.len()];
    for ((group, unit), values) in labels.into_iter().zip(values) {
        let mut row = Vec::with_capacity(conditions.len());
        for (place, condition) in conditions.iter().enumerate() {
            let own: Vec<f64> = values.iter().filter(|(p, _)| *p == place).map(|(_, value)| *value).collect();
            let [value] = own.as_slice() else {
                let (column, condition, found) = (data.within.clone(), condition.clone(), own.len());
                return Err(Fault::Incomplete { column, unit, condition, found });
            };
            row.push(*value);
        }
        rows[group].push(row);
    }
    Ok((data, Within { names, conditions, rows }))
}
