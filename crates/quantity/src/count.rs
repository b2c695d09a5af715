//! Counts in words.

/// `1 slice`, `2 slices`: a count with its noun, which is given in the singular and
/// takes an s.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {}", plural(count, noun))
}

/// `slice` for one, `slices` otherwise.
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_nothing_else_is() {
        assert_eq!(counted(1, "virtual animal"), "1 virtual animal");
        assert_eq!([counted(0, "slice"), counted(2, "slice")], ["0 slices", "2 slices"]);
        assert_eq!(plural(1, "cell"), "cell");
    }
}
