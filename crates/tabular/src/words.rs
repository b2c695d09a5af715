//! Numbers and sentences as in a paper.

use statistics::Comparison;
use statistics::mixed::FTest;

pub(crate) use statistics::spelling::{four_digits as short, p_value as p_words};

/// An F test in a sentence: "F(2, 21) = 4.1, p = 0.03".
pub(crate) fn f_words(test: &FTest) -> String {
    format!("F({}, {}) = {}, {}", short(test.df1), short(test.df2), short(test.f), p_words(test.p))
}

/// A limit of a profile-likelihood interval, which may not exist.
pub(crate) fn limit_words(limit: Option<f64>) -> String {
    limit.map_or_else(|| String::from("unbounded"), short)
}

/// "n = 8 control, 9 drug animals".
pub(crate) fn n_words(units: &[(String, usize)], unit: &str) -> String {
    let parts: Vec<String> = units.iter().map(|(name, n)| format!("{n} {name}").trim().to_owned()).collect();
    format!("n = {} {unit}s", parts.join(", "))
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
