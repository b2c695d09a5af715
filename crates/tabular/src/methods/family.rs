//! Several comparisons at once.

use crate::fault::Fault;
use crate::outcome::{Found, Outcome, Row};
use crate::question::{Method, Question};
use crate::table::columns::{labels, numbers};
use crate::table::data::{Data, Wanted};
use crate::table::order::natural;
use crate::table::roles;
use crate::words::{counted, n_words, p_words, short};
use recording::table::{Table, TableError};
use serde_json::json;
use statistics::adjust::Adjustment;
use statistics::gatekeeping::{Gate, gatekeeping};
use statistics::{adjust as adjusting, contrasts};

/// Dunnett, Tukey and Games–Howell; with `--adjust`, pairs by t tests.
pub(crate) fn all_pairs(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted::GROUPS)?;
    let groups = data.groups(question)?;
    groups.require(&data, question.method, "at least two", |found| found >= 2)?;
    let refused = data.refused(question.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    let level = question.level;
    let names = &groups.names;
    let mut title = match question.method {
        Method::Dunnett => "Dunnett's test".to_owned(),
        Method::Tukey => "Tukey's test of all pairs".to_owned(),
        _ => "Games-Howell test of all pairs".to_owned(),
    };
    let rows: Vec<Row> = if question.method == Method::Dunnett {
        let found = contrasts::dunnett_samples(&samples, 0, level).map_err(&refused)?;
        names[1..].iter().zip(&found).map(|(name, c)| Row::adjusted(format!("{name} - {}", names[0]), c)).collect()
    } else {
        let found = match (question.method, question.adjust) {
            (Method::Tukey, Some(method)) => contrasts::pairwise_pooled(&samples, method, level),
            (Method::Tukey, None) => contrasts::tukey_samples(&samples, level),
            (_, Some(method)) => contrasts::pairwise_welch(&samples, method, level),
            (_, None) => contrasts::games_howell(&samples, level),
        };
        if let Some(method) = question.adjust {
            title = format!("All pairs by t tests, p adjusted ({})", method.name());
        }
        let name = |c: &contrasts::PairComparison| format!("{} - {}", names[c.second], names[c.first]);
        found.map_err(&refused)?.iter().map(|c| Row::adjusted(name(c), &c.adjusted)).collect()
    };
    let units = groups.counts();
    let n = n_words(&units, data.unit_name());
    // Adjusted t tests leave the limits as they are; the others widen them together.
    let kind = if question.adjust.is_some() { "unadjusted" } else { "simultaneous" };
    let part = |row: &Row| {
        let number = |value: Option<f64>| short(value.unwrap_or(f64::NAN));
        let limits = format!("{} to {}", number(row.ci_low), number(row.ci_high));
        let p = p_words(row.p_adjusted.unwrap_or(f64::NAN));
        format!("{} {} ({kind} {} % CI {limits}, adjusted {p})", row.term, number(row.estimate), short(100.0 * level))
    };
    let sentence = format!("{title}: {} ({n}).", rows.iter().map(part).collect::<Vec<_>>().join("; "));
    Ok((data, Outcome { title, units, rows, sentence, ..Outcome::default() }))
}

/// P values of a column, adjusted.
pub(crate) fn adjust(table: &Table, question: &Question) -> Found {
    let response = roles::response(table, question)?;
    let column = response[0].clone();
    let mut p = Vec::new();
    let mut records = Vec::new();
    let mut dropped = 0;
    let mut data = Data { response, ..Data::default() };
    let kept = data.kept(table)?;
    for (index, value) in numbers(table, &column)?.into_iter().enumerate() {
        let row = index + 1;
        if kept.as_ref().is_some_and(|kept| !kept[index]) {
            continue;
        }
        match value {
            Some(value) if (0.0..=1.0).contains(&value) => {
                p.push(value);
                records.push(row);
            }
            Some(value) => {
                return Err(Fault::NotAProbability { column, row, value });
            }
            None if question.drop_missing => dropped += 1,
            None => return Err(Fault::NoResponse { column, row }),
        }
    }
    data.dropped = dropped;
    if let Some(gate) = question.gates {
        return gated(table, question, data, gate, (&records, &p));
    }
    let method = question.adjust.unwrap_or(Adjustment::Holm);
    let refused = data.refused(question.method, &[]);
    let adjusted = adjusting::adjust(&p, method).map_err(&refused)?;
    let row = |((row, p), adjusted): ((&usize, &f64), &f64)| Row {
        p: Some(*p),
        p_adjusted: Some(*adjusted),
        ..Row::new(format!("row {row}"))
    };
    let rows = records.iter().zip(&p).zip(&adjusted).map(row).collect();
    let mut outcome = Outcome { title: format!("P values adjusted ({})", method.name()), rows, ..Outcome::default() };
    for other in Adjustment::all() {
        let values = adjusting::adjust(&p, other).map_err(&refused)?;
        outcome.series.insert(other.name().to_owned(), json!(values));
    }
    let below = adjusted.iter().filter(|p| **p < 0.05).count();
    outcome.units = vec![(String::new(), p.len())];
    let stays = if below == 1 { "stays" } else { "stay" };
    outcome.sentence =
        format!("Of {} {below} {stays} below 0.05 after adjustment ({}).", counted(p.len(), "p value"), method.name());
    Ok((data, outcome))
}

/// Outcomes in an order of importance: families of a column in the order of their names,
/// or one after the other.
fn gated(table: &Table, question: &Question, data: Data, gate: Gate, (rows, p): (&[usize], &[f64])) -> Found {
    let family = match (gate, question.group.as_slice()) {
        (Gate::FixedSequence, []) => Vec::new(),
        (Gate::FixedSequence, _) => {
            return Err(Fault::asked("--gates fixed-sequence takes the order of the rows and no --group"));
        }
        (_, [column]) => {
            let names = labels(table, column)?;
            let named = |row: &usize| names[row - 1].as_ref().ok_or_else(|| gap(column, *row));
            let own: Vec<&String> = rows.iter().map(named).collect::<Result<_, _>>()?;
            let mut sorted = own.clone();
            sorted.sort_by(|a, b| natural(a, b));
            sorted.dedup();
            own.iter().map(|name| sorted.iter().position(|known| known == name).unwrap_or_default()).collect()
        }
        _ => {
            return Err(Fault::asked(
                "--gates serial and parallel need --group COL, the family of each outcome: 1, 2 …",
            ));
        }
    };
    let refused = data.refused(question.method, &[]);
    let adjusted = gatekeeping(p, &family, gate).map_err(&refused)?;
    let row = |((row, p), adjusted): ((&usize, &f64), &f64)| Row {
        p: Some(*p),
        p_adjusted: Some(*adjusted),
        ..Row::new(format!("row {row}"))
    };
    let title = format!("P values adjusted by gates ({})", gate.name());
    let mut outcome = Outcome { title, ..Outcome::default() };
    outcome.rows = rows.iter().zip(p).zip(&adjusted).map(row).collect();
    outcome.units = vec![(String::new(), p.len())];
    let below = adjusted.iter().filter(|p| **p < 0.05).count();
    outcome.sentence = format!(
        "Of {} {below} {} below 0.05 after adjustment by {} gates.",
        counted(p.len(), "p value"),
        if below == 1 { "stays" } else { "stay" },
        gate.name()
    );
    Ok((data, outcome))
}

fn gap(column: &str, row: usize) -> Fault {
    Fault::Table(TableError::Gap { column: column.to_owned(), row })
}
