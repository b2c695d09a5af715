//! Bootstrap and permutation.

use crate::outcome::{Found, Outcome, Row};
use crate::question::{Question, Unit};
use crate::table::data::{Data, Wanted};
use crate::table::pairs::{is_paired, pairs};
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
    let refused = data.refused(question.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    if samples.iter().all(Sample::is_constant) {
        return Err(refused(StatisticsError::ZeroVariance { what: "every group".to_owned() }));
    }
    let (count, seed, level) = (question.resamples, question.seed, question.level);
    let (reference, other) = (&groups.values[0], &groups.values[1]);
    let boot = bootstrap::mean_difference(other, reference, count, seed).map_err(&refused)?;
    let term = format!("{} - {}", groups.names[1], groups.names[0]);
    let studentized = bootstrap::studentized_difference(other, reference, count, seed).map_err(&refused)?;
    let told = studentized.interval(level).map_err(&refused)?;
    let mut first = Row::interval(format!("{term} (bootstrap-t)"), &told);
    first.se = Some(studentized.se());
    let bca = boot.bca(level).map_err(&refused)?;
    let mut row = Row::interval(format!("{term} (BCa)"), &bca);
    row.se = Some(boot.se());
    row = row.with("bias", boot.bias()).with("acceleration", boot.acceleration());
    let percentile = boot.percentile(level).map_err(&refused)?;
    let mut rows = vec![first, row, Row::interval(format!("{term} (percentile)"), &percentile)];
    let mut outcome =
        Outcome { title: format!("Bootstrap, {count} resamples"), units: groups.counts(), ..Outcome::default() };
    let kind = format!("bootstrap-t of means of {}s", data.unit_name());
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
        let nested = statistics::Interval { value: h.difference, low: h.ci_low, high: h.ci_high, level };
        rows.push(Row::interval(format!("{term} (animals, then slices)"), &nested));
    }
    if reference.len().min(other.len()) < FEW_CLUSTERS {
        let few = format!("fewer than {FEW_CLUSTERS} units in a group: all intervals but bootstrap-t are too narrow");
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
    let (data, names, units, found) = if is_paired(question) {
        let (data, pairs) = pairs(table, question)?;
        let refused = data.refused(question.method, &[]);
        let differences = pairs.differences().map_err(&refused)?;
        let found = permutation::sign_flip(differences.values(), arrangements(question)).map_err(&refused)?;
        (data, pairs.names.to_vec(), vec![(String::from("paired"), differences.n())], found)
    } else {
        let data = Data::new(table, question, Wanted::GROUPS)?;
        let groups = data.groups(question)?;
        groups.require_two(&data, question.method)?;
        let refused = data.refused(question.method, &groups.names);
        let found = permutation::two_sample(&groups.values[1], &groups.values[0], arrangements(question));
        (data, groups.names.clone(), groups.counts(), found.map_err(&refused)?)
    };
    let n = n_words(&units, data.unit_name());
    let term = format!("{} - {}", names[1], names[0]);
    let what = exchanged(is_paired(question), data.unit_name());
    let kind = if found.exact { "exact" } else { "Monte Carlo" };
    let sentence = format!(
        "The difference {term} was {} ({kind} permutation test, {what}, {}, {}; {n}).",
        short(found.difference),
        counted_arrangements(found.arrangements, found.exact),
        p_words(found.p_two_sided)
    );
    let row = Row { estimate: Some(found.difference), p: Some(found.p_two_sided), ..Row::new(term) }
        .with("p_greater", found.p_greater)
        .with("p_less", found.p_less)
        .with("arrangements", found.arrangements)
        .with("exact", found.exact);
    Ok((data, Outcome { title: "Permutation test".to_owned(), units, rows: vec![row], sentence, ..Outcome::default() }))
}

/// What changes from one arrangement to the next.
fn exchanged(paired: bool, unit: &str) -> String {
    if paired { format!("signs of the differences of {unit}s flipped") } else { format!("{unit}s exchanged") }
}

fn counted_arrangements(arrangements: u64, exact: bool) -> String {
    if exact { format!("all {arrangements} arrangements") } else { format!("{arrangements} random arrangements") }
}

/// Cluster mass of two groups of time courses: units exchanged, or the signs of
/// the differences flipped where both are of the same animals.
pub(crate) fn cluster(table: &Table, question: &Question) -> Found {
    let (data, courses) = within(table, question)?;
    let paired = courses.is_within_animal(&data);
    let refused = data.refused(question.method, &courses.conditions);
    let (entry, arrangements) = (question.entry, arrangements(question));
    let (found, units) = if paired {
        let differences = courses.differences(&data)?;
        let units = vec![(String::from("paired"), differences.len())];
        (permutation::cluster_mass_paired(&differences, entry, arrangements), units)
    } else {
        (permutation::cluster_mass(&courses.rows[1], &courses.rows[0], entry, arrangements), courses.counts())
    };
    let found = found.map_err(&refused)?;
    let rows: Vec<Row> = found.clusters.iter().map(|cluster| cluster_row(cluster, &courses.conditions)).collect();
    let n = n_words(&units, data.unit_name());
    let part = |row: &Row| format!("{} ({})", row.term, p_words(row.p.unwrap_or(f64::NAN)));
    let list =
        if rows.is_empty() { String::from("none") } else { rows.iter().map(part).collect::<Vec<_>>().join(", ") };
    let sentence = format!(
        "Clusters of {} in which {} and {} differed: {list} (cluster mass, {}, {}; {n}).",
        data.within,
        courses.names[1],
        courses.names[0],
        exchanged(paired, data.unit_name()),
        counted_arrangements(found.arrangements, found.exact)
    );
    let title =
        if paired { "Cluster-mass test of differences within animals" } else { "Cluster-mass permutation test" };
    let mut outcome = Outcome { title: title.to_owned(), units, rows, sentence, ..Outcome::default() };
    let mut detail = |name: &str, value: serde_json::Value| outcome.details.insert(name.to_owned(), value);
    detail("entry_t", json!(found.entry_t));
    detail("mass_quantile_95", json!(found.mass_quantile_95));
    detail("arrangements", json!(found.arrangements));
    detail("exact", json!(found.exact));
    outcome.series.insert("t".to_owned(), json!(found.t));
    outcome.series.insert("times".to_owned(), json!(courses.conditions.iter().map(|c| time(c)).collect::<Vec<_>>()));
    Ok((data, outcome))
}

fn cluster_row(cluster: &permutation::Cluster, conditions: &[String]) -> Row {
    let (first, last) = (&conditions[cluster.first], &conditions[cluster.last]);
    Row { statistic: Some(cluster.mass), p: Some(cluster.p), ..Row::new(format!("{first} to {last}")) }
        .with("first", time(first))
        .with("last", time(last))
}

/// A condition of time courses as the number that it is.
fn time(condition: &str) -> Option<f64> {
    condition.parse().ok()
}
