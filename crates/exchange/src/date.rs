//! Dates of recording files: spelt by ISO 8601, and as seconds for differences
//! between files.

use chrono::{DateTime, NaiveDate, NaiveTime};

/// `YYYY-MM-DDThh:mm:ss.mmm` of a day and the milliseconds since its midnight; `None`
/// unless both exist.
pub(crate) fn spelt(year: i32, month: u32, day: u32, since_midnight_ms: i64) -> Option<String> {
    let day = NaiveDate::from_ymd_opt(year, month, day)?;
    let since_midnight_ms = u32::try_from(since_midnight_ms).ok()?;
    let (seconds, ms) = (since_midnight_ms / 1000, since_midnight_ms % 1000);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, ms * 1_000_000)?;
    Some(day.and_time(time).format("%Y-%m-%dT%H:%M:%S%.3f").to_string())
}

/// `YYYY-MM-DDThh:mm:ss.mmm` of a number of seconds since 1970; `None` outside of the
/// years 1970 to 2200.
pub(crate) fn of_seconds(seconds: f64) -> Option<String> {
    // 2200 begins after that many.
    if !(0.0..7_258_118_400.0).contains(&seconds) {
        return None;
    }
    let time = DateTime::from_timestamp_millis((seconds * 1000.0).round() as i64)?;
    Some(time.naive_utc().format("%Y-%m-%dT%H:%M:%S%.3f").to_string())
}

/// A date that a person states, for a session: a day or a day and a clock, as ISO 8601.
pub(crate) fn stated(text: &str) -> Option<String> {
    let text = text.trim();
    if seconds(text).is_some() {
        return Some(text.replacen(' ', "T", 1));
    }
    let midnight = format!("{text}T00:00:00");
    seconds(&midnight).map(|_| midnight)
}

/// A date with some seconds added, in the offset that it has.
pub(crate) fn shifted(text: &str, by_s: f64) -> Option<String> {
    let (_, clock) = text.split_once(['T', ' '])?;
    let zone = clock.find(['Z', '+', '-']).map_or("", |at| &clock[at..]);
    let local = text.strip_suffix(zone)?;
    of_seconds(seconds(local)? + by_s).map(|shifted| shifted + zone)
}

/// Seconds since 1970 of `YYYY-MM-DDThh:mm:ss[.mmm][Z|±hh:mm]`; times without an
/// offset are taken as they stand, which serves for differences within a rig.
pub(crate) fn seconds(text: &str) -> Option<f64> {
    let (day, clock) = text.trim().split_once(['T', ' '])?;
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day): (i32, u32, i32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    if !(1..=31).contains(&day) || !(1900..=2200).contains(&year) {
        return None;
    }
    // Days beyond the end of a month count on into the next.
    let days = NaiveDate::from_ymd_opt(year, month, 1)?.to_epoch_days() + day - 1;
    let zone = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(zone);
    let mut parts = clock.split(':').map(|part| part.parse::<f64>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().flatten().unwrap_or(0.0);
    let offset = match zone.trim_start_matches('Z') {
        "" => 0.0,
        zone => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let size = hours.parse::<f64>().ok()? * 3600.0 + minutes.parse::<f64>().ok()? * 60.0;
            if zone.starts_with('-') { -size } else { size }
        }
    };
    Some(f64::from(days) * 86_400.0 + hour * 3600.0 + minute * 60.0 + second - offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_as_a_date() {
        assert_eq!(of_seconds(1_709_208_000.5).as_deref(), Some("2024-02-29T12:00:00.500"));
        for none in [-1.0, f64::NAN, 1e12] {
            assert_eq!(of_seconds(none), None, "{none}");
        }
    }

    #[test]
    fn dates_of_sessions() {
        assert_eq!(stated("2024-02-29").as_deref(), Some("2024-02-29T00:00:00"));
        assert_eq!(stated("2024-02-29 12:30").as_deref(), Some("2024-02-29T12:30"));
        assert_eq!(stated("spring"), None);
        assert_eq!(shifted("2024-02-29T23:59:59.000", -2.0).as_deref(), Some("2024-02-29T23:59:57.000"));
        assert_eq!(shifted("2024-02-29T23:59:59+01:00", 1.5).as_deref(), Some("2024-03-01T00:00:00.500+01:00"));
        assert_eq!(shifted("yesterday", 0.0), None);
    }

    #[test]
    fn known_moments() {
        assert_eq!(seconds("1970-01-01T00:00:00"), Some(0.0));
        assert_eq!(seconds("2024-02-29T12:00:00.500"), Some(1_709_208_000.5));
        assert_eq!(seconds("2024-02-29T12:00:00+01:00"), Some(1_709_204_400.0));
        assert_eq!(seconds("2023-02-30T00:00:00"), seconds("2023-03-02T00:00:00"));
        for bad in ["", "2024-13-01T00:00:00", "yesterday", "2024-01-01"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
