//! Titles of columns: names with units, as spreadsheets write them.
//!
//! `time (ms)`, `time [ms]`, `time / ms`, `time, ms` and `time_ms` are one title.

/// A title taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// The name without the unit.
    pub name: String,
    /// The unit, if one is known at the end of the title.
    pub unit: Option<&'static str>,
}

/// Units in the spelling of this crate, with the spellings that are read. Case
/// counts, since `M` and `m` differ.
const UNITS: [(&str, &[&str]); 21] = [
    ("s", &["s", "sec", "secs", "seconds", "Seconds", "S"]),
    ("ms", &["ms", "msec", "milliseconds", "mS"]),
    ("us", &["us", "µs", "μs", "æs", "usec", "microseconds"]),
    ("min", &["min", "mins", "minutes", "Min", "Minutes"]),
    ("h", &["h", "hours"]),
    ("V", &["V", "volts", "volt", "Volts"]),
    ("mV", &["mV", "mv", "MV", "millivolts"]),
    ("uV", &["uV", "µV", "μV", "æV", "uv", "microvolts"]),
    ("A", &["A", "amperes", "Amperes"]),
    ("nA", &["nA", "na"]),
    ("pA", &["pA", "pa", "PA"]),
    ("mV/ms", &["mV/ms", "mv/ms", "mV_per_ms", "V/s"]),
    ("V/ms", &["V/ms"]),
    ("uV/ms", &["uV/ms", "µV/ms", "μV/ms", "mV/s"]),
    ("%", &["%", "percent", "pct", "norm_percent"]),
    ("counts", &["counts", "count", "adc", "ADC"]),
    ("uA", &["uA", "µA", "μA", "æA"]),
    ("degC", &["degC", "°C", "deg C"]),
    ("MOhm", &["MOhm", "MΩ", "Mohm"]),
    ("Hz", &["Hz"]),
    ("mA", &["mA"]),
];

/// The unit of that spelling.
pub(crate) fn unit(text: &str) -> Option<&'static str> {
    let text = text.trim();
    UNITS.iter().find(|(_, spellings)| spellings.contains(&text)).map(|(unit, _)| *unit)
}

/// Seconds of a unit of time.
pub(crate) fn seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "s" => 1.0,
        "ms" => 1e-3,
        "us" => 1e-6,
        "min" => 60.0,
        "h" => 3600.0,
        _ => return None,
    })
}

impl Heading {
    /// Takes a title apart. A unit that is not known stays part of the name.
    pub fn of(title: &str) -> Self {
        let title = title.trim();
        let bracketed = [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
            let (name, rest) = title.strip_suffix(close)?.rsplit_once(open)?;
            Some((name, unit(rest)?))
        });
        // The longest unit: "slope_mV/ms" is in mV/ms, not in ms.
        let divided = || {
            let at = |mark: char| title.split_once(mark).into_iter().chain(title.rsplit_once(mark));
            let parts = ['/', ',', '_', ' '].into_iter().flat_map(at);
            let known = parts.filter_map(|(name, rest)| Some((name, rest.trim().len(), unit(rest)?)));
            known.max_by_key(|(_, length, _)| *length).map(|(name, _, unit)| (name, unit))
        };
        match bracketed.or_else(divided) {
            Some((name, unit)) if !name.trim().is_empty() => {
                let name = name.trim_end_matches(['_', '/', ',', ' ']).trim().to_owned();
                Self { name, unit: Some(unit) }
            }
            _ => Self { name: title.to_owned(), unit: None },
        }
    }

    /// Whether the name is one of these, letter case aside.
    pub fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }

    /// Whether the column holds times.
    pub fn is_time(&self) -> bool {
        self.is_any(&[
            "time",
            "t",
            "times",
            "time of sweep",
            "zeit",
            "temps",
            "x",
            "timestamp",
            "datetime",
            "date time",
            "clock",
            "uhrzeit",
        ]) && self.unit.is_none_or(|unit| seconds(unit).is_some())
    }

    /// Whether the column numbers its rows.
    pub fn is_index(&self) -> bool {
        self.is_any(&["", "sample", "samples", "index", "row", "point", "points", "#", "unnamed: 0"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_found_in_every_spelling() {
        for title in ["time (ms)", "time [ms]", "time / ms", "time/ms", "time_ms", " time (msec) ", "time, ms"] {
            assert_eq!(Heading::of(title), Heading { name: String::from("time"), unit: Some("ms") }, "{title}");
        }
        assert_eq!(Heading::of("sweep_3_uV"), Heading { name: String::from("sweep_3"), unit: Some("uV") });
        assert_eq!(Heading::of("slope (mV/ms)").unit, Some("mV/ms"));
        assert_eq!(Heading::of("slope_mV/ms"), Heading { name: String::from("slope"), unit: Some("mV/ms") });
    }

    #[test]
    fn names_without_a_unit_stay_whole() {
        for title in ["sweep_60", "20uA_rep1", "CA3-CA1_control_01", "s", "mV", "a (b)"] {
            assert_eq!(Heading::of(title), Heading { name: title.to_owned(), unit: None }, "{title}");
        }
    }
}
