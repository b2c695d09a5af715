//! Text that stays text in Markdown: what a name holds is shown, never carried out.

/// One line of running text. Signs that CommonMark or GitHub would take for markup get
/// a backslash where they would be taken so, and only there: intervals and file names
/// stay readable.
pub(crate) fn text(text: &str) -> String {
    let line: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut out = String::with_capacity(text.len() + 8);
    let blank = |k: Option<usize>| k.and_then(|k| line.get(k)).is_none_or(|c| c.is_whitespace());
    let wordy = |k: Option<usize>| k.and_then(|k| line.get(k)).is_some_and(|c| c.is_alphanumeric());
    let start = line.iter().take_while(|c| c.is_whitespace()).count();
    let digits = line[start.min(line.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    for (k, &c) in line.iter().enumerate() {
        let (before, after) = (k.checked_sub(1), Some(k + 1));
        let next = line.get(k + 1).copied();
        let taken = match c {
            '\\' | '`' | '|' | '$' => true,
            '*' => !(blank(before) && blank(after)) || k == start,
            // Between letters an underscore is one.
            '_' => !(wordy(before) && wordy(after)),
            '~' => next == Some('~') || before.and_then(|k| line.get(k)) == Some(&'~') || k == start,
            '<' => !blank(after),
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '!' => next == Some('['),
            ']' => matches!(next, Some('(' | '[' | ':')),
            '[' => next == Some('^') || (k == start && line.get(k + 2) == Some(&']')),
            '#' | '>' | '+' | '-' | '=' => k == start,
            '.' | ')' => digits > 0 && k == start + digits && blank(after),
            _ => false,
        };
        if taken {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The description in a link or an image, whose brackets must not close it.
pub(crate) fn label(label: &str) -> String {
    text(label).replace("\\[", "[").replace("\\]", "]").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_disarmed_and_plain_text_is_left_alone() {
        for (plain, written) in [
            ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
            ("![x](http://e.org)", "\\![x\\](http://e.org)"),
            ("[x](javascript:1)", "\\[x\\](javascript:1)"),
            ("<5 nM>", "\\<5 nM>"),
            ("*bold* and _italic_", "\\*bold\\* and \\_italic\\_"),
            ("# heading", "\\# heading"),
            ("1. item", "1\\. item"),
            ("- item", "\\- item"),
            ("a | b", "a \\| b"),
            ("&lt; &#60;", "\\&lt; \\&#60;"),
            ("two\nlines", "two lines"),
            ("`code` ~~gone~~ $x$", "\\`code\\` \\~\\~gone\\~\\~ \\$x\\$"),
        ] {
            assert_eq!(text(plain), written);
        }
        for plain in ["−12.7 [−21.1, −4.2], p < 0.001", "wash_in 3.5 µM; A & B", "2 * 3", "n = 6 (3)"] {
            assert_eq!(text(plain), plain);
        }
        assert_eq!(label("a] [b](c)"), "a\\] \\[b\\](c)");
    }
}
