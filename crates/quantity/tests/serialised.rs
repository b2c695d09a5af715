//! Quantities in TOML and JSON are text with a unit, never a bare number.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use quantity::{Concentration, Fraction, Time, Voltage};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Plan {
    window: [Time; 2],
    dose: Option<Concentration>,
    slope: Fraction,
}

const TEXT: &str = "window = [\"50 min\", \"60 min\"]\ndose = \"3 µM\"\nslope = \"20 %\"\n";

#[test]
fn toml_there_and_back() {
    let plan: Plan = toml::from_str(TEXT).unwrap();
    assert_eq!(plan.window[1].min(), 60.0);
    assert_eq!(toml::to_string(&plan).unwrap(), TEXT);
}

#[test]
fn json_there_and_back() {
    let v = Voltage::from_mv(-70.25);
    let text = serde_json::to_string(&v).unwrap();
    assert_eq!(text, "\"-70.25 mV\"");
    assert_eq!(serde_json::from_str::<Voltage>(&text).unwrap(), v);
}

#[test]
fn a_bare_number_names_the_remedy() {
    for (text, found) in [("3", "3"), ("-3", "-3"), ("0.25", "0.25")] {
        let e = serde_json::from_str::<Voltage>(text).unwrap_err().to_string();
        assert!(e.contains(&format!("\"{found}\" has no unit")), "{e}");
        assert!(e.contains("for instance \"-70 mV\""), "{e}");
    }
    let e = toml::from_str::<Plan>("window = [50, 60]\nslope = \"20 %\"").unwrap_err();
    assert!(e.message().contains("\"50\" has no unit: write a time with one of the units"), "{e}");
    assert_eq!(e.span(), Some(10..12));
    assert!(toml::from_str::<Plan>("window = [\"1 s\", nan]\nslope = \"20 %\"").is_err());
}

#[test]
fn other_types_name_what_is_wanted() {
    let e = serde_json::from_str::<Time>("true").unwrap_err().to_string();
    assert!(e.contains("expected a time with its unit as text, for instance \"20 min\""), "{e}");
}

#[test]
fn an_impossible_number_is_not_written() {
    assert!(serde_json::to_string(&Time::from_ms(-1.0)).is_err());
    assert!(serde_json::to_string(&Voltage::from_mv(f64::NAN)).is_err());
}
