//! Numbers in sentences: typographic minus and counts.

/// A number with `digits` decimals and a true minus sign; `not estimable` for NaN.
pub(crate) fn number(value: f64, digits: usize) -> String {
    if value.is_nan() {
        return "not estimable".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    let text = format!("{value:.digits$}");
    let magnitude = text.trim_start_matches('-');
    if text.starts_with('-') && magnitude.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        format!("−{magnitude}")
    } else {
        magnitude.to_owned()
    }
}

/// Like [`number`], with `+` in front of positive numbers.
pub(crate) fn signed(value: f64, digits: usize) -> String {
    let text = number(value, digits);
    let positive = value > 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if positive { format!("+{text}") } else { text }
}

/// Slices and animals as a paper counts them; simulated ones are virtual.
pub(crate) fn counts(slices: usize, animals: usize, simulated: bool) -> String {
    let kind = if simulated { "virtual " } else { "" };
    let many = |n: usize, one: &str| if n == 1 { one.to_owned() } else { format!("{one}s") };
    format!("n = {slices} {kind}{} (N = {animals} {kind}{})", many(slices, "slice"), many(animals, "animal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_print() {
        assert_eq!(number(-12.34, 1), "−12.3");
        assert_eq!(number(-0.01, 1), "0.0");
        assert_eq!(signed(3.0, 1), "+3.0");
        assert_eq!(signed(0.001, 1), "0.0");
        assert_eq!(number(f64::NAN, 1), "not estimable");
    }

    #[test]
    fn simulated_slices_are_never_called_animals() {
        assert_eq!(counts(16, 8, false), "n = 16 slices (N = 8 animals)");
        assert_eq!(counts(1, 1, true), "n = 1 virtual slice (N = 1 virtual animal)");
    }
}
