//! Text of files and names that is printed on a terminal: what would command the terminal
//! is made visible.

/// The text with every control character but the line break as a visible sign, so that a
/// name can neither colour, move, erase nor reverse what is on the screen.
pub fn clean(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(letter: char) -> char {
    match letter {
        '\n' => '\n',
        '\t' => ' ',
        // Pictures of control characters: ␀ to ␟, and ␡.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        // C1 controls; marks and overrides of the direction of writing; line and paragraph separators.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\r\u{7}\u{9b}2J\u{202e}c\n3 µM"), "a␛[31mb␍␇\u{fffd}2J\u{fffd}c\n3 µM");
    }
}
