//! Dates of recording files to seconds, for differences between files.

/// Seconds since 1970 of `YYYY-MM-DDThh:mm:ss[.mmm][Z|±hh:mm]`; times without an
/// offset are taken as they stand, which serves for differences within a rig.
pub fn seconds(text: &str) -> Option<f64> {
    let (day, clock) = text.trim().split_once(['T', ' '])?;
    let mut parts = day.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1900..=2200).contains(&year) {
        return None;
    }
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
    Some(days(year, month, day) as f64 * 86_400.0 + hour * 3600.0 + minute * 60.0 + second - offset)
}

/// Days since 1970-01-01 of the Gregorian calendar (Hinnant 2013,
/// chrono-compatible low-level date algorithms).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        assert_eq!(seconds("1970-01-01T00:00:00"), Some(0.0));
        assert_eq!(seconds("2024-02-29T12:00:00.500"), Some(1_709_208_000.5));
        assert_eq!(seconds("2024-02-29T12:00:00+01:00"), Some(1_709_204_400.0));
        for bad in ["", "2024-13-01T00:00:00", "yesterday", "2024-01-01"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
