//! Pairs: two responses of one unit, or one response under two conditions.

use super::Found;
use super::arguments::{Method, Stats};
use super::data::{Data, Wanted};
use super::fault::StatsFault;
use super::groups::{difference_words, n_words};
use super::outcome::{Outcome, Row, p_words, short};
use super::units::name;
use recording::table::Table;
use statistics::{effect, rank, two_sample};
use std::collections::BTreeMap;

/// The pairs of the units, the reference first.
pub struct Pairs {
    /// Names of both members.
    pub names: [String; 2],
    /// First members.
    pub first: Vec<f64>,
    /// Second members.
    pub second: Vec<f64>,
}

/// Whether the responses are named as two columns.
pub fn is_wide(arguments: &Stats) -> bool {
    arguments.response.len() == 2
}

/// Reads pairs from two columns, or from the two groups of one column.
pub fn pairs(table: &Table, arguments: &Stats) -> Result<(Data, Pairs), StatsFault> {
    if is_wide(arguments) {
        let data = Data::new(table, arguments, Wanted::RESPONSE)?;
        let units = data.units();
        let member = |place: usize| units.iter().map(|unit| unit.values[place]).collect();
        let names = [data.response[0].clone(), data.response[1].clone()];
        let pairs = Pairs { names, first: member(0), second: member(1) };
        return Ok((data, pairs));
    }
    let data = Data::new(table, arguments, Wanted::GROUPS)?;
    let levels = data.levels(0, arguments)?;
    let column = data.group[0].clone();
    let [reference, other] = levels.as_slice() else {
        let (found, method) = (levels.len(), name(arguments.method));
        return Err(StatsFault::Groups { column, found, levels, method, needed: "two" });
    };
    if data.unit.is_none() {
        return Err(super::data::usage("pairs need --animal or --slice, or two columns: --response FIRST,SECOND"));
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
        let incomplete = |condition: &String, found: usize| StatsFault::Incomplete {
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

/// Paired t test and Wilcoxon's signed-rank test, second minus first.
pub fn paired(table: &Table, arguments: &Stats) -> Found {
    let (data, pairs) = pairs(table, arguments)?;
    let refused = data.refused(arguments.method, &pairs.names);
    let level = arguments.interval;
    let units = vec![(String::from("paired"), pairs.first.len())];
    let n = n_words(&units, data.unit_name());
    let term = format!("{} - {}", pairs.names[1], pairs.names[0]);
    let words = format!("The difference {term}");
    let (title, row, sentence) = if arguments.method == Method::Paired {
        let c = two_sample::paired(&pairs.first, &pairs.second, level).map_err(&refused)?;
        let mut row = Row::comparison(&term, &c);
        if let Ok(e) = effect::paired(&pairs.first, &pairs.second, level) {
            row = row.with("d_z", e.d_z).with("g_z", e.g_z).with("g_z_low", e.g_z_low).with("g_z_high", e.g_z_high);
        }
        ("Paired t test", row, difference_words(&words, "paired t test", &c, &n))
    } else {
        let differences = two_sample::differences(&pairs.first, &pairs.second).map_err(&refused)?;
        let normal = rank::wilcoxon_normal(&differences, false).map_err(&refused)?;
        let corrected = rank::wilcoxon_normal(&differences, true).map_err(&refused)?;
        let shift = rank::pseudomedian(&differences, level).map_err(&refused)?;
        let exact = rank::wilcoxon_exact(&differences);
        let p = exact.as_ref().map_or(corrected.p, |exact| exact.p);
        let kind = if exact.is_ok() { "exact" } else { "normal approximation" };
        let zeros = differences.values().iter().filter(|d| **d == 0.0).count();
        let row = Row {
            estimate: Some(shift.estimate),
            statistic: Some(normal.statistic),
            p: Some(p),
            ci_low: Some(shift.low),
            ci_high: Some(shift.high),
            ..Row::new(&term)
        }
        .with("p_kind", kind)
        .with("p_normal", normal.p)
        .with("p_normal_continuity", corrected.p)
        .with("zero_differences_left_out", zeros);
        let (low, high) = (short(shift.low), short(shift.high));
        let sentence = format!(
            "{words} was {} (pseudomedian; {} % CI {low} to {high}; Wilcoxon V = {}, {kind} {}; {n}).",
            short(shift.estimate),
            short(100.0 * level),
            short(normal.statistic),
            p_words(p)
        );
        ("Wilcoxon signed-rank test", row, sentence)
    };
    Ok((data, Outcome { title: title.to_owned(), units, rows: vec![row], sentence, ..Outcome::default() }))
}
