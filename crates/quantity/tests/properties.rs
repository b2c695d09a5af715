//! Properties over all numbers and all texts.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use proptest::prelude::*;
use quantity::{
    Age, Concentration, Conductance, Current, Fraction, Frequency, Length, QuantityError, Slope, Temperature, Time,
    Voltage,
};
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// Finite numbers of every magnitude down to the smallest, not negative.
fn positive() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0..=f64::MAX.to_bits()).prop_map(f64::from_bits),
        (0_u32..100_000, -6_i32..6).prop_map(|(n, e)| format!("{n}e{e}").parse().unwrap()),
    ]
}

fn signed() -> impl Strategy<Value = f64> {
    (positive(), any::<bool>()).prop_map(|(x, minus)| if minus && x != 0.0 { -x } else { x })
}

fn returns<T>(value: T) -> Result<(), TestCaseError>
where
    T: Display + FromStr<Err = QuantityError> + PartialEq + Debug + Copy,
{
    let text = value.to_string();
    let back: T = text.parse().map_err(|e| TestCaseError::fail(format!("{text}: {e}")))?;
    prop_assert_eq!(back, value, "{}", text);
    Ok(())
}

fn stays_calm<T: FromStr<Err = QuantityError>>(text: &str) -> Result<(), TestCaseError> {
    if let Err(e) = text.parse::<T>() {
        prop_assert!(e.text.get(e.span.clone()).is_some(), "span {:?} in {:?}", e.span, text);
        prop_assert_eq!(e.span.is_empty(), e.fault == quantity::Fault::Empty);
        prop_assert!(!e.to_string().is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn print_then_read_returns_the_same_number(x in positive(), y in signed()) {
        // What no laboratory can mean is refused.
        returns(Time::from_ms(x.min(3.2e12)))?;
        returns(Frequency::from_hz(x.min(1e12)))?;
        returns(Concentration::from_um(x.min(1e8)))?;
        returns(Conductance::from_ns(x))?;
        returns(Fraction::from_value(x))?;
        returns(Age::from_postnatal_days(x))?;
        returns(Length::from_um(x))?;
        returns(Voltage::from_mv(y))?;
        returns(Current::from_pa(y))?;
        returns(Slope::from_mv_per_ms(y))?;
        returns(Temperature::from_celsius(x))?;
    }

    #[test]
    fn times_given_in_minutes_and_seconds_return(x in 0.0..1e6_f64) {
        returns(Time::from_min(x))?;
        returns(Time::from_s(x))?;
    }

    #[test]
    fn any_text_gives_a_value_or_a_span_inside_it(text in "\\PC{0,24}") {
        stays_calm::<Time>(&text)?;
        stays_calm::<Age>(&text)?;
        stays_calm::<Voltage>(&text)?;
    }

    #[test]
    fn texts_close_to_quantities_do_too(
        text in "[-+\u{2212}\u{2013} P]{0,2}[0-9.,]{0,5}[eE]?[-+0-9]{0,4}[ \u{a0}\u{2009}]{0,2}[uµ\u{3bc}nmMVHzs°C%/ ]{0,4}"
    ) {
        stays_calm::<Concentration>(&text)?;
        stays_calm::<Age>(&text)?;
        stays_calm::<Temperature>(&text)?;
        stays_calm::<Slope>(&text)?;
    }
}
