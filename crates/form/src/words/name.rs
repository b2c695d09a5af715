//! Which texts can be names: of conditions, animals, pathways, and what else is printed
//! in a figure, a table and on a terminal.

/// Most characters of a name.
pub const LONGEST_NAME: usize = 60;

/// Most characters of a title, or of another line.
pub const LONGEST_LINE: usize = 300;
/// Most characters of a text of several lines.
const LONGEST_TEXT: usize = 10_000;

/// Why a text cannot be a name; `None` if it can.
pub fn unfit_name(text: &str) -> Option<String> {
    if text.trim() != text {
        return Some("begins or ends with a space".to_owned());
    }
    unfit_line(text, LONGEST_NAME)
}

/// Why a text cannot be a line of at most so many characters; `None` if it can.
pub fn unfit_line(text: &str, most: usize) -> Option<String> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Some("is empty".to_owned());
    }
    if length > most {
        return Some(format!("has {length} characters, more than {most}"));
    }
    let sign = text.chars().find(|sign| !is_of_a_line(*sign))?;
    Some(format!("holds the {} U+{:04X}", kind(sign), u32::from(sign)))
}

/// Why a text of several lines cannot be printed; `None` if it can.
pub(crate) fn unfit_text(text: &str) -> Option<String> {
    let length = text.chars().count();
    if length > LONGEST_TEXT {
        return Some(format!("has {length} characters, more than {LONGEST_TEXT}"));
    }
    let sign = text.chars().find(|sign| !['\n', '\r', '\t'].contains(sign) && !is_of_a_line(*sign))?;
    Some(format!("holds the {} U+{:04X}", kind(sign), u32::from(sign)))
}

/// What of a text can be a name: without what may not stand in one, and not longer. It is
/// empty where nothing of the text can.
pub fn fit_name(text: &str) -> String {
    let fit: String = text.chars().filter(|sign| is_of_a_line(*sign)).collect();
    fit.trim().chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

/// Whether a character can stand in a line without moving, hiding or reversing others.
pub fn is_of_a_line(sign: char) -> bool {
    !(sign.is_control() || is_mark_of_direction(sign) || is_unseen(sign))
}

/// Marks and overrides of the direction of writing, which show a text in another order.
fn is_mark_of_direction(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Separators of lines, and what has no width: two names would look the same. Joiners
/// are letters of some scripts and of emoji.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(sign, '\u{e0000}'..='\u{e007f}')
}

fn kind(sign: char) -> &'static str {
    match sign {
        sign if sign.is_control() => "control character",
        sign if is_mark_of_direction(sign) => "mark of the direction of writing",
        _ => "character without width",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_can_be_printed() {
        for good in ["control", "ISO 3 µM", "Δ-9 (n = 3)", "対照", "ضابطة", "👩‍🔬", "<5 nM>", "=1+1", "a|b"]
        {
            assert_eq!(unfit_name(good), None, "{good}");
        }
        for (bad, reason) in [
            ("", "is empty"),
            (" a", "begins or ends with a space"),
            ("con\0trol", "holds the control character U+0000"),
            ("\u{1b}[31mred", "holds the control character U+001B"),
            ("two\nlines", "holds the control character U+000A"),
            ("a\u{85}b", "holds the control character U+0085"),
            ("rtl\u{202e}gpj", "holds the mark of the direction of writing U+202E"),
            ("a\u{2067}b", "holds the mark of the direction of writing U+2067"),
            ("con\u{200b}trol", "holds the character without width U+200B"),
            ("\u{feff}bom", "holds the character without width U+FEFF"),
        ] {
            assert_eq!(unfit_name(bad).as_deref(), Some(reason), "{bad:?}");
        }
        assert_eq!(fit_name(" \u{202e}a\nb\u{200b} µM "), "ab µM");
        assert_eq!(fit_name(&"µ ".repeat(60)).chars().count(), 59);
        assert_eq!(fit_name("\u{1b}\u{2067}"), "");
        assert_eq!(unfit_name(&"µ".repeat(60)), None);
        assert_eq!(unfit_name(&"µ".repeat(61)).as_deref(), Some("has 61 characters, more than 60"));
    }
}
