//! The manifest as a file: there and back, and what it refuses.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::manifest;
use recording::StoreError;
use results::Manifest;
use results::manifest::Blinding;
use results::plan::{LevelFit, SlopeRule};
use std::path::Path;

fn path() -> &'static Path {
    Path::new("results/quick/manifest.toml")
}

#[test]
fn there_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("manifest.toml");
    for seed in [0, 20_261_121, u64::MAX] {
        let mut plan = manifest();
        plan.seed = seed;
        plan.write(&file).unwrap();
        assert_eq!(Manifest::read(&file).unwrap(), plan);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), plan.to_text(&file).unwrap());
    }
}

#[test]
fn blinding_is_stated_by_a_key_that_may_be_absent() {
    let silent = manifest().to_text(path()).unwrap();
    assert!(!silent.contains("blinding"), "{silent}");
    for (blinding, lines) in [
        (Blinding::Blinded { key_holder: "M. E.".into() }, "[blinding]\nstate = \"blinded\"\nkey_holder = \"M. E.\"\n"),
        (Blinding::Unblinded { key_sha256: "0f".into() }, "[blinding]\nstate = \"unblinded\"\nkey_sha256 = \"0f\"\n"),
    ] {
        let plan = Manifest { blinding: Some(blinding), ..manifest() };
        let text = plan.to_text(path()).unwrap();
        assert_eq!(text.replace(&format!("{lines}\n"), ""), silent);
        assert_eq!(Manifest::from_text(&text, path()).unwrap(), plan);
    }
}

#[test]
fn quantities_keep_their_units() {
    let text = manifest().to_text(path()).unwrap();
    assert!(text.contains("window = [\"50 min\", \"60 min\"]"), "{text}");
    assert!(text.contains("baseline_drift = \"10 %\""), "{text}");
}

#[test]
fn another_version_is_named_before_anything_else() {
    let error = Manifest::from_text("format = 2\nlayout = \"unknown\"\n", path()).unwrap_err();
    assert_eq!(error.to_string(), "results/quick/manifest.toml has format 2, but this program reads format 1");
    let error = Manifest::from_text("name = \"x\"\n", path()).unwrap_err().to_string();
    assert_eq!(error, "results/quick/manifest.toml is not valid: no format: expected format = 1");
}

#[test]
fn a_missing_or_wrong_entry_has_a_line() {
    let text = manifest().to_text(path()).unwrap();
    let broken = text.replace("rate_hz = 10000.0", "rate_hz = \"fast\"");
    let error = Manifest::from_text(&broken, path()).unwrap_err().to_string();
    assert!(error.contains("line ") && error.contains("fast"), "{error}");
    assert!(Manifest::from_text("format = 1\n", path()).unwrap_err().to_string().contains("missing field"));
    let naked = text.replace("bin = \"1 min\"", "bin = 60");
    let error = Manifest::from_text(&naked, path()).unwrap_err().to_string();
    assert!(error.contains("\"60\" has no unit: write a time"), "{error}");
    let seed = text.replace("seed = 20261121", "seed = -1");
    let error = Manifest::from_text(&seed, path()).unwrap_err().to_string();
    assert!(error.contains("expected a seed from 0 to 18446744073709551615"), "{error}");
}

#[test]
fn contradictions_are_refused_on_both_ways() {
    type Fault = fn(&mut Manifest);
    let faults: [(Fault, &str); 12] = [
        (
            |m| m.statistics.reference = String::from("vehicle"),
            "reference \"vehicle\" is no condition: expected one of control, ISO 3 µM, APV",
        ),
        (|m| m.conditions[2].name = String::from("control"), "the condition \"control\" is there twice"),
        (|m| m.inductions[0].name = String::from(" "), "a name among the inductions is empty"),
        (|m| m.inductions.clear(), "no induction: expected at least one"),
        (|m| m.rate_hz = 0.0, "rate_hz is 0"),
        (|m| m.conditions[1].bath[0].concentration_um = f64::NAN, "concentration of isopregnanolone is NaN"),
        (|m| m.timeline.baseline_min = -1.0, "baseline_min is -1"),
        (|m| m.design.animals = 0, "0 animals with 2 slices"),
        (|m| m.analysis.window.reverse(), "window is from 60 min to 50 min: expected the earlier time first"),
        (
            |m| m.analysis.slope = SlopeRule::Levels { low: 0.2, high: 0.2, fit: LevelFit::LeastSquares },
            "slope is from 20 % to 20 %",
        ),
        (|m| m.statistics.interval = quantity::Fraction::from_value(1.0), "interval is 100 %"),
        (|m| m.statistics.equivalence_percent = Some(-5.0), "equivalence_percent is -5"),
    ];
    let sound = manifest().to_text(path()).unwrap();
    assert!(Manifest::from_text(&sound, path()).is_ok());
    for (fault, reason) in faults {
        let mut plan = manifest();
        fault(&mut plan);
        let error = plan.to_text(path()).unwrap_err();
        assert!(matches!(error, StoreError::Invalid { .. }));
        assert!(error.to_string().contains(reason), "{error}");
        assert!(plan.check().unwrap_err().starts_with(reason), "{reason}");
    }
    let edited = sound.replace("reference = \"control\"", "reference = \"vehicle\"");
    assert!(Manifest::from_text(&edited, path()).is_err());
}
