//! Pairs of a table: two responses of one unit, or one response under two
//! conditions.

use crate::fault::Fault;
use crate::question::{Design, Question};
use crate::table::data::{Data, Wanted};
use recording::table::Table;
use statistics::{Sample, StatisticsError};
use std::collections::BTreeMap;

/// The pairs of the units, the reference first.
pub(crate) struct Pairs {
    /// Names of both members.
    pub(crate) names: [String; 2],
    /// First members.
    pub(crate) first: Vec<f64>,
    /// Second members.
    pub(crate) second: Vec<f64>,
    /// The largest number in size that went into each pair.
    scales: Vec<f64>,
}

impl Pairs {
    /// Second minus first.
    pub(crate) fn differences(&self) -> Result<Sample, StatisticsError> {
        let differences: Vec<f64> = self.second.iter().zip(&self.first).map(|(s, f)| s - f).collect();
        Sample::with_scales(&differences, &self.scales)
    }

    /// "drug - control".
    pub(crate) fn term(&self) -> String {
        format!("{} - {}", self.names[1], self.names[0])
    }
}

/// Whether the members of pairs are compared: two columns, or the same animals
/// under two conditions.
pub(crate) fn is_paired(question: &Question) -> bool {
    let within = question.design == Some(Design::WithinAnimal) && question.method.pairs_on_request();
    question.response.len() == 2 || within
}

/// Reads pairs from two columns, or from the two groups of one column.
pub(crate) fn pairs(table: &Table, question: &Question) -> Result<(Data, Pairs), Fault> {
    let (data, pairs) = if question.response.len() == 2 { wide(table, question)? } else { long(table, question)? };
    if pairs.first.len() < 2 {
        let (column, method, unit) = (data.response[0].clone(), question.method.name(), data.unit_name());
        return Err(Fault::FewPairs { column, found: pairs.first.len(), unit, method });
    }
    Ok((data, pairs))
}

fn wide(table: &Table, question: &Question) -> Result<(Data, Pairs), Fault> {
    let data = Data::new(table, question, Wanted::RESPONSE)?;
    let units = data.units();
    let member = |place: usize| units.iter().map(|unit| unit.values[place]).collect();
    let names = [data.response[0].clone(), data.response[1].clone()];
    let scales = units.iter().map(|unit| unit.scales[0].max(unit.scales[1])).collect();
    let pairs = Pairs { names, first: member(0), second: member(1), scales };
    Ok((data, pairs))
}

fn long(table: &Table, question: &Question) -> Result<(Data, Pairs), Fault> {
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
    let mut members: BTreeMap<_, [Vec<(f64, f64)>; 2]> = BTreeMap::new();
    for unit in data.units() {
        let slice = if data.unit_name() == "slice" { unit.slice.clone() } else { None };
        let side = usize::from(unit.groups[0] == *other);
        members.entry((unit.animal.clone(), slice)).or_default()[side].push((unit.values[0], unit.scales[0]));
    }
    let names = [reference.clone(), other.clone()];
    let mut pairs = Pairs { names, first: Vec::new(), second: Vec::new(), scales: Vec::new() };
    for ((animal, slice), [first, second]) in members {
        let unit = [animal, slice].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let incomplete = |condition: &String, found: usize| Fault::Incomplete {
            column: column.clone(),
            unit: unit.clone(),
            condition: condition.clone(),
            found,
        };
        match (first.as_slice(), second.as_slice()) {
            ([(a, a_scale)], [(b, b_scale)]) => {
                pairs.first.push(*a);
                pairs.second.push(*b);
                pairs.scales.push(a_scale.max(*b_scale));
            }
            ([_], b) => return Err(incomplete(other, b.len())),
            (a, _) => return Err(incomplete(reference, a.len())),
        }
    }
    Ok((data, pairs))
}
