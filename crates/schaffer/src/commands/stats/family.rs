//! Several comparisons at once.

use super::Found;
use super::arguments::{Adjust, Method, Stats};
use super::data::{Data, Wanted};
use super::fault::StatsFault;
use super::groups::{counts, n_words};
use super::outcome::{Outcome, Row, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::adjust::Adjustment;
use statistics::{adjust as adjusting, contrasts};

/// Dunnett, Tukey and Games–Howell; with `--adjust`, pairs by t tests.
pub fn all_pairs(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted::GROUPS)?;
    let groups = data.groups(arguments)?;
    groups.require(&data, arguments.method, "at least two", |found| found >= 2)?;
    let refused = data.refused(arguments.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    let level = arguments.interval;
    let names = &groups.names;
    let mut title = match arguments.method {
        Method::Dunnett => "Dunnett's test".to_owned(),
        Method::Tukey => "Tukey's test of all pairs".to_owned(),
        _ => "Games-Howell test of all pairs".to_owned(),
    };
    let rows: Vec<Row> = if arguments.method == Method::Dunnett {
        let found = contrasts::dunnett_samples(&samples, 0, level).map_err(&refused)?;
        names[1..].iter().zip(&found).map(|(name, c)| Row::adjusted(format!("{name} - {}", names[0]), c)).collect()
    } else {
        let found = match (arguments.method, arguments.adjust) {
            (Method::Tukey, Some(method)) => contrasts::pairwise_pooled(&samples, method.into(), level),
            (Method::Tukey, None) => contrasts::tukey_samples(&samples, level),
            (_, Some(method)) => contrasts::pairwise_welch(&samples, method.into(), level),
            (_, None) => contrasts::games_howell(&samples, level),
        };
        if let Some(method) = arguments.adjust {
            title = format!("All pairs by t tests, p adjusted ({})", Adjustment::from(method).name());
        }
        let name = |c: &contrasts::PairComparison| format!("{} - {}", names[c.second], names[c.first]);
        found.map_err(&refused)?.iter().map(|c| Row::adjusted(name(c), &c.adjusted)).collect()
    };
    let units = counts(&groups);
    let n = n_words(&units, data.unit_name());
    let part = |row: &Row| {
        let number = |value: Option<f64>| short(value.unwrap_or(f64::NAN));
        format!("{} {} (adjusted {})", row.term, number(row.estimate), p_words(row.p_adjusted.unwrap_or(f64::NAN)))
    };
    let sentence = format!("{title}: {} ({n}).", rows.iter().map(part).collect::<Vec<_>>().join("; "));
    Ok((data, Outcome { title, units, rows, sentence, ..Outcome::default() }))
}

/// P values of a column, adjusted.
pub fn adjust(table: &Table, arguments: &Stats) -> Found {
    let mut response = arguments.response.clone();
    if response.is_empty() {
        response.push(String::from("p"));
    }
    let column = response[0].clone();
    let mut p = Vec::new();
    let mut records = Vec::new();
    let mut dropped = 0;
    for (index, value) in super::data::numbers(table, &column)?.into_iter().enumerate() {
        let row = index + 1;
        match value {
            Some(value) if (0.0..=1.0).contains(&value) => {
                p.push(value);
                records.push(row);
            }
            Some(value) => {
                return Err(StatsFault::NotAProbability { column, row, value });
            }
            None if arguments.drop_missing => dropped += 1,
            None => return Err(StatsFault::NoResponse { column, row }),
        }
    }
    let method = Adjustment::from(arguments.adjust.unwrap_or(Adjust::Holm));
    let data = Data {
        records: Vec::new(),
        response,
        group: Vec::new(),
        dose: Vec::new(),
        within: String::new(),
        animal: None,
        slice: None,
        unit: None,
        dropped,
    };
    let refused = data.refused(arguments.method, &[]);
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
        if arguments.json {
            outcome.details.insert(other.name().to_owned(), json!(values));
        }
    }
    let below = adjusted.iter().filter(|p| **p < 0.05).count();
    outcome.units = vec![(String::new(), p.len())];
    outcome.sentence = format!("Of {} p values {below} stay below 0.05 after adjustment ({}).", p.len(), method.name());
    Ok((data, outcome))
}
