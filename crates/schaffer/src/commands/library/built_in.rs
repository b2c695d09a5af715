//! `schaffer compounds` and `protocols`: what is built in, with
//! sources and evidence.

use crate::arguments::records::{Named, Records};
use crate::failure::Failure;
use crate::output::{columns, headed, print, print_json};
use experiment::presets;
use experiment::protocol::Induction;
use laboratory::library;
use pharmacology::{Action, Compound};
use serde::Serialize;

/// Lists the compounds or describes one.
pub fn compounds(arguments: &Records) -> Result<(), Failure> {
    let (library, _) = library(arguments.library.as_deref())?;
    match &arguments.name {
        None if arguments.json => print_json(&library.compounds()),
        None => {
            let rows = library
                .compounds()
                .iter()
                .map(|compound| [&compound.label, &compound.name, &compound.class].map(Clone::clone));
            let head = ["label", "name", "class"].map(str::to_owned);
            print(&headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>()))
        }
        Some(name) => {
            let found = library.lookup(name).map_err(|unknown| Failure::faulty_input(unknown.to_string()))?;
            match arguments.json {
                true => print_json(found.compound),
                false => print(&describe(found.compound, found.remark)),
            }
        }
    }
}

/// A compound in words, each number with its source and evidence.
fn describe(compound: &Compound, remark: Option<&str>) -> String {
    let mut lines =
        vec![format!("{} ({}), {}", compound.name, compound.label, compound.stereo_key), compound.summary.clone()];
    lines.extend(remark.map(str::to_owned));
    if !compound.synonyms.is_empty() {
        lines.push(format!("also: {}", compound.synonyms.join(", ")));
    }
    lines.push(identifiers(compound));
    lines.push(String::new());
    lines.extend(compound.targets.iter().map(measured_on));
    lines.push(match &compound.free_fraction {
        Some(free) => format!("free fraction at the tissue: {}", free.value),
        None => "free fraction at the tissue: not recorded, the nominal concentration counts in full".to_owned(),
    });
    if compound.systemic.is_none() {
        lines.push("half-life and unbound fraction in plasma: not recorded".to_owned());
    }
    lines.push(String::new());
    for statement in compound.evidence() {
        lines.push(format!("{}: {} [{}]", statement.subject, statement.value, statement.tag));
        lines.push(format!("    {}", statement.source));
        if !statement.note.is_empty() {
            lines.push(format!("    {}", statement.note));
        }
    }
    lines.extend(compound.solubility.iter().map(|text| format!("solubility: {text}")));
    lines.extend(compound.remarks.iter().map(|remark| format!("note: {remark}")));
    lines.join("\n")
}

/// Numbers of public registers, or that they are not recorded.
fn identifiers(compound: &Compound) -> String {
    let known = &compound.identifiers;
    let numbers = [("CAS", &known.cas), ("ChEBI", &known.chebi), ("PubChem", &known.pubchem)];
    let words = numbers.map(|(register, number)| match number {
        Some(number) => format!("{register} {number}"),
        None => format!("{register} not recorded"),
    });
    words.join(", ")
}

/// Target, mode and preparation of an action; what the source does not say is said.
fn measured_on(action: &Action) -> String {
    let stated = |what: &str, text: Option<String>| text.unwrap_or_else(|| format!("{what} not stated"));
    format!(
        "{} ({}): {}; {}, {}, {}",
        action.target,
        action.target.meaning(),
        action.mode.meaning(),
        stated("preparation", action.preparation.clone()),
        stated("species", action.species.clone()),
        stated("temperature", action.temperature.map(|t| t.to_string()))
    )
}

/// An induction protocol, for programs.
#[derive(Serialize)]
struct ProtocolJson {
    name: String,
    title: String,
    source: String,
    evidence: evidence::Evidence,
    note: String,
    pulses_ms: Vec<f64>,
}

impl ProtocolJson {
    fn new(induction: &Induction) -> Self {
        Self {
            name: induction.name.clone(),
            title: induction.title.clone(),
            source: induction.source.clone(),
            evidence: induction.evidence,
            note: induction.note.clone(),
            pulses_ms: induction.pulses_ms(),
        }
    }
}

/// Lists the induction protocols or describes one.
pub fn protocols(arguments: &Named) -> Result<(), Failure> {
    let all = presets();
    let chosen = match &arguments.name {
        None => all,
        Some(name) => {
            let known = all.iter().map(|preset| preset.name.clone()).collect::<Vec<_>>().join(", ");
            let one = all.into_iter().find(|preset| preset.name == *name);
            let unknown = || Failure::faulty_input(format!("unknown protocol \"{name}\"; known: {known}"));
            vec![one.ok_or_else(unknown)?]
        }
    };
    if arguments.json {
        return print_json(&chosen.iter().map(ProtocolJson::new).collect::<Vec<_>>());
    }
    if arguments.name.is_none() {
        let rows = chosen.iter().map(|preset| [preset.name.clone(), preset.title.clone()]);
        return print(&columns(&rows.collect::<Vec<_>>()));
    }
    let lines = chosen.iter().map(|preset| {
        format!(
            "{}: {}\n{} pulses, {} ms from the first to the last\nsource: {}\n{}",
            preset.name,
            preset.title,
            preset.len(),
            preset.duration_ms(),
            preset.source,
            preset.note
        )
    });
    print(&lines.collect::<Vec<_>>().join("\n"))
}
