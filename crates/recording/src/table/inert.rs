//! Texts that a spreadsheet would take for a formula. The rule: a text that begins with
//! `=`, `+`, `-`, `@`, a tab or a carriage return, and is no number, stands behind an
//! apostrophe; so does one that begins with apostrophes and one of these. Reading takes one
//! apostrophe away, so that every text comes back as it was.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula, or skips before one.
const BEGINNINGS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn would_be_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINNINGS) && text.parse::<f64>().is_err()
}

/// The text as a cell that stays text.
pub fn inert(text: &str) -> Cow<'_, str> {
    if would_be_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of such a cell.
pub fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| would_be_formula(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_text_and_numbers_stay_numbers() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+1+1", "'+1+1"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("-3.5", "-3.5"),
            ("-inf", "-inf"),
            ("ISO 3 µM", "ISO 3 µM"),
            ("'quoted'", "'quoted'"),
            ("", ""),
        ] {
            assert_eq!(inert(text), cell);
            assert_eq!(plain(cell), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@a1\t-]{0,6}|.{0,12}") {
            let cell = inert(&text);
            prop_assert_eq!(plain(&cell), text.as_str());
        }
    }
}
