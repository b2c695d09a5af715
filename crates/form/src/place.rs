//! Where in a text a byte lies.

/// Line and column (both from 1, columns in characters) of a byte of a text; of
/// its end for a byte beyond it.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at.min(text.len()))];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_columns_in_characters() {
        let text = "a = 1\nµ = \"3 µM\"\n";
        assert_eq!(line_and_column(text, 0), (1, 1));
        assert_eq!(line_and_column(text, 6), (2, 1));
        assert_eq!(line_and_column(text, 8), (2, 2));
        // Within a letter: where the letter begins.
        assert_eq!(line_and_column(text, 7), (2, 1));
        assert_eq!(line_and_column(text, 1000), (3, 1));
    }
}
