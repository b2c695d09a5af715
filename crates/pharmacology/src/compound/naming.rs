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
    let known = known.iter().map(String::as_str);
    form::alike(asked, known, folded).into_iter().map(str::to_owned).collect()
}

/// The best of `known` names of a vocabulary, as a ready half-sentence.
pub(crate) fn did_you_mean(asked: &str, known: &[&str]) -> String {
    match form::alike(asked, known.iter().copied(), folded).first() {
        Some(best) => format!("; did you mean `{best}`?"),
        None => String::new(),
    }
}
