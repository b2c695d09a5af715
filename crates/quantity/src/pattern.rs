//! What is read as a quantity, as a regular expression that JSON Schema, JavaScript and
//! Rust understand alike.

use crate::dimension::Dimension;
use crate::unit;

/// Blanks, as [`crate::number::is_blank`] takes them.
const BLANK: &str = r"[\s\u0085\u200b\u2060\ufeff]";
/// Minus signs, as [`crate::number::is_minus`] takes them.
const MINUS: &str = r"[\-\u2212\u2013\u2010\u2011\ufe63\uff0d]";

/// The expression of the texts of a dimension.
pub(crate) fn pattern(dimension: Dimension) -> String {
    let number = format!("(?:(?:\\+|{MINUS}){BLANK}*)?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE](?:\\+|{MINUS})?[0-9]+)?");
    let units: Vec<String> = unit::of(dimension).flat_map(|unit| unit.spellings).map(|text| spelt(text)).collect();
    let with_unit = format!("{number}{BLANK}*(?:{})", units.join("|"));
    let body = match dimension {
        Dimension::Age => format!("(?:(?:PND|PD|P|p){BLANK}*{number}|{with_unit})"),
        _ => with_unit,
    };
    format!("^{BLANK}*{body}{BLANK}*$")
}

/// A unit with all spellings that [`unit::find`] folds into it.
fn spelt(unit: &str) -> String {
    let mut text = String::new();
    for letter in unit.chars() {
        match letter {
            'µ' => text.push_str(r"[\u00b5\u03bc]"),
            '-' => text.push_str(MINUS),
            '·' => text.push_str(r"[\u00b7\u22c5\u2219]"),
            ' ' => text.push_str(&format!("{BLANK}+")),
            '^' | '*' | '/' | '.' => text.extend(['\\', letter]),
            letter => text.push(letter),
        }
    }
    text
}
