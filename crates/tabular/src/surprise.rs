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
        words.push(format!("{}: S = {} against the hypothesis that p tests{limits}", row.term, bits(s)));
        row.more.insert("s_value".to_owned(), s.into());
    }
    if !words.is_empty() {
        outcome.sentence.push_str(&format!(" {}.", words.join(". ")));
    }
}

/// "4.32 bits, about as surprising as 4 tosses of a fair coin that all fall heads".
fn bits(s: f64) -> String {
    if !s.is_finite() {
        return "more bits than p can say".to_owned();
    }
    let heads = match s.round() {
        0.0 => "nothing at all".to_owned(),
        1.0 => "1 toss of a fair coin that falls heads".to_owned(),
        tosses => format!("{tosses} tosses of a fair coin that all fall heads"),
    };
    format!("{} bits, about as surprising as {heads}", short(s))
}
