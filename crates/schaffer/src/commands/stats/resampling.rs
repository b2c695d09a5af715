//! Bootstrap and permutation.

use super::Found;
use super::arguments::{Stats, Unit};
use super::data::{Data, Wanted};
use super::factorial::within;
use super::groups::{counts, n_words};
use super::outcome::{Outcome, Row, p_words, short};
use super::pairs;
use recording::table::Table;
use serde_json::json;
use statistics::bootstrap::{self, FEW_CLUSTERS};
use statistics::permutation::{self, Arrangements};
use statistics::{Sample, StatisticsError};
use std::collections::BTreeMap;

/// Intervals of a difference of means; of animals and slices where both exist.
pub fn bootstrap(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted::GROUPS)?;
    let groups = data.groups(arguments)?;
    groups.require_two(&data, arguments.method)?;
    groups.require_units(&data, arguments.method)?;
    let refused = data.refused(arguments.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    if samples.iter().all(Sample::is_constant) {
        return Err(refused(StatisticsError::ZeroVariance { what: "every group".to_owned() }));
    }
    let (count, seed, level) = (arguments.resamples as usize, arguments.seed, arguments.interval);
    let (reference, other) = (&groups.values[0], &groups.values[1]);
    let boot = bootstrap::mean_difference(other, reference, count, seed).map_err(&refused)?;
    let term = format!("{} - {}", groups.names[1], groups.names[0]);
    let bca = boot.bca(level).map_err(&refused)?;
    let mut row = Row::interval(format!("{term} (BCa)"), &bca);
    row.se = Some(boot.se());
    row = row.with("bias", boot.bias()).with("acceleration", boot.acceleration());
    let percentile = boot.percentile(level).map_err(&refused)?;
    let mut rows = vec![row, Row::interval(format!("{term} (percentile)"), &percentile)];
    let mut outcome =
        Outcome { title: format!("Bootstrap, {count} resamples"), units: counts(&groups), ..Outcome::default() };
    let (mut told, mut kind) = (bca, "BCa bootstrap of unit means");
    if data.unit == Some(Unit::Animal) && data.records.len() > reference.len() + other.len() {
        let clusters = |name: &String| -> Vec<Vec<f64>> {
            let mut animals: BTreeMap<_, Vec<f64>> = BTreeMap::new();
            for record in data.records.iter().filter(|record| record.groups[0] == *name) {
                animals.entry(&record.animal).or_default().push(record.values[0]);
            }
            animals.into_values().collect()
        };
        let (a, b) = (clusters(&groups.names[1]), clusters(&groups.names[0]));
        let h = bootstrap::hierarchical(&a, &b, count, level, seed).map_err(&refused)?;
        told = statistics::Interval { value: h.difference, low: h.ci_low, high: h.ci_high, level };
        kind = "hierarchical bootstrap of animals, then slices";
        rows.push(Row::interval(format!("{term} (animals, then slices)"), &told));
    }
    if reference.len().min(other.len()) < FEW_CLUSTERS {
        let few = format!("fewer than {FEW_CLUSTERS} units in a group: bootstrap intervals are too narrow");
        outcome.warnings.push(few);
    }
    let n = n_words(&outcome.units, data.unit_name());
    outcome.sentence = format!(
        "The difference {term} was {} ({} % CI {} to {}; {kind}, {count} resamples, seed {seed}; {n}).",
        short(told.value),
        short(100.0 * level),
        short(told.low),
        short(told.high)
    );
    outcome.rows = rows;
    Ok((data, outcome))
}

fn arrangements(arguments: &Stats) -> Arrangements {
    Arrangements { draws: arguments.resamples as usize, seed: arguments.seed, ..Arrangements::default() }
}

/// Exchange of group labels, or of the signs of paired differences.
pub fn permutation(table: &Table, arguments: &Stats) -> Found {
    let (data, names, units, found) = if pairs::is_wide(arguments) {
        let (data, pairs) = pairs::pairs(table, arguments)?;
        let refused = data.refused(arguments.method, &pairs.names);
        let d: Vec<f64> = pairs.second.iter().zip(&pairs.first).map(|(s, f)| s - f).collect();
        let found = permutation::sign_flip(&d, arrangements(arguments)).map_err(&refused)?;
        (data, pairs.names.to_vec(), vec![(String::from("paired"), d.len())], found)
    } else {
        let data = Data::new(table, arguments, Wanted::GROUPS)?;
        let groups = data.groups(arguments)?;
        groups.require_two(&data, arguments.method)?;
        groups.require_more_than_one_each(&data, arguments.method)?;
        let refused = data.refused(arguments.method, &groups.names);
        let found = permutation::two_sample(&groups.values[1], &groups.values[0], arrangements(arguments));
        (data, groups.names.clone(), counts(&groups), found.map_err(&refused)?)
    };
    let n = n_words(&units, data.unit_name());
    let term = format!("{} - {}", names[1], names[0]);
    let kind = if found.exact { "exact" } else { "Monte Carlo" };
    let sentence = format!(
        "The difference {term} was {} ({kind} permutation of {}s, {} arrangements, {}; {n}).",
        short(found.difference),
        data.unit_name(),
        found.arrangements,
        p_words(found.p_two_sided)
    );
    let row = Row { estimate: Some(found.difference), p: Some(found.p_two_sided), ..Row::new(term) }
        .with("p_greater", found.p_greater)
        .with("p_less", found.p_less)
        .with("arrangements", found.arrangements)
        .with("exact", found.exact);
    Ok((data, Outcome { title: "Permutation test".to_owned(), units, rows: vec![row], sentence, ..Outcome::default() }))
}

/// Cluster mass of two groups of time courses, units exchanged.
pub fn cluster(table: &Table, arguments: &Stats) -> Found {
    let (data, courses) = within(table, arguments)?;
    let refused = data.refused(arguments.method, &courses.names);
    let [reference, other] = courses.rows.as_slice() else {
        let (column, found, method) = (data.group[0].clone(), courses.names.len(), String::from("cluster"));
        let levels = courses.names;
        return Err(super::fault::StatsFault::Groups { column, found, levels, method, needed: "two" });
    };
    let found =
        permutation::cluster_mass(other, reference, arguments.entry, arrangements(arguments)).map_err(&refused)?;
    let row = |c: &permutation::Cluster| {
        let (first, last) = (&courses.conditions[c.first], &courses.conditions[c.last]);
        Row { statistic: Some(c.mass), p: Some(c.p), ..Row::new(format!("{first} to {last}")) }
            .with("first", first)
            .with("last", last)
    };
    let rows: Vec<Row> = found.clusters.iter().map(row).collect();
    let units: Vec<(String, usize)> = courses.names.iter().cloned().zip(courses.rows.iter().map(Vec::len)).collect();
    let n = n_words(&units, data.unit_name());
    let part = |row: &Row| format!("{} ({})", row.term, p_words(row.p.unwrap_or(f64::NAN)));
    let list =
        if rows.is_empty() { String::from("none") } else { rows.iter().map(part).collect::<Vec<_>>().join(", ") };
    let kind = if found.exact { "all" } else { "random" };
    let sentence = format!(
        "Clusters of {} in which {} and {} differed: {list} (cluster mass, {} {kind} arrangements of {}s; {n}).",
        data.within,
        courses.names[1],
        courses.names[0],
        found.arrangements,
        data.unit_name()
    );
    let mut outcome =
        Outcome { title: "Cluster-mass permutation test".to_owned(), units, rows, sentence, ..Outcome::default() };
    let mut detail = |name: &str, value: serde_json::Value| outcome.details.insert(name.to_owned(), value);
    detail("entry_t", json!(found.entry_t));
    detail("mass_quantile_95", json!(found.mass_quantile_95));
    detail("arrangements", json!(found.arrangements));
    detail("exact", json!(found.exact));
    if arguments.json {
        detail("t", json!(found.t));
    }
    Ok((data, outcome))
}
