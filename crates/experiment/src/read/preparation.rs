//! `[preparation]`: the slices that the experiment stands for, in words for
//! the methods paragraph. The model is calibrated for one preparation; only
//! `[synapse]` changes it.

use crate::fault::Fault;
use crate::section::Section;
use quantity::{Age, Length, Temperature};
use std::collections::BTreeMap;

/// Keys that are plain words.
const WORDS: [(&str, &str); 6] = [
    ("species", "species"),
    ("strain", "strain"),
    ("sex", "sex"),
    ("acsf", "aCSF"),
    ("recovery", "recovery"),
    ("notes", "notes"),
];

/// Temperatures at which slices are kept, °C.
const LIVING_CELSIUS: std::ops::RangeInclusive<f64> = 10.0..=40.0;

/// Reads the section; an absent one leaves the preparation unstated.
pub(super) fn read(top: &mut Section<'_>) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    let Some(mut section) = top.section("preparation", "[preparation]") else { return words };
    for (key, title) in WORDS {
        if let Some(text) = section.text(key) {
            words.insert(title.to_owned(), text.value);
        }
    }
    if let Some(age) = section.quantity::<Age>("age") {
        words.insert("age".to_owned(), age.value.to_string());
    }
    if let Some(thickness) = section.quantity::<Length>("slice_thickness") {
        words.insert("slice thickness".to_owned(), thickness.value.to_string());
    }
    if let Some(temperature) = section.quantity::<Temperature>("temperature") {
        if LIVING_CELSIUS.contains(&temperature.celsius()) {
            words.insert("temperature".to_owned(), temperature.value.to_string());
        } else {
            section.page.note(
                Fault::at(temperature.span.clone(), "`temperature` is outside what a slice survives")
                    .found(format!("found {}", temperature.value))
                    .accepts(format!("accepted: {} to {} degC", LIVING_CELSIUS.start(), LIVING_CELSIUS.end())),
            );
        }
    }
    section.close();
    words
}
