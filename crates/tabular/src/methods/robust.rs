//! Two groups of which a few outlying units do not decide.

use crate::outcome::{Found, Outcome, Row};
use crate::question::{Method, Question};
use crate::table::data::{Data, Wanted};
use crate::words::{difference_words, n_words, short};
use recording::table::Table;
use statistics::StatisticsError;
use statistics::design::Design;
use statistics::robust;

/// Yuen's test of trimmed means and Huber's M-estimate: the second group against the
/// reference.
pub(crate) fn two(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted::GROUPS)?;
    let groups = data.groups(question)?;
    groups.require_two(&data, question.method)?;
    let refused = data.refused(question.method, &groups.names);
    let units = groups.counts();
    let n = n_words(&units, data.unit_name());
    let term = format!("{} - {}", groups.names[1], groups.names[0]);
    let (reference, other) = (&groups.values[0], &groups.values[1]);
    let outcome = if question.method == Method::Yuen {
        trimmed(&term, reference, other, question.level, &n)
    } else {
        huber(&term, reference, other, question.level, &n)
    };
    let outcome = outcome.map_err(&refused)?;
    Ok((data, Outcome { units, ..outcome }))
}

fn trimmed(term: &str, x: &[f64], y: &[f64], level: f64, n: &str) -> Result<Outcome, StatisticsError> {
    let c = robust::yuen(y, x, robust::TRIM, level)?;
    let (a, b) = (robust::trimmed_mean(x, robust::TRIM)?, robust::trimmed_mean(y, robust::TRIM)?);
    let row = Row::comparison(term, &c)
        .with("trimmed_means", [a.mean, b.mean])
        .with("values_left", [a.left, b.left])
        .with("trimmed_at_either_end", robust::TRIM);
    let title = format!("Yuen's test of {} % trimmed means", short(100.0 * robust::TRIM));
    let sentence = difference_words(&format!("The difference of trimmed means {term}"), "Yuen's test", &c, n);
    Ok(Outcome { title, rows: vec![row], sentence, ..Outcome::default() })
}

fn huber(term: &str, x: &[f64], y: &[f64], level: f64, n: &str) -> Result<Outcome, StatisticsError> {
    let response: Vec<f64> = x.iter().chain(y).copied().collect();
    let group: Vec<usize> = (0..response.len()).map(|i| usize::from(i >= x.len())).collect();
    let fit = robust::huber(&Design::treatment(&group, &["reference", "other"])?, &response)?;
    let c = fit.contrast(&[0.0, 1.0], level)?;
    let lowered = fit.weights.iter().filter(|w| **w < 1.0).count();
    let row = Row::comparison(term, &c)
        .with("robust_sd", fit.scale)
        .with("units_of_lowered_weight", lowered)
        .with("smallest_weight", fit.weights.iter().copied().fold(1.0, f64::min));
    let sentence = difference_words(&format!("The difference {term}"), "Huber's M-estimate", &c, n);
    Ok(Outcome { title: "Huber's M-estimate".to_owned(), rows: vec![row], sentence, ..Outcome::default() })
}
