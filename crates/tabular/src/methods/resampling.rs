//! Bootstrap and permutation.

use crate::fault::Fault;
use crate::outcome::{Found, Outcome, Row};
use crate::question::{Question, Unit};
use crate::table::data::{Data, Wanted};
use crate::table::pairs::{is_wide, pairs};
use crate::table::within::within;
use crate::words::{n_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::bootstrap::{self, FEW_CLUSTERS};
use statistics::permutation::{self, Arrangements};
use statistics::{Sample, StatisticsError};
use std::collections::BTreeMap;

/// Intervals of a difference of means; of animals and slices where both exist.
pub(crate) fn bootstrap(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted::GROUPS)?;
    let groups = data.groups(question)?;
    groups.require_two(&data, question.method)?;
    groups.require_units(&data, question.method)?;
    let refused = data.refused(question.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    if samples.iter().all(Sample::is_constant) {
        return Err(refused(StatisticsError::ZeroVariance { what: "every group".to_owned() }));
    }
    let (count, seed, level) = (question.resamples, question.seed, question.level);
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
        Outcome { title: format!("Bootstrap, {count} resamples"), units: groups.counts(), ..Outcome::default() };
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

fn arrangements(question: &Question) -> Arrangements {
    Arrangements { draws: question.resamples, seed: question.seed, ..Arrangements::default() }
}

/// Exchange of group labels, or of the signs of paired differences.
pub(crate) fn permutation(table: &Table, question: &Question) -> Found {
    let (data, names, units, found) = if is_wide(question) {
        let (data, pairs) = pairs(table, question)?;
        let refused = data.refused(question.method, &pairs.names);
        let d: Vec<f64> = pairs.second.iter().zip(&pairs.first).map(|(s, f)| s - f).collect();
        let found = permutation::sign_flip(&d, arrangements(question)).map_err(&refused)?;
        (data, pairs.names.to_vec(), vec![(String::from("paired"), d.len())], found)
    } else {
        let data = Data::new(table, question, Wanted::GROUPS)?;
        let groups = data.groups(question)?;
        groups.require_two(&data, question.method)?;
        groups.require_more_than_one_each(&data, question.method)?;
        let refused = data.refused(question.method, &groups.names);
        let found = permutation::two_sample(&groups.values[1], &groups.values[0], arrangements(question));
        (data, groups.names.clone(), groups.counts(), found.map_err(&refused)?)
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
pub(crate) fn cluster(table: &Table, question: &Question) -> Found {
    let (data, courses) = within(table, question)?;
    let refused = data.refused(question.method, &courses.names);
    let [reference, other] = courses.rows.as_slice() else {
        let (column, found, method) = (data.group[0].clone(), courses.names.len(), question.method.name());
        let levels = courses.names;
        return Err(Fault::Groups { column, found, levels, method, needed: "two" });
    };
    let found =
        permutation::cluster_mass(other, reference, question.entry, arrangements(question)).map_err(&refused)?;
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
    outcome.series.insert("t".to_owned(), json!(found.t));
    Ok((data, outcome))
}
