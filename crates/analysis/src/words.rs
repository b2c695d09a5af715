//! Numbers in sentences: typographic minus, exact p-values, counts.

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

/// `p = 0.023`: two significant digits, three decimals at least from 0.001
/// on; `p < 0.0001` below that.
pub(crate) fn p_value(p: f64) -> String {
    match p {
        p if p.is_nan() => "p not estimable".to_owned(),
        p if p < 0.0001 => "p < 0.0001".to_owned(),
        p if p < 0.001 => format!("p = {p:.5}"),
        p if p < 0.01 => format!("p = {p:.4}"),
        p if p > 0.9995 => "p > 0.999".to_owned(),
        p => format!("p = {p:.3}"),
    }
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
    fn p_values_are_exact_until_they_are_tiny() {
        assert_eq!(p_value(0.0234), "p = 0.023");
        assert_eq!(p_value(0.00234), "p = 0.0023");
        assert_eq!(p_value(0.00023), "p = 0.00023");
        assert_eq!(p_value(3e-9), "p < 0.0001");
        assert_eq!(p_value(1.0), "p > 0.999");
    }

    #[test]
    fn simulated_slices_are_never_called_animals() {
        assert_eq!(counts(16, 8, false), "n = 16 slices (N = 8 animals)");
        assert_eq!(counts(1, 1, true), "n = 1 virtual slice (N = 1 virtual animal)");
    }
}
