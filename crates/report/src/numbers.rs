//! Numbers as a paper prints them: a true minus sign, exact p-values, intervals
//! in brackets. Nothing is computed here.

use crate::drawing::scale::signed;
use analysis::findings::Interval;

pub use statistics::spelling::{p_cell, p_value};

/// A number with `decimals` places; a dash when it does not exist.
pub fn plain(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        "–".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "∞".to_owned() } else { "−∞".to_owned() }
    } else {
        signed(value, decimals)
    }
}

/// A difference, always with its sign.
pub fn difference(value: f64, decimals: usize) -> String {
    let text = plain(value, decimals);
    let zero = text.chars().all(|c| matches!(c, '0' | '.' | '–' | '∞'));
    if value > 0.0 && !zero { format!("+{text}") } else { text }
}

/// `low to high`.
pub fn range(interval: Interval, decimals: usize) -> String {
    format!("{} to {}", plain(interval.low, decimals), plain(interval.high, decimals))
}

/// `[low, high]`.
pub fn brackets(interval: Interval, decimals: usize) -> String {
    format!("[{}, {}]", plain(interval.low, decimals), plain(interval.high, decimals))
}

/// `95 %`.
pub fn level(fraction: f64) -> String {
    let percent = fraction * 100.0;
    let whole = (percent - percent.round()).abs() < 1e-9;
    if whole { format!("{percent:.0} %") } else { format!("{percent:.1} %") }
}

/// A number without trailing zeros, at most `decimals` places.
pub fn short(value: f64, decimals: usize) -> String {
    let text = plain(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A unit as it is printed: tables for machines spell µ as u.
pub fn in_print(unit: &str) -> String {
    let one = |part: &str| match part {
        "uM" | "um" | "us" | "uV" | "uA" => part.replacen('u', "µ", 1),
        other => other.to_owned(),
    };
    unit.split('/').map(one).collect::<Vec<_>>().join("/")
}

/// A concentration in the unit that needs no leading zeros.
pub fn concentration(um: f64) -> String {
    if um <= 0.0 {
        "0".to_owned()
    } else if um < 1.0 {
        format!("{} nM", short(um * 1000.0, 1))
    } else if um >= 1000.0 {
        format!("{} mM", short(um / 1000.0, 3))
    } else {
        format!("{} µM", short(um, 2))
    }
}

/// First letter as a capital: methods named after people, beginnings of sentences.
pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The same, but for names that begin with a small letter before a capital, as fEPSP.
pub fn capitalised_word(name: &str) -> String {
    let mut letters = name.chars();
    let small = letters.next().is_some_and(char::is_lowercase);
    if small && letters.next().is_some_and(char::is_uppercase) { name.to_owned() } else { capitalised(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minus_signs_are_true_and_zero_has_none() {
        assert_eq!(plain(-1.25, 1), "−1.2");
        assert_eq!(plain(-0.04, 1), "0.0");
        assert_eq!(difference(0.04, 1), "0.0");
        assert_eq!(difference(3.06, 1), "+3.1");
        assert_eq!(plain(f64::NAN, 1), "–");
        assert_eq!(plain(f64::NEG_INFINITY, 1), "−∞");
    }

    #[test]
    fn micro_is_printed_as_it_is_written() {
        assert_eq!(["uM", "1/uM", "pulses", "mV", ""].map(in_print), ["µM", "1/µM", "pulses", "mV", ""]);
    }

    #[test]
    fn concentrations_choose_their_unit() {
        assert_eq!(concentration(0.071), "71 nM");
        assert_eq!(concentration(3.0), "3 µM");
        assert_eq!(concentration(2_500.0), "2.5 mM");
    }

    #[test]
    fn levels_keep_a_decimal_only_when_needed() {
        assert_eq!(level(0.95), "95 %");
        assert_eq!(level(0.975), "97.5 %");
    }
}
