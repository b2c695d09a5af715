//! Differences within pairs: means, ranks and signs.

use crate::methods::one_sample;
use crate::outcome::{Found, Outcome, Row};
use crate::question::{Method, Question};
use crate::table::pairs::{Pairs, pairs};
use crate::words::{difference_words, n_words};
use recording::table::Table;
use statistics::{StatisticsError, effect, two_sample};

/// Paired t test, Wilcoxon's signed-rank test and the sign test, second minus first.
pub(crate) fn paired(table: &Table, question: &Question) -> Found {
    let (data, pairs) = pairs(table, question)?;
    let refused = data.refused(question.method, &[]);
    let units = vec![(String::from("paired"), pairs.first.len())];
    let n = n_words(&units, data.unit_name());
    let outcome = match question.method {
        Method::Paired => means(&pairs, question.level, &n).map_err(&refused)?,
        _ => {
            let differences = pairs.differences().map_err(&refused)?;
            let term = pairs.term();
            let (title, row, sentence) = if question.method == Method::Wilcoxon {
                one_sample::signed_ranks(&term, &differences, question.level, &n).map_err(&refused)?
            } else {
                one_sample::signs(&term, &differences, question.level, &n).map_err(&refused)?
            };
            Outcome { title, rows: vec![row], sentence, ..Outcome::default() }
        }
    };
    Ok((data, Outcome { units, ..outcome }))
}

fn means(pairs: &Pairs, level: f64, n: &str) -> Result<Outcome, StatisticsError> {
    let c = two_sample::paired(&pairs.first, &pairs.second, level)?;
    let mut row = Row::comparison(pairs.term(), &c);
    if let Ok(e) = effect::paired(&pairs.first, &pairs.second, level) {
        row = row.with("d_z", e.d_z).with("g_z", e.g_z).with("g_z_low", e.g_z_low).with("g_z_high", e.g_z_high);
    }
    let sentence = difference_words(&format!("The difference {}", pairs.term()), "paired t test", &c, n);
    Ok(Outcome { title: "Paired t test".to_owned(), rows: vec![row], sentence, ..Outcome::default() })
}
