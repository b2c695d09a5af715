//! S-values and intervals of compatibility, on request.

use crate::outcome::Outcome;
use crate::words::short;
use statistics::surprise::s_value;

/// Adds the S-value of every p value, and says what it and the interval mean.
pub(crate) fn add(outcome: &mut Outcome, level: f64) {
    let mut words = Vec::new();
    for row in &mut outcome.rows {
        let Some(p) = row.p_adjusted.or(row.p) else { continue };
        let s = s_value(p);
        let limits = match (row.ci_low, row.ci_high) {
            (Some(low), Some(high)) => format!(
                "; values from {} to {} are those most compatible with the data, given the model ({} % compatibility \
                 interval)",
                short(low),
                short(high),
                short(100.0 * level)
            ),
            _ => String::new(),
        };
        let heads = match s.round() {
            1.0 => "1 toss that falls heads".to_owned(),
            tosses => format!("{tosses} tosses of a fair coin that all fall heads"),
        };
        words.push(format!(
            "{}: S = {} bits against no difference, about as surprising as {heads}{limits}",
            row.term,
            short(s)
        ));
        row.more.insert("s_value".to_owned(), s.into());
    }
    if !words.is_empty() {
        outcome.sentence.push_str(&format!(" {}.", words.join(". ")));
    }
}
