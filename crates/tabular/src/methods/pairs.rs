//! Differences within pairs.

use crate::outcome::{Found, Outcome, Row};
use crate::question::{Method, Question};
use crate::table::pairs::pairs;
use crate::words::{difference_words, n_words, p_words, short};
use recording::table::Table;
use statistics::{effect, rank, two_sample};

/// Paired t test and Wilcoxon's signed-rank test, second minus first.
pub(crate) fn paired(table: &Table, question: &Question) -> Found {
    let (data, pairs) = pairs(table, question)?;
    let refused = data.refused(question.method, &pairs.names);
    let level = question.level;
    let units = vec![(String::from("paired"), pairs.first.len())];
    let n = n_words(&units, data.unit_name());
    let term = format!("{} - {}", pairs.names[1], pairs.names[0]);
    let words = format!("The difference {term}");
    let (title, row, sentence) = if question.method == Method::Paired {
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
