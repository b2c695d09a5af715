//! Baths in equilibrium, for the tests.
#![allow(dead_code)]

use evidence::Remark;
use pharmacology::{BathCompound, Exposure, Library, Scenario};
use quantity::Concentration;
use synapse::Modulation;

/// Exposure to compounds (name, µM) that have been there for ever.
pub fn settled(bath: &[(&str, f64)], scenarios: &[&str]) -> Exposure {
    let library = Library::embedded();
    let scenario = library.scenario(scenarios).expect("known scenarios");
    Exposure::new(of(bath), f64::NEG_INFINITY, None, &scenario)
}

/// Modulation in equilibrium without scenarios.
pub fn modulation(bath: &[(&str, f64)]) -> Modulation {
    settled(bath, &[]).modulation(0.0)
}

/// Bath entries from the built-in library.
pub fn of(bath: &[(&str, f64)]) -> Vec<BathCompound> {
    let library = Library::embedded();
    bath.iter()
        .map(|(name, um)| BathCompound {
            compound: library.find(name).expect("known compound").clone(),
            concentration: Concentration::from_um(*um),
        })
        .collect()
}

/// Drug from `on` to `off` minutes without scenarios.
pub fn flowing(bath: &[(&str, f64)], on_min: f64, off_min: Option<f64>) -> Exposure {
    let off_ms = off_min.map(|off| off * 60_000.0);
    Exposure::new(of(bath), on_min * 60_000.0, off_ms, &Scenario::default())
}

/// Asserts that two numbers agree within `tolerance`.
#[track_caller]
pub fn close(got: f64, expected: f64, tolerance: f64) {
    assert!((got - expected).abs() <= tolerance, "got {got}, expected {expected} ± {tolerance}");
}

/// What remarks say, a line each.
pub fn words(remarks: &[Remark]) -> String {
    remarks.iter().map(|remark| format!("{remark}\n")).collect()
}
