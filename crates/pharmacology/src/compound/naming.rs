//! Comparing names of compounds as people write them.

/// A name reduced to what distinguishes it: lower case, Greek letters spelt as
/// their Latin counterparts, no spaces, hyphens or other punctuation.
///
/// `3α,5α-THP`, `3a,5a THP` and `3A5A-thp` are one name.
pub(crate) fn folded(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'α' => Some('a'),
            'β' => Some('b'),
            'γ' => Some('g'),
            'δ' => Some('d'),
            other if other.is_alphanumeric() => Some(other),
            _ => None,
        })
        .collect()
}

/// Up to three of `known` that resemble `asked`, best first; ties in the order given.
pub(crate) fn similar(asked: &str, known: &[String]) -> Vec<String> {
    const ALIKE: f64 = 0.8;
    let asked = folded(asked);
    let mut scored: Vec<(f64, &String)> = known
        .iter()
        .map(|name| (strsim::jaro_winkler(&asked, &folded(name)), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(3).map(|(_, name)| name.clone()).collect()
}

/// The best of `known` names of a vocabulary, as a ready half-sentence.
pub(crate) fn did_you_mean(asked: &str, known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
    match similar(asked, &known).first() {
        Some(best) => format!("; did you mean `{best}`?"),
        None => String::new(),
    }
}
