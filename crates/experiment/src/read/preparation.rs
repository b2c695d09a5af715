//! `[preparation]`: the slices that the experiment stands for, in words for
//! the methods paragraph; what their animals bring along; and the chamber.
//! Species, strain and sex are words; age, temperature, ions, a state, chloride,
//! history and doses change the model.

use crate::plan::animals::Physiology;
use crate::plan::solution::Solution;
use crate::read::{physiology, solution};
use form::{At, Fault, Section};
use pharmacology::biosynthesis::Region;
use pharmacology::{Chamber, Depth, Faces, Library};
use quantity::{Length, Time};
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

/// Thickness of a slice where a depth is stated without it, µm.
const USUAL_THICKNESS_UM: f64 = 400.0;

/// What `[preparation]` says.
pub(super) struct Preparation {
    pub(super) words: BTreeMap<String, String>,
    pub(super) physiology: Physiology,
    pub(super) solution: Solution,
    pub(super) chamber: Chamber,
    pub(super) region: Region,
}

/// Reads the section; an absent one leaves the preparation unstated.
pub(super) fn read(top: &mut Section<'_>, library: &Library) -> Preparation {
    let mut words = BTreeMap::new();
    let mut preparation = Preparation {
        words: BTreeMap::new(),
        physiology: Physiology::default(),
        solution: Solution::default(),
        chamber: Chamber::default(),
        region: Region::Ca1,
    };
    let Some(mut section) = top.section("preparation", "[preparation]") else { return preparation };
    preparation.physiology = physiology::read(&mut section, library, &Physiology::default());
    for (key, title) in WORDS {
        if let Some(text) = section.text(key) {
            words.insert(title.to_owned(), text.value);
        }
    }
    if let Some(age) = preparation.physiology.age {
        words.insert("age".to_owned(), age.to_string());
    }
    let thickness = section.quantity::<Length>("slice_thickness");
    if let Some(thickness) = &thickness {
        words.insert("slice thickness".to_owned(), thickness.value.to_string());
    }
    preparation.chamber = read_chamber(&mut section, thickness, &mut words);
    if let Some(region) = section.choice("region", &[("ca1", Region::Ca1), ("dentate", Region::Dentate)]) {
        preparation.region = region;
    }
    preparation.solution = solution::read(&mut section, &Solution::default());
    let Solution { temperature, calcium, magnesium } = preparation.solution;
    words.extend(temperature.map(|temperature| ("temperature".to_owned(), temperature.to_string())));
    words.extend(calcium.map(|calcium| ("extracellular calcium".to_owned(), calcium.to_string())));
    words.extend(magnesium.map(|magnesium| ("extracellular magnesium".to_owned(), magnesium.to_string())));
    section.close();
    if !preparation.physiology.is_unstated() {
        words.insert("animals".to_owned(), preparation.physiology.in_words());
    }
    preparation.words = words;
    preparation
}

/// Reads the exchange of the bath and the depth of the cells.
fn read_chamber(
    section: &mut Section<'_>,
    thickness: Option<At<Length>>,
    words: &mut BTreeMap<String, String>,
) -> Chamber {
    let mut chamber = Chamber::default();
    if let Some(exchange) = section.quantity::<Time>("bath_exchange") {
        if (1.0..=3600.0).contains(&exchange.s()) {
            chamber.exchange_ms = exchange.ms();
            words.insert("exchange of the bath".to_owned(), exchange.value.to_string());
        } else {
            let fault = Fault::at(exchange.span.clone(), "`bath_exchange` is out of range")
                .found(format!("found {}", exchange.value))
                .accepts(
                    "accepted: 1 s to 60 min; volume of the chamber over the flow, e.g. 24 s for 1 ml at 2.5 ml/min",
                );
            section.page.note(fault);
        }
    }
    let faces = section.choice("perfused", &[("both faces", Faces::Both), ("upper face", Faces::Upper)]);
    let Some(depth) = section.quantity::<Length>("recording_depth") else { return chamber };
    let thickness_um = thickness.map_or(USUAL_THICKNESS_UM, |thickness| thickness.um());
    if depth.um() > thickness_um || thickness_um <= 0.0 {
        section.page.note(
            Fault::at(depth.span.clone(), "`recording_depth` lies outside the slice")
                .found(format!("found {}, in a slice of {thickness_um} um", depth.value))
                .remedy("depth counts from the upper face"),
        );
        return chamber;
    }
    words.insert("recording depth".to_owned(), depth.value.to_string());
    chamber.depth = Some(Depth { below_um: depth.um(), thickness_um, faces: faces.unwrap_or(Faces::Both) });
    chamber
}
