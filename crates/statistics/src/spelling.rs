//! How p values are spelt, for the whole house. The places differ in the digits
//! they give and in what they say below 0.0001, near 1 and without a value; each
//! has its own function until they agree on one.

/// Below this a p value is not given but bounded.
const LEAST: f64 = 0.0001;
/// What is said of a p value below [`LEAST`].
const BOUNDED: &str = "p < 0.0001";

/// In the sentences of the findings: `p = 0.023`. Two significant digits, three
/// decimals at least from 0.001 on; `p < 0.0001` below 0.0001, `p > 0.999` near 1.
pub fn p_in_sentence(p: f64) -> String {
    match p {
        p if p.is_nan() => "p not estimable".to_owned(),
        p if p < LEAST => BOUNDED.to_owned(),
        p if p < 0.001 => format!("p = {p:.5}"),
        p if p < 0.01 => format!("p = {p:.4}"),
        p if p > 0.9995 => "p > 0.999".to_owned(),
        p => format!("p = {p:.3}"),
    }
}

/// In the text and the figures of a report: `p = 0.023`. Three decimals, four
/// below 0.01, and `p < 0.0001` below 0.0001.
pub fn p_on_page(p: f64) -> String {
    if p.is_nan() {
        "p not available".to_owned()
    } else if p < LEAST {
        BOUNDED.to_owned()
    } else {
        format!("p = {}", decimals(p))
    }
}

/// In a table of a report, where the head of the column says p: the digits of
/// [`p_on_page`], a dash without a value.
pub fn p_in_cell(p: f64) -> String {
    if p.is_nan() {
        "–".to_owned()
    } else if p < LEAST {
        "< 0.0001".to_owned()
    } else {
        decimals(p)
    }
}

/// Three decimals, a fourth where the third would hide the first digits.
fn decimals(p: f64) -> String {
    if p < 0.01 { format!("{p:.4}") } else { format!("{p:.3}") }
}

/// At the end of a run: four decimals, `p < 0.0001` below 0.0001.
pub fn p_after_run(p: f64) -> String {
    if p < LEAST { BOUNDED.to_owned() } else { p_four_decimals(p) }
}

/// Beside the contrasts of whole-cell recordings: four decimals, `p = 0.0000`
/// for anything smaller.
pub fn p_four_decimals(p: f64) -> String {
    format!("p = {p:.4}")
}

/// In the sentence of a method on a table of one's own: four significant digits,
/// `p < 0.0001` below 0.0001.
pub fn p_of_method(p: f64) -> String {
    if p < LEAST { BOUNDED.to_owned() } else { format!("p = {}", four_digits(p)) }
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
    fn sentences_are_exact_until_p_is_tiny() {
        assert_eq!(p_in_sentence(0.0234), "p = 0.023");
        assert_eq!(p_in_sentence(0.00234), "p = 0.0023");
        assert_eq!(p_in_sentence(0.00023), "p = 0.00023");
        assert_eq!(p_in_sentence(3e-9), "p < 0.0001");
        assert_eq!(p_in_sentence(1.0), "p > 0.999");
    }

    #[test]
    fn pages_are_exact_down_to_one_in_ten_thousand() {
        assert_eq!(p_on_page(0.0512), "p = 0.051");
        assert_eq!(p_on_page(0.00042), "p = 0.0004");
        assert_eq!(p_on_page(0.0001), "p = 0.0001");
        assert_eq!(p_on_page(0.000_099), "p < 0.0001");
        assert_eq!(p_in_cell(f64::NAN), "–");
    }

    #[test]
    fn the_places_differ_where_p_is_small() {
        let spellings = [p_in_sentence, p_on_page, p_in_cell, p_after_run, p_four_decimals, p_of_method];
        let of = |p: f64| spellings.map(|spelling| spelling(p));
        assert_eq!(of(0.00042), ["p = 0.00042", "p = 0.0004", "0.0004", "p = 0.0004", "p = 0.0004", "p = 4.200e-4"]);
        assert_eq!(of(1e-6), ["p < 0.0001", "p < 0.0001", "< 0.0001", "p < 0.0001", "p = 0.0000", "p < 0.0001"]);
    }
}
