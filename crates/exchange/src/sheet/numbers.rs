//! Numbers as people's programs spell them: decimal point or comma, thousands in
//! groups, the minus sign of typesetters.

/// Which sign parts the whole from the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decimal {
    /// `1,234.5`.
    Point,
    /// `1.234,5`.
    Comma,
    /// Each cell as it is spelt, which no cell leaves open.
    Own,
}

/// What the spelling of one number says of its decimal sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// Nothing: a whole number without groups.
    Nothing,
    /// It can be read in one way.
    This(Decimal),
    /// One sign with three digits behind it: decimals or thousands.
    Either(Decimal),
}

/// Marks for a value that is not there.
const MISSING: [&str; 24] = [
    "", "NA", "N/A", "n/a", "na", "NaN", "nan", "NAN", "#N/A", "#NV", "#DIV/0!", "#VALUE!", "#WERT!", "#REF!", "#NUM!",
    "#NAME?", "#NULL!", "null", "NULL", "-", "--", "---", ".", "–",
];

/// Whether a cell says that there is no value.
pub(crate) fn is_missing(cell: &str) -> bool {
    MISSING.contains(&cell.trim())
}

/// What a cell says of the decimal sign; `None` if it is no number.
pub(crate) fn says(cell: &str) -> Option<Says> {
    let (body, exponent) = body(cell)?;
    let (points, commas) = (count(&body, '.'), count(&body, ','));
    let last = |sign: char| body.rsplit(sign).next().unwrap_or_default().len();
    Some(match (points, commas) {
        (0, 0) => Says::Nothing,
        (1, 0) => one(&body, '.', Decimal::Point, exponent),
        (0, 1) => one(&body, ',', Decimal::Comma, exponent),
        (1, _) if last('.') < last(',') && grouped(body.split('.').next()?, ',') => Says::This(Decimal::Point),
        (_, 1) if last(',') < last('.') && grouped(body.split(',').next()?, '.') => Says::This(Decimal::Comma),
        (0, _) if grouped(&body, ',') => Says::This(Decimal::Point),
        (_, 0) if grouped(&body, '.') => Says::This(Decimal::Comma),
        _ => return None,
    })
}

/// The value of a cell; `None` if it is no number so spelt.
pub(crate) fn value(cell: &str, decimal: Decimal) -> Option<f64> {
    let Some((body, _)) = body(cell) else {
        // "inf" and its kin, which the reader refuses by name where it cannot use them.
        return cell.trim().parse().ok();
    };
    let decimal = match (decimal, says(cell)) {
        (Decimal::Own, Some(Says::This(own))) => own,
        (Decimal::Own, Some(Says::Nothing)) => Decimal::Point,
        (Decimal::Own, _) => return None,
        (stated, _) => stated,
    };
    let (sign, groups) = match decimal {
        Decimal::Point | Decimal::Own => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (whole, rest) = body.split_once(sign).unwrap_or((&body, ""));
    if rest.contains(['.', ',']) || (whole.contains(groups) && !grouped(whole, groups)) {
        return None;
    }
    let trimmed = cell.trim();
    let from = trimmed.find(['e', 'E']);
    let minus = if trimmed.starts_with(['-', '−']) { "-" } else { "" };
    let exponent = from.map_or("", |from| &trimmed[from..]).replace('−', "-");
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let point = if body.contains(sign) { "." } else { "" };
    format!("{minus}{digits}{point}{rest}{exponent}").parse().ok()
}

/// Digits and signs without the sign in front and the exponent behind, blanks and
/// apostrophes between groups taken out; and whether there is an exponent.
fn body(cell: &str) -> Option<(String, bool)> {
    let plain = cell.trim();
    let plain = plain.strip_prefix(['-', '+', '−']).unwrap_or(plain);
    let (digits, exponent) = match plain.find(['e', 'E']) {
        Some(at) => (&plain[..at], Some(plain[at + 1..].replace('−', "-"))),
        None => (plain, None),
    };
    if exponent.as_ref().is_some_and(|text| text.parse::<i32>().is_err()) {
        return None;
    }
    let mut parts = String::new();
    let chars: Vec<char> = digits.chars().collect();
    for (place, &c) in chars.iter().enumerate() {
        match c {
            '0'..='9' | '.' | ',' => parts.push(c),
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' if in_groups(&chars, place) => {}
            _ => return None,
        }
    }
    parts.contains(|c: char| c.is_ascii_digit()).then_some((parts, exponent.is_some()))
}

/// Whether a blank at `place` parts groups of thousands: a digit before, three behind.
fn in_groups(chars: &[char], place: usize) -> bool {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    place > 0 && digit(place - 1) && (1..=3).all(|k| digit(place + k)) && !digit(place + 4)
}

fn count(body: &str, sign: char) -> usize {
    body.matches(sign).count()
}

/// One sign: with three digits behind it and one to three before it may part thousands.
fn one(body: &str, sign: char, decimal: Decimal, exponent: bool) -> Says {
    let (whole, rest) = body.split_once(sign).unwrap_or((body, ""));
    let thousands = rest.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') && !exponent;
    if thousands { Says::Either(decimal) } else { Says::This(decimal) }
}

/// Whether digits stand in groups of three behind the first.
fn grouped(body: &str, sign: char) -> bool {
    let mut groups = body.split(sign);
    let first = groups.next().unwrap_or_default();
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    (1..=3).contains(&first.len()) && digits(first) && groups.all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_their_values() {
        use Decimal::{Comma, Point};
        for (cell, decimal, expected) in [
            ("0.5", Point, 0.5),
            ("1,234.5", Point, 1234.5),
            ("1,234", Point, 1234.0),
            ("1,234,567", Point, 1_234_567.0),
            ("0,5", Comma, 0.5),
            ("1.234,5", Comma, 1234.5),
            ("1 234,5", Comma, 1234.5),
            ("1'234.5", Point, 1234.5),
            ("−3,2E−2", Comma, -0.032),
            ("+7e3", Point, 7000.0),
            (".5", Point, 0.5),
            ("5.", Point, 5.0),
        ] {
            assert_eq!(value(cell, decimal), Some(expected), "{cell}");
        }
        for (cell, decimal) in
            [("0,5", Point), ("1.5", Comma), ("1,23,456", Point), ("01.03.2024", Point), ("--1", Point)]
        {
            assert_eq!(value(cell, decimal), None, "{cell}");
        }
        assert_eq!(says("0,500"), Some(Says::This(Comma)));
        assert_eq!(says("1,500"), Some(Says::Either(Comma)));
        assert_eq!(says("1.500"), Some(Says::Either(Point)));
        assert_eq!(says("12"), Some(Says::Nothing));
        assert_eq!((says("01.03.2024"), says("10:20"), says("a"), says("-")), (None, None, None, None));
    }
}
