//! Texts that are no quantity: the fault, the bytes it points at, the sentence.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use quantity::{
    Age, Concentration, Conductance, Fault, Fraction, Frequency, QuantityError, Temperature, Time, Voltage,
};

fn fault<T: std::str::FromStr<Err = QuantityError> + std::fmt::Debug>(text: &str) -> QuantityError {
    text.parse::<T>().expect_err(text)
}

#[test]
fn a_number_without_unit() {
    let e = fault::<Concentration>(" 3.5 ");
    assert_eq!(e.fault, Fault::NoUnit);
    assert_eq!((e.span.clone(), e.found()), (1..4, "3.5"));
    assert_eq!(*e.accepted, ["µM", "nM", "mM", "pM", "M"]);
    assert_eq!(
        e.to_string(),
        "\"3.5\" has no unit: write a concentration with one of the units µM, nM, mM, pM, M, \
         for instance \"3 uM\""
    );
}

#[test]
fn a_unit_of_another_dimension() {
    let e = fault::<Concentration>("20 min");
    assert!(matches!(e.fault, Fault::WrongDimension { is: "a time", suggestion: None }));
    assert_eq!(e.found(), "min");
    assert!(e.to_string().starts_with("\"min\" is the unit of a time, not of a concentration: "));
    // The classic: micrometres for micromolar.
    let e = fault::<Concentration>("3 um");
    assert!(matches!(e.fault, Fault::WrongDimension { is: "a length", suggestion: Some("µM") }));
    assert!(e.to_string().contains("(did you mean µM?)"), "{e}");
    assert!(matches!(
        fault::<Time>("5 mS").fault,
        Fault::WrongDimension { is: "a conductance", suggestion: Some("ms") }
    ));
    assert!(matches!(fault::<Time>("P42").fault, Fault::NoNumber));
}

#[test]
fn a_unit_that_does_not_exist() {
    let e = fault::<Frequency>("100 hz");
    assert_eq!(e.fault, Fault::UnknownUnit { suggestion: Some("Hz") });
    assert_eq!((e.span.clone(), e.found()), (4..6, "hz"));
    let e = fault::<Frequency>("100 bananas");
    assert_eq!(e.fault, Fault::UnknownUnit { suggestion: None });
    assert!(e.to_string().starts_with("\"bananas\" is not a unit of frequency: write a frequency with"), "{e}");
    assert_eq!(fault::<Temperature>("305 K").fault, Fault::UnknownUnit { suggestion: None });
    // The rest after "P42" is faulty, not the number.
    assert_eq!(fault::<Age>("P42 weeks").found(), "weeks");
}

#[test]
fn numbers_that_are_not_finite() {
    for text in ["NaN mV", "nan", "inf mV", "-inf mV", "Infinity mV", "\u{2212}∞ mV"] {
        assert_eq!(fault::<Voltage>(text).fault, Fault::NotFinite, "{text}");
    }
    assert_eq!(fault::<Voltage>("1e999 mV").fault, Fault::TooLarge);
    assert_eq!(fault::<Voltage>("1e99999999999999999999 mV").fault, Fault::TooLarge);
    assert_eq!(fault::<Time>("1e308 h").fault, Fault::TooLarge);
    assert_eq!(fault::<Voltage>("1e-999 mV").fault, Fault::TooSmall);
    // Words that merely begin like infinity are no number.
    assert_eq!(fault::<Voltage>("infra mV").fault, Fault::NoNumber);
}

#[test]
fn values_that_cannot_exist() {
    let e = fault::<Time>("-20 min");
    assert_eq!(e.fault, Fault::Impossible { because: "negative" });
    assert_eq!((e.span.clone(), e.found()), (0..3, "-20"));
    assert!(e.to_string().starts_with("\"-20\" is negative, which a time cannot be: "), "{e}");
    assert!(matches!(fault::<Concentration>("\u{2212}3 µM").fault, Fault::Impossible { .. }));
    assert!(matches!(fault::<Frequency>("-1 Hz").fault, Fault::Impossible { .. }));
    assert!(matches!(fault::<Conductance>("-1 nS").fault, Fault::Impossible { .. }));
    assert!(matches!(fault::<Fraction>("-1 %").fault, Fault::Impossible { .. }));
    assert!(matches!(fault::<Age>("P-3").fault, Fault::Impossible { .. }));
    assert!(matches!(fault::<Temperature>("-273.16 °C").fault, Fault::Impossible { .. }));
    assert!("-273.15 °C".parse::<Temperature>().is_ok());
}

#[test]
fn commas_and_groups() {
    for text in ["1,5 mM", "10,000 mM", "10 000 mM", "1.2.3 mM", "10'000 mM", "1_000 mM"] {
        let e = fault::<Concentration>(text);
        assert_eq!(e.fault, Fault::Separator, "{text}");
        assert_eq!(e.found(), text);
    }
}

#[test]
fn no_number_at_all() {
    for text in ["", "   ", "\u{a0}"] {
        let e = fault::<Time>(text);
        assert_eq!(e.fault, Fault::Empty);
        assert!(e.to_string().starts_with("the text is empty: write a time"));
    }
    for text in ["min", "twenty min", "-", ".", "- min", "e3 min", "+."] {
        assert_eq!(fault::<Time>(text).fault, Fault::NoNumber, "{text}");
    }
}

#[test]
fn a_pasted_page_is_quoted_in_part() {
    let e = fault::<Time>(&format!("3 {}", "x".repeat(100_000)));
    assert!(e.to_string().len() < 300, "{}", e.to_string().len());
    assert!(!fault::<Time>("3 a\nb\u{7}").to_string().contains(['\n', '\u{7}']));
}

#[test]
fn computed_numbers_can_be_checked() {
    assert!(Time::from_ms(1.0).checked().is_ok());
    assert_eq!(Time::from_ms(f64::NAN).checked().unwrap_err().fault, Fault::NotFinite);
    assert_eq!(Voltage::from_mv(f64::NEG_INFINITY).checked().unwrap_err().fault, Fault::NotFinite);
    assert!(matches!(Time::from_ms(-1.0).checked().unwrap_err().fault, Fault::Impossible { .. }));
    assert!(Voltage::from_mv(-1.0).checked().is_ok());
}
