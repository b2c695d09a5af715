//! From text to a number in the unit of storage, and back.

use crate::dimension::Dimension;
use crate::error::{Fault, QuantityError};
use crate::number::{self, Written, is_blank, is_minus};
use crate::unit::{self, Unit};
use std::ops::Range;

/// Reads `text` as a quantity of `dimension`, in its unit of storage.
pub(crate) fn read(text: &str, dimension: Dimension) -> Result<f64, QuantityError> {
    let fail = |span: Range<usize>, fault| QuantityError::new(text, span, fault, dimension);
    let body = trimmed(text, 0..text.len());
    if body.is_empty() {
        return Err(fail(body, Fault::Empty));
    }
    let (start, implied) = match dimension {
        Dimension::Age => postnatal(text, &body),
        _ => (body.start, None),
    };
    let Some(written) = number::scan(text, start) else {
        let fault = if is_not_finite(&text[body.clone()]) { Fault::NotFinite } else { Fault::NoNumber };
        return Err(fail(body, fault));
    };
    let rest = trimmed(text, written.span.end..body.end);
    let value = match implied {
        Some(unit) if rest.is_empty() => scaled(&written, unit),
        Some(_) => return Err(fail(rest, Fault::UnknownUnit { suggestion: None })),
        None => {
            let unit = unit_of(text, &written, &rest, dimension)?;
            scaled(&written, unit)
        }
    };
    if !value.is_finite() {
        return Err(fail(written.span, Fault::TooLarge));
    }
    if value == 0.0 && !written.is_zero() {
        return Err(fail(written.span, Fault::TooSmall));
    }
    let below = dimension.minimum().filter(|(minimum, _)| value < *minimum);
    let above = dimension.maximum().filter(|(maximum, _)| value > *maximum);
    match below.or(above) {
        Some((_, because)) => Err(fail(written.span, Fault::Impossible { because })),
        // "-0 s" is zero.
        None => Ok(if value == 0.0 { 0.0 } else { value }),
    }
}

/// The unit spelt by `rest`, or what is wrong with it.
fn unit_of(
    text: &str,
    number: &Written,
    rest: &Range<usize>,
    dimension: Dimension,
) -> Result<&'static Unit, QuantityError> {
    let fail = |span: Range<usize>, fault| Err(QuantityError::new(text, span, fault, dimension));
    let written = &text[rest.clone()];
    if written.is_empty() {
        return fail(number.span.clone(), Fault::NoUnit);
    }
    match unit::find(written) {
        Some(unit) if unit.dimension == dimension => Ok(unit),
        Some(unit) => {
            let suggestion = unit::in_other_case(written, dimension);
            fail(rest.clone(), Fault::WrongDimension { is: unit.dimension.name(), suggestion })
        }
        None if written.starts_with([',', '.', '\'', '_', '’'])
            || written.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            fail(number.span.start..rest.end, Fault::Separator)
        }
        None => {
            let suggestion = unit::in_other_case(written, dimension);
            fail(rest.clone(), Fault::UnknownUnit { suggestion })
        }
    }
}

/// Where the digits of `P42` begin and the unit that `P` implies.
fn postnatal(text: &str, body: &Range<usize>) -> (usize, Option<&'static Unit>) {
    let written = &text[body.clone()];
    for prefix in ["PND", "PD", "P", "p"] {
        if let Some(rest) = written.strip_prefix(prefix) {
            let digits = rest.trim_start_matches(is_blank);
            if digits.starts_with(|c: char| c.is_ascii_digit() || is_minus(c)) {
                return (body.end - digits.len(), unit::of(Dimension::Age).next());
            }
        }
    }
    (body.start, None)
}

fn scaled(number: &Written, unit: &Unit) -> f64 {
    number.shifted(unit.exponent) * unit.factor
}

fn is_not_finite(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| c == '+' || is_minus(c) || is_blank(c));
    let word: String = bare.chars().take_while(|c| c.is_alphabetic()).collect();
    bare.starts_with('∞') || ["nan", "inf", "infinity"].contains(&word.to_lowercase().as_str())
}

fn trimmed(text: &str, within: Range<usize>) -> Range<usize> {
    let part = &text[within.clone()];
    let end = within.start + part.trim_end_matches(is_blank).len();
    let start = within.end - part.trim_start_matches(is_blank).len();
    start.min(end)..end
}

/// Prints `value`, given in the unit of storage, in the unit that needs the
/// fewest characters (preferring numbers of at least 1, then the order of the
/// table); [`read`] returns `value` exactly.
pub(crate) fn print(value: f64, dimension: Dimension) -> String {
    let mut best: Option<((usize, bool), String)> = None;
    for unit in unit::of(dimension).filter(|unit| unit.printed) {
        let in_unit = value / unit.factor;
        let digits = number::print_shifted(in_unit, -unit.exponent);
        // Units such as the minute scale by more than a power of ten, which can
        // lose the last bit.
        if unit.factor != 1.0 && in_unit * unit.factor != value {
            continue;
        }
        let exact = number::scan(&digits, 0).is_some_and(|n| scaled(&n, unit) == value);
        if value.is_finite() && !exact {
            continue;
        }
        let below_one = digits.trim_start_matches('-').starts_with("0.") || digits.contains("e-");
        let rank = (digits.len(), below_one);
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, format!("{digits} {}", unit.symbol())));
        }
    }
    match best {
        Some((_, text)) if dimension == Dimension::Age => postnatal_text(value, text),
        Some((_, text)) => text,
        None => format!("{value} ({})", dimension.name()),
    }
}

/// Whole days of age read best as `P42`.
fn postnatal_text(days: f64, text: String) -> String {
    if days.fract() == 0.0 && (0.0..1e6).contains(&days) { format!("P{days}") } else { text }
}
