//! Text of files and names that is printed on a terminal: what would command the terminal
//! is made visible.

/// The text with every control character but the line break as a visible sign, so that a
/// name can neither colour, move, erase nor reverse what is on the screen.
pub fn clean(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The same for a text that has been coloured: commands that set a colour stay.
pub fn clean_coloured(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut page = clean(parts.next().unwrap_or_default());
    for part in parts {
        let colour = part.strip_prefix('[').and_then(|rest| rest.split_once('m')).map(|(colour, _)| colour);
        let is_colour = colour.is_some_and(|colour| colour.chars().all(|c| c.is_ascii_digit() || c == ';'));
        page.push(if is_colour { '\u{1b}' } else { visible('\u{1b}') });
        page.push_str(&clean(part));
    }
    page
}

/// The same for JSON, where what would command the terminal is spelt by its number: the
/// values stay what they are.
pub fn clean_json(text: &str) -> String {
    let spelt = |letter: char| match visible(letter) {
        same if same == letter => letter.to_string(),
        _ => format!("\\u{:04x}", u32::from(letter)),
    };
    text.chars().map(spelt).collect()
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
        let coloured = "\u{1b}[1m\u{1b}[91merror\u{1b}[0m \u{1b}[2J \u{1b}]0;m";
        assert_eq!(clean_coloured(coloured), "\u{1b}[1m\u{1b}[91merror\u{1b}[0m ␛[2J ␛]0;m");
        let text = "\u{9b}2J\u{202e}\u{7f}\n";
        let json = clean_json(&serde_json::to_string_pretty(&[text]).expect("a text"));
        assert_eq!(json, "[\n  \"\\u009b2J\\u202e\\u007f\\n\"\n]");
        assert_eq!(serde_json::from_str::<[String; 1]>(&json).expect("JSON"), [text]);
        assert_eq!(clean("a\u{1b}[31mb\r\u{7}\u{9b}2J\u{202e}c\n3 µM"), "a␛[31mb␍␇\u{fffd}2J\u{fffd}c\n3 µM");
    }
}
