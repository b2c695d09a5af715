//! Pairs of a table: two responses of one unit, or one response under two
//! conditions.

use crate::fault::Fault;
use crate::question::Question;
use crate::table::data::{Data, Wanted};
use recording::table::Table;
use std::collections::BTreeMap;

/// The pairs of the units, the reference first.
pub(crate) struct Pairs {
    /// Names of both members.
    pub(crate) names: [String; 2],
    /// First members.
    pub(crate) first: Vec<f64>,
    /// Second members.
    pub(crate) second: Vec<f64>,
}

/// Whether the responses are named as two columns.
pub(crate) fn is_wide(question: &Question) -> bool {
    question.response.len() == 2
}

/// Reads pairs from two columns, or from the two groups of one column.
pub(crate) fn pairs(table: &Table, question: &Question) -> Result<(Data, Pairs), Fault> {
    if is_wide(question) {
        let data = Data::new(table, question, Wanted::RESPONSE)?;
        let units = data.units();
        let member = |place: usize| units.iter().map(|unit| unit.values[place]).collect();
        let names = [data.response[0].clone(), data.response[1].clone()];
        let pairs = Pairs { names, first: member(0), second: member(1) };
        return Ok((data, pairs));
    }
    let data = Data::new(table, question, Wanted::GROUPS)?;
    let levels = data.levels(0, question)?;
    let column = data.group[0].clone();
    let [reference, other] = levels.as_slice() else {
        let (found, method) = (levels.len(), question.method.name());
        return Err(Fault::Groups { column, found, levels, method, needed: "two" });
    };
    if data.unit.is_none() {
        return Err(Fault::asked("pairs need --animal or --slice, or two columns: --response FIRST,SECOND"));
    }
    let mut members: BTreeMap<_, [Vec<f64>; 2]> = BTreeMap::new();
    for unit in data.units() {
        let slice = if data.unit_name() == "slice" { unit.slice.clone() } else { None };
        let side = usize::from(unit.groups[0] == *other);
        members.entry((unit.animal.clone(), slice)).or_default()[side].push(unit.values[0]);
    }
    let mut pairs = Pairs { names: [reference.clone(), other.clone()], first: Vec::new(), second: Vec::new() };
    for ((animal, slice), [first, second]) in members {
        let unit = [animal, slice].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let incomplete = |condition: &String, found: usize| Fault::Incomplete {
            column: column.clone(),
            unit: unit.clone(),
            condition: condition.clone(),
            found,
        };
        match (first.as_slice(), second.as_slice()) {
            ([a], [b]) => {
                pairs.first.push(*a);
                pairs.second.push(*b);
            }
            ([_], b) => return Err(incomplete(other, b.len())),
            (a, _) => return Err(incomplete(reference, a.len())),
        }
    }
    Ok((data, pairs))
}
