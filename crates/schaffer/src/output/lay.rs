//! Sentences on a terminal: lines end between words, numbers have a true minus sign.

use unicode_width::UnicodeWidthStr;

/// Columns that a text takes; commands that set a colour take none.
pub fn columns_of(text: &str) -> usize {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().map_or(0, UnicodeWidthStr::width);
    let rest = parts.map(|part| part.split_once('m').map_or(part, |(_, text)| text).width());
    first + rest.sum::<usize>()
}

/// The text in lines of at most `width` columns, broken between words only; a word that
/// is longer stands alone. What follows a break is indented as the line is, two more
/// where the line is a `key: value` or an entry of an indented list.
pub fn wrapped(text: &str, width: usize) -> String {
    text.lines().map(|line| wrapped_line(line, width)).collect::<Vec<_>>().join("\n")
}

fn wrapped_line(line: &str, width: usize) -> String {
    if columns_of(line) <= width {
        return line.to_owned();
    }
    let bare = line.trim_start_matches(' ');
    let indent = line.len() - bare.len();
    let hanging = (indent + hang(bare, indent)).min(width / 2);
    let mut page = " ".repeat(indent);
    let mut column = indent;
    let mut begun = false;
    for (gap, word) in words(bare) {
        let breaks = begun && column + gap + columns_of(word) > width;
        if breaks {
            page.push('\n');
            page.push_str(&" ".repeat(hanging));
            column = hanging;
        } else {
            page.push_str(&" ".repeat(gap));
            column += gap;
        }
        page.push_str(word);
        column += columns_of(word);
        begun = true;
    }
    page
}

/// How much further than the line itself its continuation is indented: to where the value
/// begins if the line is a key and a value that stand apart, else by two.
fn hang(bare: &str, indent: usize) -> usize {
    if let Some(apart) = bare.find("  ")
        && apart <= 20
    {
        let value = bare[apart..].len() - bare[apart..].trim_start().len();
        return columns_of(&bare[..apart]) + value;
    }
    let is_entry = indent > 0 || bare.find(": ").is_some_and(|at| at <= 40);
    if is_entry { 2 } else { 0 }
}

/// Words with the blanks before them; a number stays with its per cent sign.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let from = at + gap;
        let to = line[from..].find(' ').map_or(line.len(), |end| from + end);
        if from == to {
            break;
        }
        match found.last_mut() {
            Some(last) if gap == 1 && line[from..to].starts_with('%') => last.2 = to,
            _ => found.push((gap, from, to)),
        }
        at = to;
    }
    found.into_iter().map(|(gap, from, to)| (gap, &line[from..to])).collect()
}

/// The text with a true minus sign (U+2212) before numbers and between what is
/// subtracted. Hyphens within words, ranges (`20-80 %`), options and quoted texts stay.
pub fn typeset(text: &str) -> String {
    let mut page = String::with_capacity(text.len() + 8);
    let mut before = '\n';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or('\n');
        let sign = (before.is_whitespace() || "([{,;=±/".contains(before)) && (next.is_ascii_digit() || next == '∞');
        let between = before == ' ' && next == ' ' && page.trim_end_matches(' ').ends_with(|c: char| c != '\n');
        page.push(if letter == '-' && (sign || between) { '−' } else { letter });
        before = letter;
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words() {
        let text = "note: the level of evidence of 95 % of parameters.is.not.known to anybody\n  a b";
        for width in [10, 24, 40, 80] {
            let page = wrapped(text, width);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&page), words(text), "{page}");
            for line in page.lines() {
                assert!(columns_of(line) <= width || line.split_whitespace().count() <= 2, "{width}: {line}");
                assert!(!line.trim_start().starts_with('%'), "{page}");
            }
        }
        assert_eq!(wrapped("  key      one two three", 22), "  key      one two\n           three".to_owned());
    }

    #[test]
    fn only_numbers_and_differences_have_a_minus_sign() {
        let text =
            "-12.7 points (95 % CI -20 to -1.5), ISO - control; 20-80 %, steps = [\"-100 pA\"], --resume, 2026-11-30";
        let expected =
            "−12.7 points (95 % CI −20 to −1.5), ISO − control; 20-80 %, steps = [\"-100 pA\"], --resume, 2026-11-30";
        assert_eq!(typeset(text), expected);
        assert_eq!(typeset("- an entry\n  - another"), "- an entry\n  - another");
    }
}
