//! The number in front of a unit: found in text, read and printed exactly.
//!
//! With the decimal text `d · 10^e` of a number and a unit of size
//! `factor · 10^k`, the stored value is `factor · float(d · 10^(e + k))`: the
//! shift by `k` happens in the decimal text, where it is exact.

use std::ops::Range;

/// Blanks that text copied from papers and spreadsheets contains, beyond
/// Unicode white space: zero-width space, word joiner, byte order mark.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Characters that stand for a minus sign: hyphen-minus, Unicode minus, en
/// dash, non-breaking hyphen, small and full-width hyphen-minus.
pub(crate) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '\u{2013}' | '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}')
}

/// A number as found in text.
#[derive(Debug, PartialEq)]
pub(crate) struct Written {
    /// Sign, digits and point, in ASCII.
    digits: String,
    /// Decimal exponent.
    exponent: i64,
    /// Bytes that it takes in the text.
    pub(crate) span: Range<usize>,
}

impl Written {
    /// The value times `10^shift`, correctly rounded; infinite if too large.
    pub(crate) fn shifted(&self, shift: i32) -> f64 {
        let exponent = (self.exponent + i64::from(shift)).clamp(-100_000, 100_000);
        let text = format!("{}e{exponent}", self.digits);
        text.parse().expect("invariant: digits, point and exponent form a float")
    }

    /// Whether the text says exactly zero.
    pub(crate) fn is_zero(&self) -> bool {
        !self.digits.bytes().any(|b| (b'1'..=b'9').contains(&b))
    }
}

/// Reads the number that begins at byte `start`: an optional sign, digits with
/// an optional point, an optional exponent. `None` if there is no digit.
pub(crate) fn scan(text: &str, start: usize) -> Option<Written> {
    let mut digits = String::new();
    let mut at = start;
    let peek = |at: usize| text[at..].chars().next();
    if let Some(c) = peek(at)
        && (c == '+' || is_minus(c))
    {
        if c != '+' {
            digits.push('-');
        }
        at += c.len_utf8();
        // "- 70 mV": a blank after the sign is common with typographic minus.
        while let Some(blank) = peek(at).filter(|&b| is_blank(b)) {
            at += blank.len_utf8();
        }
    }
    let (mut any, mut point) = (false, false);
    while let Some(c) = peek(at) {
        match c {
            '0'..='9' => any = true,
            '.' if !point => point = true,
            _ => break,
        }
        digits.push(c);
        at += 1;
    }
    if !any {
        return None;
    }
    let (exponent, end) = scan_exponent(text, at);
    Some(Written { digits, exponent, span: start..end })
}

/// Reads `e-3` at byte `at`; returns exponent 0 and `at` if there is none.
fn scan_exponent(text: &str, at: usize) -> (i64, usize) {
    let mut rest = text[at..].chars().peekable();
    if !matches!(rest.next(), Some('e' | 'E')) {
        return (0, at);
    }
    let mut end = at + 1;
    let mut negative = false;
    if let Some(&c) = rest.peek()
        && (c == '+' || is_minus(c))
    {
        negative = c != '+';
        end += c.len_utf8();
        rest.next();
    }
    let mut exponent: i64 = 0;
    let mut any = false;
    for c in rest {
        let Some(digit) = c.to_digit(10) else { break };
        exponent = (exponent * 10 + i64::from(digit)).min(1_000_000_000);
        any = true;
        end += 1;
    }
    match any {
        true if negative => (-exponent, end),
        true => (exponent, end),
        false => (0, at),
    }
}

/// Shortest decimal text of `value · 10^shift` that [`scan`] and
/// [`Written::shifted`] with `-shift` turn back into `value`.
pub(crate) fn print_shifted(value: f64, shift: i32) -> String {
    let scientific = format!("{value:e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return scientific; // NaN, infinite
    };
    let exponent = exponent.parse::<i32>().unwrap_or(0) + shift;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    if digits == "0" {
        return String::from("0");
    }
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if !(-5..=15).contains(&exponent) {
        return format!("{sign}{mantissa}e{exponent}");
    }
    if exponent < 0 {
        let zeros = "0".repeat((-exponent - 1).unsigned_abs() as usize);
        return format!("{sign}0.{zeros}{digits}");
    }
    if count <= exponent + 1 {
        let zeros = "0".repeat((exponent + 1 - count).unsigned_abs() as usize);
        return format!("{sign}{digits}{zeros}");
    }
    let (whole, part) = digits.split_at((exponent + 1).unsigned_abs() as usize);
    format!("{sign}{whole}.{part}")
}
