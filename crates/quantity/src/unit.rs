//! The table of units: every accepted spelling, its dimension and its size.

use crate::dimension::Dimension;

/// One unit. A value in this unit times `factor · 10^exponent` is the value in
/// the unit of storage of its dimension.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) dimension: Dimension,
    /// Accepted spellings; the first is the printed one.
    pub(crate) spellings: &'static [&'static str],
    pub(crate) factor: f64,
    pub(crate) exponent: i32,
    /// Whether values are printed in this unit; all are read.
    pub(crate) printed: bool,
}

impl Unit {
    /// The spelling used in print and in messages.
    pub(crate) fn symbol(&self) -> &'static str {
        self.spellings[0]
    }
}

const fn printed(dimension: Dimension, spellings: &'static [&'static str], factor: f64, exponent: i32) -> Unit {
    Unit { dimension, spellings, factor, exponent, printed: true }
}

const fn read_only(dimension: Dimension, spellings: &'static [&'static str], factor: f64, exponent: i32) -> Unit {
    Unit { dimension, spellings, factor, exponent, printed: false }
}

/// All units; within a dimension the preferred one for print comes first. The
/// micro sign is listed as U+00B5; Greek mu (U+03BC) is folded onto it before
/// the lookup. Case matters: `um` is a length, `uM` a concentration.
pub(crate) const UNITS: &[Unit] = &[
    // Stored in ms. Hours are never printed: protocols are spoken of in minutes.
    printed(Dimension::Time, &["s", "sec", "second", "seconds"], 1.0, 3),
    printed(Dimension::Time, &["ms", "msec", "millisecond", "milliseconds"], 1.0, 0),
    printed(Dimension::Time, &["min", "mins", "minute", "minutes"], 6.0, 4),
    read_only(Dimension::Time, &["µs", "us", "usec"], 1.0, -3),
    read_only(Dimension::Time, &["h", "hr", "hrs", "hour", "hours"], 36.0, 5),
    // Stored in Hz.
    printed(Dimension::Frequency, &["Hz", "/s", "1/s", "s-1", "s^-1", "s⁻¹"], 1.0, 0),
    printed(Dimension::Frequency, &["kHz"], 1.0, 3),
    read_only(Dimension::Frequency, &["mHz"], 1.0, -3),
    read_only(Dimension::Frequency, &["MHz"], 1.0, 6),
    // Stored in µM.
    printed(Dimension::Concentration, &["µM", "uM", "µmol/L", "umol/L", "µmol/l", "umol/l"], 1.0, 0),
    printed(Dimension::Concentration, &["nM", "nmol/L", "nmol/l"], 1.0, -3),
    printed(Dimension::Concentration, &["mM", "mmol/L", "mmol/l"], 1.0, 3),
    read_only(Dimension::Concentration, &["pM", "pmol/L", "pmol/l"], 1.0, -6),
    read_only(Dimension::Concentration, &["M", "mol/L", "mol/l"], 1.0, 6),
    // Stored in mV.
    printed(Dimension::Voltage, &["mV"], 1.0, 0),
    printed(Dimension::Voltage, &["µV", "uV"], 1.0, -3),
    printed(Dimension::Voltage, &["V"], 1.0, 3),
    // Stored in pA.
    printed(Dimension::Current, &["pA"], 1.0, 0),
    printed(Dimension::Current, &["nA"], 1.0, 3),
    printed(Dimension::Current, &["µA", "uA"], 1.0, 6),
    read_only(Dimension::Current, &["fA"], 1.0, -3),
    read_only(Dimension::Current, &["mA"], 1.0, 9),
    read_only(Dimension::Current, &["A"], 1.0, 12),
    // Stored in nS.
    printed(Dimension::Conductance, &["nS"], 1.0, 0),
    printed(Dimension::Conductance, &["µS", "uS"], 1.0, 3),
    read_only(Dimension::Conductance, &["pS"], 1.0, -3),
    read_only(Dimension::Conductance, &["mS"], 1.0, 6),
    read_only(Dimension::Conductance, &["S"], 1.0, 9),
    // Stored in °C; kelvin is an offset, not a factor, and is not accepted.
    // U+00BA (masculine ordinal) is what many keyboards give for a degree sign.
    printed(Dimension::Temperature, &["°C", "degC", "deg C", "° C", "ºC", "℃", "C", "Celsius", "celsius"], 1.0, 0),
    // Stored as a value: 40 % is 0.4.
    printed(Dimension::Fraction, &["%", "％", "percent", "per cent"], 1.0, -2),
    // Stored in postnatal days. The mean month has 365.25 / 12 days.
    printed(Dimension::Age, &["days", "day", "d"], 1.0, 0),
    read_only(Dimension::Age, &["weeks", "week", "wk", "wks", "w"], 7.0, 0),
    read_only(Dimension::Age, &["months", "month"], 30.4375, 0),
    // Stored in µm.
    printed(Dimension::Length, &["µm", "um", "micron", "microns"], 1.0, 0),
    printed(Dimension::Length, &["nm"], 1.0, -3),
    printed(Dimension::Length, &["mm"], 1.0, 3),
    read_only(Dimension::Length, &["cm"], 1.0, 4),
    read_only(Dimension::Length, &["m"], 1.0, 6),
    // Stored in mV/ms, which equals V/s.
    printed(Dimension::Slope, &["mV/ms", "V/s", "mV ms-1", "mV ms^-1", "mV ms⁻¹", "mV·ms⁻¹", "mV*ms^-1"], 1.0, 0),
    read_only(Dimension::Slope, &["mV/s"], 1.0, -3),
    read_only(Dimension::Slope, &["µV/ms", "uV/ms"], 1.0, -3),
];

/// Units of one dimension.
pub(crate) fn of(dimension: Dimension) -> impl Iterator<Item = &'static Unit> {
    UNITS.iter().filter(move |unit| unit.dimension == dimension)
}

/// The unit that `written` spells exactly; no spelling belongs to two units.
pub(crate) fn find(written: &str) -> Option<&'static Unit> {
    let folded = fold(written);
    UNITS.iter().find(|unit| unit.spellings.contains(&folded.as_str()))
}

/// The symbol of the unit of `wanted` that `written` would be in other case,
/// such as `µM` for `um` and `Hz` for `hz`.
pub(crate) fn in_other_case(written: &str, wanted: Dimension) -> Option<&'static str> {
    let lower = fold(written).to_lowercase();
    of(wanted).find(|unit| unit.spellings.iter().any(|spelling| spelling.to_lowercase() == lower)).map(Unit::symbol)
}

/// One spelling for characters that look alike: Greek mu becomes the micro
/// sign, Unicode minus and hyphens become `-`, any blank becomes one space.
fn fold(written: &str) -> String {
    let mut folded = String::with_capacity(written.len());
    for character in written.chars() {
        match character {
            '\u{3bc}' => folded.push('µ'),
            c if crate::number::is_minus(c) => folded.push('-'),
            '\u{22c5}' | '\u{2219}' => folded.push('·'),
            c if crate::number::is_blank(c) => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_spelling_is_unique_and_survives_folding() {
        let mut seen = BTreeSet::new();
        for spelling in UNITS.iter().flat_map(|unit| unit.spellings) {
            assert!(seen.insert(spelling), "{spelling} is listed twice");
            assert_eq!(&fold(spelling), spelling, "{spelling} can never be found");
        }
    }

    #[test]
    fn the_first_unit_of_each_dimension_is_printed() {
        for unit in UNITS {
            let first = of(unit.dimension).next().expect("a dimension of the table");
            assert!(first.printed, "{}", first.symbol());
        }
    }

    #[test]
    fn another_case_is_only_suggested_within_the_dimension() {
        assert_eq!(in_other_case("um", Dimension::Concentration), Some("µM"));
        assert_eq!(in_other_case("hz", Dimension::Frequency), Some("Hz"));
        assert_eq!(in_other_case("hz", Dimension::Time), None);
    }
}
