//! `schaffer validate --receptors`: receptor-level outcomes on a virtual clamp.

use super::library;
use crate::failure::Failure;
use crate::output::{columns, print, print_json};
use pharmacology::scoreboard::{Published, Score, Verdict, outcomes, scores};
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
