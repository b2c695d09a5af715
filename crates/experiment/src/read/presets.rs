//! The induction protocols that are built in, with their sources.

use crate::plan::protocol::Induction;
use crate::read::train::read_train;
use evidence::Evidence;
use form::{Faults, Section};

/// All presets, in the order of `data/protocols.toml`.
pub fn presets() -> Vec<Induction> {
    read_presets(include_str!("../../data/protocols.toml"))
        .expect("invariant: the embedded protocols are read by the tests of this file")
}

/// Reads a list of presets.
fn read_presets(text: &str) -> Result<Vec<Induction>, Faults> {
    form::read(text, "protocols.toml", |mut top| {
        let mut presets = Vec::new();
        for mut section in top.sections("protocol", "[[protocol]]") {
            presets.extend(read_preset(&mut section));
            section.close();
        }
        top.close();
        Some(presets)
    })
}

/// Reads one preset.
fn read_preset(section: &mut Section<'_>) -> Option<Induction> {
    let name = section.text("name");
    let title = section.text("title");
    let source = section.text("source");
    let note = section.text("note");
    let evidence = section.choice(
        "evidence",
        &[
            ("measured", Evidence::Measured),
            ("from memory", Evidence::FromMemory),
            ("model choice", Evidence::ModelChoice),
        ],
    );
    let mut trains = Vec::new();
    for mut train in section.sections("train", "[[protocol.train]]") {
        trains.extend(read_train(&mut train));
        train.close();
    }
    Some(Induction {
        name: name?.value,
        title: title?.value,
        source: source?.value,
        evidence: evidence?,
        note: note?.value,
        trains,
    })
}
