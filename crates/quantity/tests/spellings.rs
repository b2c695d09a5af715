//! Spellings that people use, and the numbers that they mean.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use quantity::{
    Age, Concentration, Conductance, Current, Fraction, Frequency, Length, Slope, Temperature, Time, Voltage,
};

/// Checks `text => number` pairs of one type through one accessor, exactly.
macro_rules! means {
    ($kind:ty, $read:ident: $($text:expr => $value:expr),+ $(,)?) => {
        $(
            let parsed: $kind = $text.parse().unwrap_or_else(|e| panic!("{:?}: {e}", $text));
            assert_eq!(parsed.$read(), $value, "{:?}", $text);
        )+
    };
}

#[test]
fn concentrations() {
    means!(Concentration, um:
        "3 uM" => 3.0, "3uM" => 3.0, "3 \u{b5}M" => 3.0, "3 \u{3bc}M" => 3.0, "  3.0   µM\t" => 3.0,
        "300 nM" => 0.3, "0.3 µM" => 0.3, "1e-3 mM" => 1.0, "1E+1 nM" => 0.01, ".5 mM" => 500.0,
        "5. uM" => 5.0, "2 M" => 2e6, "30 pM" => 3e-5, "3 umol/l" => 3.0, "+3 µmol/L" => 3.0,
        "0 uM" => 0.0, "-0 uM" => 0.0,
    );
}

#[test]
fn blanks_of_word_processors() {
    means!(Concentration, um:
        "3\u{a0}µM" => 3.0,       // no-break space
        "3\u{2009}µM" => 3.0,     // thin space
        "3\u{202f}µM" => 3.0,     // narrow no-break space
        "\u{feff}3\u{200b} µM\u{2060}" => 3.0,
    );
    means!(Slope, mv_per_ms: "0.3\u{2009}mV\u{a0}ms\u{2212}1" => 0.3);
}

#[test]
fn times() {
    means!(Time, ms:
        "20 min" => 1.2e6, "1 h" => 3.6e6, "20 s" => 2e4, "0.1 s" => 100.0, "5 ms" => 5.0,
        "300 µs" => 0.3, "300 us" => 0.3, "1.5 minutes" => 9e4, "2 hours" => 7.2e6,
    );
    means!(Time, s: "20 ms" => 0.02, "90 min" => 5400.0);
    means!(Time, min: "1 h" => 60.0, "30 s" => 0.5);
    means!(Time, h: "90 min" => 1.5);
}

#[test]
fn signs() {
    means!(Voltage, mv:
        "-70 mV" => -70.0, "\u{2212}70 mV" => -70.0, "\u{2013}70 mV" => -70.0, "- 70 mV" => -70.0,
        "+10 mV" => 10.0, "-0.07 V" => -70.0, "15 µV" => 0.015, "1e\u{2212}3 V" => 1.0,
    );
    means!(Current, pa: "-50 pA" => -50.0, "0.1 nA" => 100.0, "2 µA" => 2e6);
}

#[test]
fn the_other_quantities() {
    means!(Frequency, hz: "100 Hz" => 100.0, "0.05 Hz" => 0.05, "10 kHz" => 1e4, "5 s⁻¹" => 5.0, "5 /s" => 5.0);
    means!(Conductance, ns: "0.5 nS" => 0.5, "500 pS" => 0.5, "0.02 uS" => 20.0);
    means!(Temperature, celsius:
        "32 degC" => 32.0, "32 °C" => 32.0, "32°C" => 32.0, "32 ° C" => 32.0, "32 ℃" => 32.0,
        "32 ºC" => 32.0, "32 deg C" => 32.0, "-4 C" => -4.0,
    );
    means!(Fraction, value: "40 %" => 0.4, "40%" => 0.4, "7 %" => 0.07, "150 percent" => 1.5, "0 %" => 0.0);
    means!(Age, postnatal_days:
        "P42" => 42.0, "P 42" => 42.0, "p42" => 42.0, "PND42" => 42.0, "PD 42" => 42.0,
        "42 days" => 42.0, "6 weeks" => 42.0, "8 weeks" => 56.0, "3 months" => 91.3125, "P0" => 0.0,
    );
    means!(Length, um: "100 um" => 100.0, "0.4 mm" => 400.0, "50 nm" => 0.05, "100 \u{3bc}m" => 100.0);
    means!(Slope, mv_per_ms:
        "0.3 mV/ms" => 0.3, "-0.3 V/s" => -0.3, "0.3 mV·ms⁻¹" => 0.3, "300 mV/s" => 0.3, "20 µV/ms" => 0.02,
    );
}

/// Two spellings of one number must be the same bits: the decimal shift is
/// exact, where a multiplication by 1e-3 is not (`3 * 1e-3 != 3e-3` in bits).
#[test]
fn prefixes_do_not_disturb_the_last_bit() {
    for n in 1..2000_u32 {
        let in_nm: Concentration = format!("{n} nM").parse().unwrap();
        let in_um: Concentration = format!("{n}e-3 µM").parse().unwrap();
        let in_mm: Concentration = format!("{n}e-6 mM").parse().unwrap();
        assert_eq!(in_nm.um().to_bits(), in_um.um().to_bits(), "{n}");
        assert_eq!(in_nm.um().to_bits(), in_mm.um().to_bits(), "{n}");
        assert_eq!(in_nm, Concentration::from_nm(f64::from(n)));
    }
}

#[test]
fn constructors_agree_with_text() {
    assert_eq!(Time::from_min(20.0), "20 min".parse().unwrap());
    assert_eq!(Time::from_s(0.02), "20 ms".parse().unwrap());
    assert_eq!(Time::from_h(1.0), "60 min".parse().unwrap());
    assert_eq!(Concentration::from_mm(1.2), "1.2 mM".parse().unwrap());
    assert_eq!(Fraction::from_percent(95.0), Fraction::from_value(0.95));
    assert_eq!(Age::from_postnatal_days(42.0).weeks(), 6.0);
}

#[test]
fn print_is_what_one_would_say() {
    let printed = [
        Time::from_min(20.0).to_string(),
        Time::from_min(60.0).to_string(),
        Time::from_s(20.0).to_string(),
        Time::from_s(90.0).to_string(),
        Time::from_ms(50.0).to_string(),
        Time::from_ms(0.0).to_string(),
        Concentration::from_um(3.0).to_string(),
        Concentration::from_nm(30.0).to_string(),
        Concentration::from_mm(2.5).to_string(),
        Frequency::from_hz(100.0).to_string(),
        Frequency::from_hz(0.05).to_string(),
        Frequency::from_hz(10_000.0).to_string(),
        Voltage::from_mv(-70.0).to_string(),
        Conductance::from_ns(0.5).to_string(),
        Temperature::from_celsius(32.0).to_string(),
        Fraction::from_value(0.07).to_string(),
        Age::from_postnatal_days(42.0).to_string(),
        Age::from_postnatal_days(42.5).to_string(),
        Slope::from_mv_per_ms(0.3).to_string(),
        Length::from_um(100.0).to_string(),
    ];
    let said = [
        "20 min",
        "60 min",
        "20 s",
        "90 s",
        "50 ms",
        "0 s",
        "3 µM",
        "30 nM",
        "2.5 mM",
        "100 Hz",
        "0.05 Hz",
        "10 kHz",
        "-70 mV",
        "0.5 nS",
        "32 °C",
        "7 %",
        "P42",
        "42.5 days",
        "0.3 mV/ms",
        "100 µm",
    ];
    assert_eq!(printed.each_ref().map(String::as_str), said);
}
