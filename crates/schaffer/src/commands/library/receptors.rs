//! `schaffer receptors`: receptors under a bath on a virtual clamp; and receptor-level
//! outcomes as a scoreboard, for `schaffer validate --receptors` too.

use crate::cli::Receptors;
use crate::commands::library;
use crate::failure::Failure;
use crate::output::{columns, print, print_json};
use pharmacology::scoreboard::{Published, Responses, Score, Verdict, outcomes, responses, scores};
use pharmacology::{BathCompound, Library, ReceptorMix};
use quantity::Concentration;
use serde::Serialize;
use std::path::Path;

/// The scoreboard, section by section.
#[derive(Serialize)]
struct Scoreboard {
    receptors: Section,
}

/// One section.
#[derive(Serialize)]
struct Section {
    rule: &'static str,
    pass: usize,
    near: usize,
    fail: usize,
    rows: Vec<Score>,
}

/// The rule of the receptor section, as printed.
const RULE: &str = "pass within 2 SEM (the published range; 10 % where no spread is published), near within twice \
                    that, fail beyond; one-sided statements pass or fail";

/// Highest concentration that is taken for a bath, µM.
const HIGHEST_UM: f64 = 10_000.0;

/// Prints every receptor under the bath, or the scoreboard without one.
pub fn clamp(arguments: &Receptors) -> Result<(), Failure> {
    if arguments.bath.is_empty() {
        return receptors(arguments.library.as_deref(), arguments.json);
    }
    let (library, _) = library(arguments.library.as_deref())?;
    let mut bath: Vec<BathCompound> = Vec::new();
    for text in &arguments.bath {
        let entry = entry(&library, text)?;
        if bath.iter().any(|other| other.compound.name == entry.compound.name) {
            return Err(Failure::faulty_input(format!("{} is in the bath twice", entry.compound.name)));
        }
        bath.push(entry);
    }
    let scenario = library.scenario(&arguments.scenario).map_err(|error| Failure::faulty_input(error.to_string()))?;
    let alpha4_delta = arguments.alpha4_delta.unwrap_or(0.0);
    if !(0.0..=1.0).contains(&alpha4_delta) {
        return Err(Failure::faulty_input(format!("--alpha4-delta is a share from 0 to 1; found {alpha4_delta}")));
    }
    let mix = ReceptorMix { alpha4_delta, depolarising: arguments.depolarising };
    let all = responses(bath, scenario, mix);
    if arguments.json { print_json(&all) } else { print(&in_words(&all)) }
}

/// A compound and its concentration: the longest end of the text that is a
/// concentration, and a name before it.
fn entry(library: &Library, text: &str) -> Result<BathCompound, Failure> {
    let spaces = || text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(place, _)| text.split_at(place));
    let split = spaces().find_map(|(name, rest)| {
        let concentration = rest.trim().parse::<Concentration>().ok()?;
        Some((name.trim(), concentration))
    });
    let Some((name, concentration)) = split else {
        // A known name with something else behind it: say what is wrong with that.
        let known = spaces().find(|(name, _)| library.lookup(name.trim()).is_ok());
        let fault = known.and_then(|(_, rest)| rest.trim().parse::<Concentration>().err());
        let what = fault.map_or("it holds no concentration".to_owned(), |fault| fault.to_string());
        let remedy = "write a compound and its concentration, e.g. \"PS 100 uM\"";
        return Err(Failure::faulty_input(format!("\"{text}\": {what}; {remedy}")));
    };
    let found = library.lookup(name).map_err(|unknown| Failure::faulty_input(unknown.to_string()))?;
    if !(concentration.um() > 0.0 && concentration.um() <= HIGHEST_UM) {
        let accepted = "accepted: above 0 and up to 10 mM";
        return Err(Failure::faulty_input(format!("\"{text}\": found {concentration}; {accepted}")));
    }
    Ok(BathCompound { compound: found.compound.clone(), concentration })
}

/// The receptors as a table, then laws and remarks.
fn in_words(all: &Responses) -> String {
    let factor = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("× {}", significant(value)));
    let rows = all
        .receptors
        .iter()
        .map(|one| [one.receptor.to_owned(), factor(one.peak), factor(one.decay), factor(one.steady)]);
    let head = ["receptor", "peak", "decay", "lasting application"].map(str::to_owned);
    let mut page = columns(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
    for line in all.laws.iter().chain(&all.remarks) {
        page.push_str(&format!("\nnote: {line}"));
    }
    page
}

/// Prints the receptor section; `folder` holds records and outcomes of the user.
pub fn receptors(folder: Option<&Path>, json: bool) -> Result<(), Failure> {
    let (library, own) = library(folder)?;
    let read = outcomes(&library, &own.files()).map_err(|error| Failure::faulty_input(error.to_string()))?;
    let rows = scores(&library, &read);
    let count = |verdict| rows.iter().filter(|score| score.verdict == verdict).count();
    let (pass, near, fail) = (count(Verdict::Pass), count(Verdict::Near), count(Verdict::Fail));
    let board = Scoreboard { receptors: Section { rule: RULE, pass, near, fail, rows } };
    if json { print_json(&board) } else { print(&page(&board.receptors)) }
}

/// The section as a table, then why rows do not pass.
fn page(section: &Section) -> String {
    let rows = section.rows.iter().map(|score| {
        let outcome = &score.outcome;
        [
            score.verdict.word().to_owned(),
            outcome.id.clone(),
            format!("{} {}", significant(score.model), outcome.unit),
            published(&outcome.published, &outcome.unit),
            outcome.role.name().to_owned(),
            outcome.title.clone(),
        ]
    });
    let head = ["", "id", "model", "published", "role", "outcome"].map(str::to_owned);
    let table = columns(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
    let Section { pass, near, fail, .. } = section;
    let mut page = format!("receptors: {pass} pass, {near} near, {fail} fail\n{RULE}\n\n{table}\n");
    let open = section.rows.iter().filter(|score| score.verdict != Verdict::Pass && !score.outcome.note.is_empty());
    for score in open {
        page.push_str(&format!("{}: {}\n", score.outcome.id, score.outcome.note));
    }
    page
}

/// The published number in words.
fn published(published: &Published, unit: &str) -> String {
    match published {
        Published::Mean { mean, sem: Some(sem), .. } => format!("{mean} ± {sem} {unit}"),
        Published::Mean { mean, .. } => format!("{mean} {unit}"),
        Published::Range { low, high } => format!("{low} to {high} {unit}"),
        Published::Above { above } => format!("above {above} {unit}"),
        Published::Below { below } => format!("below {below} {unit}"),
    }
}

/// Three significant figures.
fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{}", value.abs());
    }
    let places = (2 - value.abs().log10().floor() as i32).clamp(0, 6) as usize;
    format!("{value:.places$}")
}
