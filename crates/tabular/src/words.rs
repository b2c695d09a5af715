//! Numbers and sentences as in a paper.

use statistics::mixed::FTest;
use statistics::{Comparison, StatisticsError};

pub(crate) use statistics::spelling::{four_digits as short, p_cell, p_value as p_words};

/// An F test in a sentence: "F(2, 21) = 4.1, p = 0.03".
pub(crate) fn f_words(test: &FTest) -> String {
    format!("F({}, {}) = {}, {}", short(test.df1), short(test.df2), short(test.f), p_words(test.p))
}

/// A limit of a profile-likelihood interval, which may not exist.
pub(crate) fn limit_words(limit: Option<f64>) -> String {
    limit.map_or_else(|| String::from("not bounded by these data"), short)
}

/// Limits of a profile-likelihood interval: "1.2 to 3.4", or what the data do not bound.
pub(crate) fn limits_words(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", short(low), short(high)),
        (Some(low), None) => format!("from {}, upper limit not bounded by these data", short(low)),
        (None, Some(high)) => format!("up to {}, lower limit not bounded by these data", short(high)),
        (None, None) => String::from("not bounded by these data"),
    }
}

/// "1 animal", "2 animals".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// "n = 8 animals (control), 1 animal (drug)"; without names of groups "n = 9 animals".
pub(crate) fn n_words(units: &[(String, usize)], unit: &str) -> String {
    let part = |(name, n): &(String, usize)| {
        let count = counted(*n, unit);
        if name.is_empty() { count } else { format!("{count} ({name})") }
    };
    format!("n = {}", units.iter().map(part).collect::<Vec<_>>().join(", "))
}

/// What the crate of statistics says of clusters, in words of this one.
pub(crate) fn in_animals(told: &StatisticsError) -> String {
    told.to_string().replace("sub-cluster", "slice").replace("cluster", "animal")
}

/// The sentence of a difference.
pub(crate) fn difference_words(term: &str, test: &str, c: &Comparison, n: &str) -> String {
    format!(
        "{term} was {} ({} % CI {} to {}; {test}, t({}) = {}, {}; {n}).",
        short(c.estimate),
        short(100.0 * c.level),
        short(c.ci_low),
        short(c.ci_high),
        short(c.df),
        short(c.statistic),
        p_words(c.p)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_numbers_of_groups_are_no_numbers_of_animals() {
        let units = [("0".to_owned(), 9), ("1".to_owned(), 1)];
        assert_eq!(n_words(&units, "animal"), "n = 9 animals (0), 1 animal (1)");
        assert_eq!(n_words(&[(String::new(), 4)], "row"), "n = 4 rows");
    }
}
