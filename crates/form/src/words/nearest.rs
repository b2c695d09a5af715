//! What was probably meant by a word that is not known.

/// Least letters of a word that is looked for within longer names.
const LEAST_LETTERS: usize = 3;

/// The known word that was probably meant, if one is near enough: at most a
/// third of its letters may differ, compared without case. Failing that, the
/// shortest one that holds the asked word.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let compared: Vec<(usize, &str)> =
        known.map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate)).collect();
    let alike = compared.iter().filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3);
    let holds = |candidate: &str| word.chars().count() >= LEAST_LETTERS && candidate.to_lowercase().contains(&word);
    let best = alike.min_by_key(|(distance, _)| *distance);
    best.or_else(|| compared.iter().filter(|(_, candidate)| holds(candidate)).min_by_key(|(distance, _)| *distance))
        .map(|(_, candidate)| *candidate)
}

/// Up to three of the known names that resemble `asked`, best first; ties in the
/// order given. For names that people write in many ways: both sides are compared
/// as `spelt` reduces them, by the similarity of Jaro and Winkler, to which a
/// common beginning counts most.
pub fn alike<'a>(asked: &str, known: impl Iterator<Item = &'a str>, spelt: impl Fn(&str) -> String) -> Vec<&'a str> {
    const ALIKE: f64 = 0.8;
    const MOST: usize = 3;
    let asked = spelt(asked);
    let mut scored: Vec<(f64, &str)> = known
        .map(|name| (strsim::jaro_winkler(&asked, &spelt(name)), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(MOST).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["graupner_brunel_2012", "shouval_2002", "clopath_2010", "DP"];
        let near = |word| nearest(word, known.into_iter());
        assert_eq!(near("graupner_brunell_2012"), Some("graupner_brunel_2012"));
        assert_eq!(near("shouval"), Some("shouval_2002"));
        assert_eq!(near("dp"), Some("DP"));
        assert_eq!(near("photosynthesis"), None);
        assert_eq!(near("_2"), None);
    }

    #[test]
    fn names_that_begin_alike_are_alike() {
        let known = ["isopregnanolone", "pregnanolone", "diazepam"];
        let found = alike("Iso-pregnanolon", known.into_iter(), |name| name.to_lowercase().replace('-', ""));
        assert_eq!(found.first(), Some(&"isopregnanolone"));
        assert!(!found.contains(&"diazepam"));
    }
}
