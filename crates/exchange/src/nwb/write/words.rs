//! The words of a person about the animal, in the forms that NWB and its archives
//! ask for: an age by ISO 8601, the Latin name of a species, a letter for the sex.

/// Names of species as laboratories say them, with the Latin name.
const SPECIES: [(&[&str], &str); 14] = [
    (&["mouse", "mice"], "Mus musculus"),
    (&["rat", "rats"], "Rattus norvegicus"),
    (&["guinea pig", "guinea pigs"], "Cavia porcellus"),
    (&["hamster", "hamsters"], "Mesocricetus auratus"),
    (&["gerbil", "gerbils"], "Meriones unguiculatus"),
    (&["rabbit", "rabbits"], "Oryctolagus cuniculus"),
    (&["ferret", "ferrets"], "Mustela putorius"),
    (&["cat", "cats"], "Felis catus"),
    (&["dog", "dogs"], "Canis familiaris"),
    (&["pig", "pigs", "piglet", "piglets"], "Sus scrofa"),
    (&["human", "humans", "patient", "patients"], "Homo sapiens"),
    (&["marmoset", "marmosets"], "Callithrix jacchus"),
    (&["macaque", "macaques", "rhesus"], "Macaca mulatta"),
    (&["zebrafish"], "Danio rerio"),
];

/// Units of ages, with the letter of ISO 8601.
const AGES: [(&[&str], char); 5] = [
    (&["y", "yr", "yrs", "year", "years"], 'Y'),
    (&["mo", "mos", "month", "months"], 'M'),
    (&["w", "wk", "wks", "week", "weeks"], 'W'),
    (&["d", "day", "days"], 'D'),
    (&["h", "hr", "hrs", "hour", "hours"], 'H'),
];

/// An age: its ISO 8601 spelling, and what it counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Age {
    pub iso: String,
    /// `birth` or `gestational`.
    pub reference: &'static str,
}

/// The age that words say: `P42`, `P14-21`, `6 weeks`, `3 to 5 months`, `E18`, or what
/// ISO 8601 has already; `None` if they say none.
pub(crate) fn age(words: &str) -> Option<Age> {
    let words = words.trim().replace(['–', '—', '−'], "-").replace('~', "");
    let upper = words.to_ascii_uppercase();
    if is_iso(&upper) {
        return Some(Age { iso: upper, reference: "birth" });
    }
    // Postnatal or embryonic days, one or a range: P14-21, P14-P21, PND 14 to 21.
    let (rest, reference) = match postnatal(&upper) {
        Some(rest) => (rest, "birth"),
        None => match upper.strip_prefix('E').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            Some(rest) => (rest, "gestational"),
            None => return spelt_out(&words.to_ascii_lowercase()),
        },
    };
    let bounds: Option<Vec<f64>> = parts(rest)
        .map(|part| {
            let part = part.trim();
            let part = postnatal(part).unwrap_or(part);
            let part = part.strip_prefix('E').unwrap_or(part).trim();
            part.strip_suffix('D').unwrap_or(part).trim().parse().ok()
        })
        .collect();
    range(&bounds?, 'D').map(|iso| Age { iso, reference })
}

/// What stands behind P, PD or PND if a number follows.
fn postnatal(words: &str) -> Option<&str> {
    let rest = ["PND", "PD", "P"].into_iter().find_map(|prefix| words.strip_prefix(prefix))?.trim_start();
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
}

/// The two ends of a range, or the whole.
fn parts(words: &str) -> impl Iterator<Item = &str> {
    let split = ["-", " TO ", " to ", "/"].into_iter().find_map(|mark| words.split_once(mark));
    let (first, second) = split.map_or((words, None), |(first, second)| (first, Some(second)));
    std::iter::once(first).chain(second)
}

/// `6 weeks`, `6-8 week old`, `3 to 5 months`.
fn spelt_out(words: &str) -> Option<Age> {
    let numbers = words.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = words[numbers.len()..].trim_start_matches(['-', ' ', '.']).split([' ', '-', '.', ',']).next()?;
    let letter = AGES.iter().find(|(names, _)| names.contains(&unit)).map(|(_, letter)| *letter)?;
    let own = |part: &str| {
        // The unit may stand behind the first number too.
        let number = part.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
        number.parse().ok()
    };
    let bounds: Option<Vec<f64>> = parts(numbers).map(own).collect();
    range(&bounds?, letter).map(|iso| Age { iso, reference: "birth" })
}

/// One age or a growing range, in a unit.
fn range(bounds: &[f64], letter: char) -> Option<String> {
    let one = |number: f64| if letter == 'H' { format!("PT{number}H") } else { format!("P{number}{letter}") };
    match *bounds {
        [age] if age >= 0.0 && age.is_finite() => Some(one(age)),
        [low, high] if low >= 0.0 && high > low && high.is_finite() => Some(format!("{}/{}", one(low), one(high))),
        _ => None,
    }
}

/// Whether it is a duration of ISO 8601, or two with a stroke between them.
fn is_iso(words: &str) -> bool {
    let duration = |text: &str| {
        let Some(mut rest) = text.strip_prefix('P').filter(|rest| !rest.is_empty()) else {
            return false;
        };
        for letter in ['Y', 'M', 'W', 'D'] {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            if end > 0 && rest[end..].starts_with(letter) {
                rest = &rest[end + 1..];
            }
        }
        rest.is_empty()
    };
    match words.split_once('/') {
        Some((low, high)) => duration(low) && (high.is_empty() || duration(high)),
        None => duration(words),
    }
}

/// The Latin name: of the words of laboratories, or as it stands.
pub(crate) fn species(words: &str) -> String {
    let lower = words.to_lowercase();
    let spoken = |name: &&str| {
        let mut from = 0;
        while let Some(at) = lower[from..].find(*name).map(|at| at + from) {
            let letter = |c: char| c.is_alphanumeric();
            let (before, behind) = (lower[..at].ends_with(letter), lower[at + name.len()..].starts_with(letter));
            if !before && !behind {
                return true;
            }
            from = at + name.len();
        }
        false
    };
    // A guinea pig is no pig: the longest name that is there.
    let all = SPECIES.iter().flat_map(|(names, latin)| names.iter().map(move |name| (name, *latin)));
    let found = all.filter(|(name, _)| spoken(name)).max_by_key(|(name, _)| name.len());
    let latin =
        |text: &str| SPECIES.iter().find(|(_, latin)| latin.eq_ignore_ascii_case(text)).map(|(_, latin)| *latin);
    match found {
        Some((_, latin)) => latin.to_owned(),
        None => latin(words.trim()).map_or_else(|| words.trim().to_owned(), str::to_owned),
    }
}

/// `M`, `F`, or `U` where the words say both or none.
pub(crate) fn sex(words: &str) -> &'static str {
    let lower = words.to_lowercase();
    let has = |names: &[&str]| {
        lower.split(|c: char| !c.is_alphanumeric() && c != '♂' && c != '♀').any(|word| names.contains(&word))
    };
    match (has(&["m", "male", "males", "♂"]), has(&["f", "female", "females", "♀"])) {
        (true, false) => "M",
        (false, true) => "F",
        _ if has(&["o", "other"]) => "O",
        _ => "U",
    }
}

/// Names as archives ask for them, `Family, Given`: `Ada Lovelace and Karl Roe` are two.
pub(crate) fn experimenters(words: &str) -> Vec<String> {
    let people = words.split([';', '&']).flat_map(|part| part.split(" and "));
    let spelt = |name: &str| {
        let name = name.trim();
        match (name.contains(','), name.rsplit_once(' ')) {
            (false, Some((given, family))) => format!("{family}, {given}"),
            // One word is no name of a person that an archive takes: it stands for both.
            (false, None) => format!("{name}, {name}"),
            (true, _) => name.to_owned(),
        }
    };
    people.filter(|name| !name.trim().is_empty()).map(spelt).collect()
}

/// Where the electrode lies, as the atlas of the species calls it: terms of the Allen
/// atlas for mice.
pub(crate) fn location(species: Option<&str>, stated: Option<&str>, is_cell: bool) -> String {
    let layer = if is_cell {
        ("pyramidal layer", "Field CA1, pyramidal layer")
    } else {
        ("stratum radiatum", "Field CA1, stratum radiatum")
    };
    let is_mouse = species == Some("Mus musculus");
    match stated {
        None if is_mouse => layer.1.to_owned(),
        None => format!("CA1 {}", layer.0),
        Some(stated) if is_mouse => match stated.trim().to_lowercase().as_str() {
            "ca1" | "hippocampal ca1" => String::from("Field CA1"),
            "ca2" => String::from("Field CA2"),
            "ca3" => String::from("Field CA3"),
            "ca1 stratum radiatum" | "stratum radiatum" => String::from("Field CA1, stratum radiatum"),
            "dg" | "dentate" | "dentate gyrus" => String::from("Dentate gyrus"),
            "hippocampus" => String::from("Hippocampal region"),
            _ => stated.trim().to_owned(),
        },
        Some(stated) => stated.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_in_the_words_of_laboratories() {
        for (words, iso) in [
            ("P42", "P42D"),
            ("p42", "P42D"),
            ("P 42", "P42D"),
            ("P42D", "P42D"),
            ("PND14", "P14D"),
            ("P14-21", "P14D/P21D"),
            ("P14–P21", "P14D/P21D"),
            ("P14 to P21", "P14D/P21D"),
            ("P6W/P8W", "P6W/P8W"),
            ("6 weeks", "P6W"),
            ("6-8 weeks", "P6W/P8W"),
            ("6-week-old", "P6W"),
            ("6 to 8 weeks old", "P6W/P8W"),
            ("3 mo", "P3M"),
            ("42 d", "P42D"),
            ("2.5 years", "P2.5Y"),
            ("12 h", "PT12H"),
        ] {
            let found = age(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!((found.iso.as_str(), found.reference), (iso, "birth"), "{words}");
        }
        assert_eq!(age("E18").map(|age| (age.iso, age.reference)), Some((String::from("P18D"), "gestational")));
        for none in ["", "adult", "P", "P21-14", "old", "weeks", "P4x", "-3 weeks"] {
            assert_eq!(age(none), None, "{none}");
        }
    }

    #[test]
    fn species_in_the_words_of_laboratories() {
        for (words, latin) in [
            ("mouse", "Mus musculus"),
            ("C57BL/6J mice", "Mus musculus"),
            ("male Wistar rats", "Rattus norvegicus"),
            ("Guinea pig", "Cavia porcellus"),
            ("rattus norvegicus", "Rattus norvegicus"),
            ("Octodon degus", "Octodon degus"),
            ("caterpillar", "caterpillar"),
        ] {
            assert_eq!(species(words), latin, "{words}");
        }
    }

    #[test]
    fn sexes_and_people() {
        for (words, letter) in [
            ("male", "M"),
            ("M", "M"),
            ("females", "F"),
            ("♂", "M"),
            ("male and female", "U"),
            ("both", "U"),
            ("", "U"),
        ] {
            assert_eq!(sex(words), letter, "{words}");
        }
        assert_eq!(experimenters("Ada B. Lovelace and Roe, Karl"), ["Lovelace, Ada B.", "Roe, Karl"]);
        assert_eq!(location(Some("Mus musculus"), None, false), "Field CA1, stratum radiatum");
        assert_eq!(location(Some("Rattus norvegicus"), None, true), "CA1 pyramidal layer");
        assert_eq!(location(None, Some("perirhinal cortex"), false), "perirhinal cortex");
    }
}
