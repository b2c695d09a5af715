//! One sample against a value: potentiation against 0, a response against 100 %.
//! Slices of an animal are averaged first, as everywhere.

use crate::fault::Fault;
use crate::outcome::{Found, Kind, Outcome, Row};
use crate::question::{Method, Question};
use crate::table::data::{Data, Wanted};
use crate::table::roles::usual_group;
use crate::words::{counted, difference_words, n_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::adjust::{Adjustment, adjust};
use statistics::{Sample, StatisticsError, effect, order, rank, two_sample};

/// Title, row and sentence of one test.
type Told = (String, Row, String);

/// Every group by itself against the value: t, signed ranks or signs.
pub(crate) fn one_sample(table: &Table, question: &Question) -> Found {
    let grouped = !question.group.is_empty() || usual_group(table).is_some();
    let data = Data::new(table, question, Wanted { groups: usize::from(grouped), ..Wanted::RESPONSE })?;
    let names = if grouped { data.levels(0, question)? } else { vec![String::new()] };
    let value = question.against.unwrap_or(0.0);
    let mut outcome = Outcome::default();
    let mut sentences = Vec::new();
    for name in &names {
        let own = data.units().into_iter().filter(|unit| !grouped || unit.groups[0] == *name);
        let (values, scales): (Vec<f64>, Vec<f64>) =
            own.map(|unit| (unit.values[0] - value, unit.scales[0].max(value.abs()))).unzip();
        require(&data, question.method, name, values.len())?;
        let refused = data.refused(question.method, std::slice::from_ref(name));
        let sample = Sample::with_scales(&values, &scales).map_err(&refused)?;
        let units = (name.clone(), values.len());
        let n = n_words(std::slice::from_ref(&units), data.unit_name());
        let term = term(&data.response[0], name, value);
        let told = match question.method {
            Method::Wilcoxon => signed_ranks(&term, &sample, question.level, &n),
            Method::Sign => signs(&term, &sample, question.level, &n),
            _ => mean(&term, &sample, question.level, &n),
        };
        let (title, mut row, sentence) = told.map_err(&refused)?;
        row.n_animals = data.animal.as_ref().map(|_| data.animals_of(name));
        outcome.title = title;
        outcome.units.push(units);
        outcome.rows.push(row);
        sentences.push(sentence);
    }
    if names.len() > 1 {
        let plain: Vec<f64> = outcome.rows.iter().filter_map(|row| row.p).collect();
        let adjusted = adjust(&plain, Adjustment::Holm).map_err(data.refused(question.method, &[]))?;
        let parts = outcome.rows.iter_mut().zip(adjusted).map(|(row, p)| {
            row.p_adjusted = Some(p);
            format!("{}, adjusted {}", row.term, p_words(p))
        });
        sentences.push(format!("For all groups together (Holm): {}.", parts.collect::<Vec<_>>().join("; ")));
        outcome.details.insert("p_adjusted_by".to_owned(), json!(Adjustment::Holm.name()));
    }
    outcome.sentence = sentences.join(" ");
    Ok((data, outcome))
}

/// "potentiation (drug) - 100".
fn term(response: &str, group: &str, value: f64) -> String {
    let of = if group.is_empty() { response.to_owned() } else { format!("{response} ({group})") };
    if value == 0.0 { of } else { format!("{of} - {}", short(value)) }
}

fn require(data: &Data, method: Method, group: &str, found: usize) -> Result<(), Fault> {
    let (unit, method) = (data.unit_name(), method.name());
    match data.group.first() {
        _ if found > 1 => Ok(()),
        Some(column) => Err(Fault::FewUnits { column: column.clone(), group: group.to_owned(), found, unit, method }),
        None => Err(Fault::FewPairs { column: data.response[0].clone(), found, unit, method }),
    }
}

fn mean(term: &str, sample: &Sample, level: f64, n: &str) -> Result<Told, StatisticsError> {
    let c = two_sample::one_sample(sample, level)?;
    let mut row = Row::comparison(term, &c).with("sd", sample.sd());
    let zeros = vec![0.0; sample.n()];
    if let Ok(e) = effect::paired(&zeros, sample.values(), level) {
        row = row.with("d_z", e.d_z).with("g_z", e.g_z).with("g_z_low", e.g_z_low).with("g_z_high", e.g_z_high);
    }
    let sentence = difference_words(&format!("The mean of {term}"), "one-sample t test", &c, n);
    Ok(("One-sample t test".to_owned(), row, sentence))
}

/// Wilcoxon's signed-rank test of differences, with the pseudomedian.
pub(super) fn signed_ranks(term: &str, sample: &Sample, level: f64, n: &str) -> Result<Told, StatisticsError> {
    let normal = rank::wilcoxon_normal(sample, false)?;
    let corrected = rank::wilcoxon_normal(sample, true)?;
    let shift = rank::pseudomedian(sample, level)?;
    let exact = rank::wilcoxon_exact(sample);
    let p = exact.as_ref().map_or(corrected.p, |exact| exact.p);
    let kind = if exact.is_ok() { "exact" } else { "normal approximation" };
    let zeros = rank::zero_differences(sample);
    let row = Row {
        estimate: Some(shift.estimate),
        statistic: Some(normal.statistic),
        p: Some(p),
        ci_low: Some(shift.low),
        ci_high: Some(shift.high),
        kind: Some(Kind::V),
        ..Row::new(term)
    }
    .with("p_kind", kind)
    .with("p_normal", normal.p)
    .with("p_normal_continuity", corrected.p)
    .with("zero_differences_left_out", zeros);
    let sentence = format!(
        "The pseudomedian of {term} was {} ({} % CI {} to {}; Wilcoxon V = {}, {kind} {}{}; {n}).",
        short(shift.estimate),
        short(100.0 * level),
        short(shift.low),
        short(shift.high),
        short(normal.statistic),
        p_words(p),
        left_out(zeros)
    );
    Ok(("Wilcoxon signed-rank test".to_owned(), row, sentence))
}

/// The sign test of differences, with the share above zero.
pub(super) fn signs(term: &str, sample: &Sample, level: f64, n: &str) -> Result<Told, StatisticsError> {
    let found = order::sign_test(sample, level)?;
    let zeros = sample.n() - found.counted;
    let mut row = Row::interval(format!("P({term} > 0)"), &found.share);
    (row.statistic, row.p, row.kind) = (Some(found.positive as f64), Some(found.p), Some(Kind::S));
    let row = row.with("counted", found.counted).with("zero_differences_left_out", zeros);
    let sentence = format!(
        "Of {}, {} of {term} were above zero (share {}, {} % CI {} to {}; sign test, exact {}{}; {n}).",
        counted(found.counted, "difference"),
        found.positive,
        short(found.share.value),
        short(100.0 * level),
        short(found.share.low),
        short(found.share.high),
        p_words(found.p),
        left_out(zeros)
    );
    Ok(("Sign test".to_owned(), row, sentence))
}

fn left_out(zeros: usize) -> String {
    match zeros {
        0 => String::new(),
        1 => String::from(", 1 difference of zero left out"),
        n => format!(", {n} differences of zero left out"),
    }
}
