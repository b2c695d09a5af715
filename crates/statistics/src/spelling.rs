//! How p values are spelt, for the whole house: one rule for sentences, tables,
//! figures and the terminal, so that a page never gives one p in two spellings.
//!
//! Two significant digits, three decimals at least: 0.051, 0.0042, 0.00042. Below
//! 0.0001 a p value is bounded, not given; so is one that would round to 1.

/// Below this a p value is not given but bounded.
const LEAST: f64 = 0.0001;
/// From here on three decimals would say 1, which no p value of a test can claim.
const MOST: f64 = 0.9995;

/// In a sentence: `p = 0.023`, `p < 0.0001`, `p > 0.999`.
pub fn p_value(p: f64) -> String {
    match p {
        p if p.is_nan() => "p not estimable".to_owned(),
        p if (LEAST..MOST).contains(&p) => format!("p = {}", p_cell(p)),
        p => format!("p {}", p_cell(p)),
    }
}

/// In a table, where the head of the column says p: the digits of [`p_value`], a
/// dash without a value.
pub fn p_cell(p: f64) -> String {
    match p {
        p if p.is_nan() => "–".to_owned(),
        p if p < LEAST => "< 0.0001".to_owned(),
        p if p < 0.001 => format!("{p:.5}"),
        p if p < 0.01 => format!("{p:.4}"),
        p if p >= MOST => "> 0.999".to_owned(),
        p => format!("{p:.3}"),
    }
}

/// A number in four significant digits, without trailing zeros; below 0.001 and
/// from a million on as a power of ten.
pub fn four_digits(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    if !(1e-3..1e6).contains(&size) {
        return format!("{value:.3e}");
    }
    let digits = (3 - libm::log10(size).floor() as i32).clamp(0, 6);
    let text = format!("{value:.*}", digits as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_gives_two_digits_until_p_is_tiny() {
        let spelt = [
            (0.0512, "0.051"),
            (0.0234, "0.023"),
            (0.009_96, "0.0100"),
            (0.00234, "0.0023"),
            (0.00042, "0.00042"),
            (0.0001, "0.00010"),
            (0.999_4, "0.999"),
        ];
        for (p, digits) in spelt {
            assert_eq!([p_value(p), p_cell(p)], [format!("p = {digits}"), digits.to_owned()]);
        }
    }

    #[test]
    fn what_cannot_be_given_is_bounded_in_every_place() {
        for (p, bound) in [(0.0, "< 0.0001"), (3e-9, "< 0.0001"), (0.9996, "> 0.999"), (1.0, "> 0.999")] {
            assert_eq!([p_value(p), p_cell(p)], [format!("p {bound}"), bound.to_owned()]);
        }
        assert_eq!([p_value(f64::NAN), p_cell(f64::NAN)], ["p not estimable", "–"]);
    }
}
