//! The Essential 10 of ARRIVE 2.0 (Percie du Sert et al. 2020), each mapped to
//! what this report says about it.

use crate::document::document::{Block, Section};
use crate::document::table::{Cells, Table};
use crate::figures::scene::Scene;
use crate::sections::exclusions::exclusion_rules;
use quantity::counted;
use results::manifest::{Blinding, Measured};

/// The ten items.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let items: [(&str, String); 10] = [
        ("Study design", design(scene)),
        (
            "Sample size",
            format!("{} Required numbers for a laboratory stand in their own section.", scene.n_sentence()),
        ),
        ("Inclusion and exclusion criteria", format!("{} {}", exclusion_rules(scene), excluded(scene))),
        ("Randomisation", randomisation(scene).to_owned()),
        ("Blinding", blinding(scene)),
        ("Outcome measures", outcome(scene)),
        (
            "Statistical methods",
            "See Methods, Statistics; variance components stand in the table of models.".to_owned(),
        ),
        ("Experimental animals", animals(scene)),
        ("Experimental procedures", "See Figure 1 and Methods.".to_owned()),
        (
            "Results",
            "Every group with its mean, SD and interval; every comparison with effect size, interval and exact p."
                .to_owned(),
        ),
    ];
    let row = |((subject, answer), number): ((&str, String), u32)| vec![number.to_string(), subject.to_owned(), answer];
    let rows = items.into_iter().zip(1..).map(row).collect();
    let table = Table::new(&["Item", "Subject", "In this report"], rows).of(Cells::Checklist);
    let title = "ARRIVE 2.0: the Essential 10";
    Some(Section::new("arrive", title, vec![Block::Table(table)]).called("ARRIVE checklist"))
}

fn design(scene: &Scene) -> String {
    let conditions: Vec<&str> = scene.conditions().iter().map(|condition| condition.name.as_str()).collect();
    format!(
        "Groups: {}. Reference: {}. Experimental unit: {}.",
        evidence::listed(&conditions),
        scene.reference(),
        scene.sources.findings.experimental_unit
    )
}

fn excluded(scene: &Scene) -> String {
    match scene.sources.findings.exclusions.len() {
        0 => "No slice was excluded.".to_owned(),
        n => format!("{} excluded; see the exclusion log.", counted(n, "slice")),
    }
}

fn randomisation(scene: &Scene) -> &'static str {
    if scene.sources.findings.simulated {
        "Virtual animals are drawn at random from the stated variation; the seed is given."
    } else {
        "Not recorded in the study file; to be stated by the laboratory."
    }
}

fn blinding(scene: &Scene) -> String {
    let sources = scene.sources;
    sources.manifest.blinding.as_ref().map(Blinding::in_words).unwrap_or_else(|| {
        let measured = sources.manifest.measured();
        match (sources.findings.simulated, measured) {
            (true, _) => "Measurement is automatic and sees recordings only, never the parameters of the model.",
            (false, Measured::Here) => {
                "Measurement is automatic; blinding of the experimenter is to be stated by the laboratory."
            }
            (false, _) => {
                "Not recorded in the study file; time courses were measured elsewhere, so that blinding is to be stated \
                 by the laboratory."
            }
        }
        .to_owned()
    })
}

fn outcome(scene: &Scene) -> String {
    let outcome = &scene.sources.findings.outcome;
    let [from, to] = outcome.window_min;
    let name = crate::numbers::capitalised(&outcome.name);
    format!("{name} ({}), {from} to {to} min after induction.", outcome.method)
}

fn animals(scene: &Scene) -> String {
    let manifest = &scene.sources.manifest;
    let preparation: Vec<String> =
        manifest.preparation.iter().map(|(key, value)| format!("{}: {value}", key.replace('_', " "))).collect();
    let preparation = match preparation.as_slice() {
        [] => "nothing that the file states".to_owned(),
        some => some.join("; "),
    };
    if scene.sources.findings.simulated {
        format!("None: in-silico. The model stands for {preparation}.")
    } else {
        preparation
    }
}
