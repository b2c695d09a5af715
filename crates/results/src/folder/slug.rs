//! Folder names from names that people give: portable, stable, readable ASCII.

use recording::digest::sha256_hex;
use std::collections::BTreeSet;

/// Longest folder name; names that are longer end in a hash.
const LONGEST: usize = 64;

/// Names that Windows keeps for devices, next to `com0`–`com9` and `lpt0`–`lpt9`.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The folder name of `name`: lower-case ASCII letters, digits, single hyphens,
/// and points between digits; `ISO 3 µM` gives `iso-3-um`.
///
/// Names that differ in case, blanks or punctuation only share a folder name
/// (see `unique`). Names with characters that have no ASCII spelling, empty
/// names and very long ones end in the first 8 digits of the SHA-256 of the
/// name, and so keep apart.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut lossy = false;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let after_digit = slug.ends_with(|c: char| c.is_ascii_digit());
        match character {
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            '.' if after_digit && characters.peek().is_some_and(char::is_ascii_digit) => {
                slug.push('.');
            }
            c => match spelt(c) {
                Some(Spelling::Letters(letters)) => slug.push_str(letters),
                Some(Spelling::Word(word)) => {
                    part(&mut slug);
                    slug.push_str(word);
                    part(&mut slug);
                }
                None => {
                    lossy |= c.is_alphanumeric();
                    part(&mut slug);
                }
            },
        }
    }
    let kept = slug.trim_end_matches('-').len();
    slug.truncate(kept);
    let device = DEVICES.contains(&slug.as_str())
        || ["com", "lpt"]
            .iter()
            .any(|port| slug.strip_prefix(port).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9'])));
    if lossy || slug.is_empty() || slug.len() > LONGEST || device {
        slug.truncate(LONGEST - 9);
        let kept = slug.trim_end_matches(['-', '.']).len();
        slug.truncate(kept);
        part(&mut slug);
        slug.push_str(&sha256_hex(name.as_bytes())[..8]);
    }
    slug
}

/// Folder names of all `names`, in their order; a name whose folder name is
/// taken gets `-2`, `-3`, …, so that an appended name changes no earlier one.
pub(crate) fn unique<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut folders = Vec::new();
    for name in names {
        let first = slug(name);
        let mut folder = first.clone();
        let mut number = 2_u32;
        while !taken.insert(folder.clone()) {
            folder = format!("{first}-{number}");
            number += 1;
        }
        folders.push(folder);
    }
    folders
}

/// Ends a word.
fn part(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

enum Spelling {
    /// Letters within a word.
    Letters(&'static str),
    /// A word of its own.
    Word(&'static str),
}

/// ASCII spelling of characters that occur in names of drugs, units and people.
fn spelt(character: char) -> Option<Spelling> {
    let letters = match character {
        'µ' | 'μ' => "u",
        'α' | 'Α' => "alpha",
        'β' | 'Β' => "beta",
        'γ' | 'Γ' => "gamma",
        'δ' | 'Δ' => "delta",
        'ε' => "epsilon",
        'ζ' => "zeta",
        'η' => "eta",
        'θ' | 'Θ' => "theta",
        'κ' => "kappa",
        'λ' | 'Λ' => "lambda",
        'π' | 'Π' => "pi",
        'ρ' => "rho",
        'σ' | 'Σ' | 'ς' => "sigma",
        'τ' => "tau",
        'φ' | 'Φ' => "phi",
        'χ' => "chi",
        'ψ' | 'Ψ' => "psi",
        'ω' | 'Ω' | '\u{2126}' => "omega",
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
        'ö' | 'Ö' | 'œ' | 'Œ' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' | 'ẞ' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Å' => "a",
        'ç' | 'Ç' | 'č' | 'Č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ø' => "o",
        'š' | 'Š' => "s",
        'ù' | 'ú' | 'û' | 'Ù' | 'Ú' | 'Û' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ž' | 'Ž' => "z",
        '₀' | '⁰' => "0",
        '₁' | '¹' => "1",
        '₂' | '²' => "2",
        '₃' | '³' => "3",
        '₄' | '⁴' => "4",
        '₅' | '⁵' => "5",
        '₆' | '⁶' => "6",
        '₇' | '⁷' => "7",
        '₈' | '⁸' => "8",
        '₉' | '⁹' => "9",
        _ => {
            return match character {
                '+' => Some(Spelling::Word("plus")),
                '%' => Some(Spelling::Word("percent")),
                '&' => Some(Spelling::Word("and")),
                '<' | '≤' => Some(Spelling::Word("below")),
                '>' | '≥' => Some(Spelling::Word("above")),
                _ => None,
            };
        }
    };
    Some(Spelling::Letters(letters))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_field() {
        let folders = [
            ("ISO 3 µM", "iso-3-um"),
            ("ISO 3 \u{3bc}M", "iso-3-um"),
            ("ISO 0.3 µM", "iso-0.3-um"),
            ("control", "control"),
            ("D-APV, 50 µM", "d-apv-50-um"),
            ("ALLO 100 nM + ISO 3 µM", "allo-100-nm-plus-iso-3-um"),
            ("3α,5β-THP", "3alpha-5beta-thp"),
            ("Ca²⁺-free…", "ca2-free"),
            ("  (vehicle)  ", "vehicle"),
            ("../../etc/passwd", "etc-passwd"),
            ("Müller 2.", "mueller-2"),
        ];
        for (name, folder) in folders {
            assert_eq!(slug(name), folder, "{name}");
        }
    }

    #[test]
    fn what_has_no_spelling_keeps_apart() {
        let names = ["対照", "薬物", "", "-", "…", "con", "COM1"];
        let folders: BTreeSet<_> = names.iter().map(|name| slug(name)).collect();
        assert_eq!(folders.len(), names.len(), "{folders:?}");
        assert!(slug("ISO 薬").starts_with("iso-"));
        assert_ne!(slug("con"), "con");
        let long = ["a".repeat(200), "a".repeat(201)];
        assert_ne!(slug(&long[0]), slug(&long[1]));
    }

    #[test]
    fn collisions_follow_the_order() {
        let folders = unique(["ISO 3", "iso-3", "ISO, 3", "ISO 3-2", "control"]);
        assert_eq!(folders, ["iso-3", "iso-3-2", "iso-3-3", "iso-3-2-2", "control"]);
    }

    proptest::proptest! {
        #[test]
        fn any_name_gives_a_portable_folder(name in "\\PC{0,90}") {
            let folder = slug(&name);
            proptest::prop_assert!((1..=LONGEST).contains(&folder.len()), "{}", folder);
            let portable = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
            proptest::prop_assert!(folder.bytes().all(portable), "{}", folder);
            proptest::prop_assert!(!folder.starts_with(['.', '-']) && !folder.ends_with(['.', '-']));
            proptest::prop_assert_eq!(slug(&folder), folder, "the slug of a slug is itself");
        }
    }
}
