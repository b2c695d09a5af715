//! Times of rows as a clock shows them: `hh:mm:ss`, or a date and a time.

use crate::date;
use crate::error::exchange::ExchangeError;
use crate::heading::{self, Heading, seconds};
use crate::sheet::sheet::Sheet;
use recording::table::Column;
use std::path::Path;

/// A step back of more than this is midnight, s.
const MIDNIGHT_S: f64 = 43_200.0;
/// A day, s.
const DAY_S: f64 = 86_400.0;

/// Times of the rows of a column, s: numbers in the unit of `stated` or of the title;
/// moments of a clock count from the first.
pub(super) fn times(
    sheet: &Sheet,
    path: &Path,
    title: &str,
    stated: Option<&str>,
) -> Result<Vec<Option<f64>>, ExchangeError> {
    if let Some(Column::Text(texts)) = sheet.table.column(title)
        && texts.iter().any(Option::is_some)
    {
        return moments(sheet, path, title, texts);
    }
    let unit = stated.map_or_else(|| Heading::of(title).unit, heading::unit);
    let Some(unit_s) = unit.and_then(seconds) else {
        let (what, remedy) = ("the unit of the column of times", "it, or title the column as \"time (min)\"");
        return Err(ExchangeError::Unstated { path: path.to_owned(), what, remedy });
    };
    let numbers = sheet.table.numbers(title).map_err(ExchangeError::table(path))?;
    Ok(numbers.into_iter().map(|time| time.map(|time| time * unit_s + 0.0)).collect())
}

/// Whether a column of words holds moments of a clock.
pub(super) fn is_clock(column: &Column) -> bool {
    let Column::Text(texts) = column else { return false };
    let first = texts.iter().flatten().next();
    first.is_some_and(|text| moment(text).is_some()) && texts.iter().flatten().all(|text| moment(text).is_some())
}

fn moments(
    sheet: &Sheet,
    path: &Path,
    title: &str,
    texts: &[Option<String>],
) -> Result<Vec<Option<f64>>, ExchangeError> {
    let (mut first, mut last, mut days) = (None, f64::NEG_INFINITY, 0.0);
    let mut times = Vec::with_capacity(texts.len());
    for (row, text) in texts.iter().enumerate() {
        let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            times.push(None);
            continue;
        };
        let Some((dated, time_s)) = moment(text) else {
            let found = format!("column \"{title}\" has \"{text}\"");
            let expected = "a number, hh:mm:ss, or a date and a time as 2024-03-01 10:00:00";
            return Err(ExchangeError::line(path, sheet.line(row), found, expected));
        };
        if !dated && last - (time_s + days) > MIDNIGHT_S {
            days += DAY_S;
        }
        let time_s = if dated { time_s } else { time_s + days };
        last = time_s;
        times.push(Some(time_s - *first.get_or_insert(time_s)));
    }
    Ok(times)
}

/// Seconds of a moment, and whether it has a date.
fn moment(text: &str) -> Option<(bool, f64)> {
    let text = text.trim();
    let (day, rest) = text.split_once(['T', ' ']).unwrap_or(("", text));
    if day.contains('-') {
        let full = if rest.matches(':').count() == 1 { format!("{text}:00") } else { text.to_owned() };
        return date::seconds(&full.replace(',', ".")).filter(|s| s.is_finite()).map(|seconds| (true, seconds));
    }
    if day.contains('.') {
        let mut parts = day.split('.').map(str::parse::<u32>);
        let (Some(Ok(day)), Some(Ok(month)), Some(Ok(year))) = (parts.next(), parts.next(), parts.next()) else {
            return None;
        };
        let start = date::seconds(&format!("{year:04}-{month:02}-{day:02}T00:00:00"))?;
        return Some((true, start + clock(rest)?));
    }
    clock(text).map(|seconds| (false, seconds))
}

/// Seconds of `hh:mm:ss[.mmm]`, with or without AM and PM.
fn clock(text: &str) -> Option<f64> {
    let upper = text.trim().to_uppercase();
    let (plain, half) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(plain), _) => (plain.trim().to_owned(), Some(0.0)),
        (_, Some(plain)) => (plain.trim().to_owned(), Some(12.0)),
        _ => (upper, None),
    };
    let (sign, plain) = plain.strip_prefix('-').map_or((1.0, plain.as_str()), |rest| (-1.0, rest));
    let parts: Vec<&str> = plain.split(':').collect();
    let [hours, minutes, seconds] = parts[..] else { return None };
    let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok().filter(|m| *m < 60)?);
    let seconds = seconds.replace(',', ".").parse::<f64>().ok().filter(|s| (0.0..60.0).contains(s))?;
    let hours = half.map_or(f64::from(hours), |half| f64::from(hours % 12) + half);
    Some(sign * (hours * 3600.0 + f64::from(minutes) * 60.0 + seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_a_clock() {
        assert_eq!(clock("01:00:20"), Some(3620.0));
        assert_eq!(clock("-00:00:20,5"), Some(-20.5));
        assert_eq!((clock("12:00:01 AM"), clock("1:00:00 pm")), (Some(1.0), Some(46_800.0)));
        assert_eq!((clock("10:20"), clock("10:60:00"), clock("a:b:c")), (None, None, None));
        let apart = |one: &str, two: &str| moment(two).zip(moment(one)).map(|(b, a)| b.1 - a.1);
        assert_eq!(apart("2024-02-29 23:59:40", "2024-03-01T00:00:00"), Some(20.0));
        assert_eq!(apart("29.02.2024 23:59:40", "01.03.2024 00:00:00"), Some(20.0));
        assert_eq!(moment("01/03/2024 00:00:00"), None);
    }
}
