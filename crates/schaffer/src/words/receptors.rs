//! Receptors under a bath, and receptor-level outcomes as a scoreboard.

use crate::output::headed;
use serde::Serialize;
use validation::Verdict;
use validation::receptors::{Published, Responses, Score};

/// The scoreboard, section by section.
#[derive(Serialize)]
pub struct Scoreboard {
    /// Receptors under drugs.
    pub receptors: Section,
}

/// One section.
#[derive(Serialize)]
pub struct Section {
    rule: &'static str,
    pass: usize,
    near: usize,
    fail: usize,
    rows: Vec<Score>,
}

/// The rule of the receptor section, as printed.
const RULE: &str = "pass within 2 SEM (the published range; 10 % where no spread is published), near within twice \
                    that, fail beyond; one-sided statements pass or fail";

impl Scoreboard {
    /// Counts the verdicts.
    pub fn new(rows: Vec<Score>) -> Self {
        let count = |verdict| rows.iter().filter(|score| score.verdict == verdict).count();
        let (pass, near, fail) = (count(Verdict::Pass), count(Verdict::Near), count(Verdict::Fail));
        Self { receptors: Section { rule: RULE, pass, near, fail, rows } }
    }
}

/// The receptors as a table, then laws and remarks.
pub fn in_words(all: &Responses) -> String {
    let factor = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("× {}", significant(value)));
    let rows = all
        .receptors
        .iter()
        .map(|one| [one.receptor.to_owned(), factor(one.peak), factor(one.decay), factor(one.steady)]);
    let head = ["receptor", "peak", "decay", "lasting application"].map(str::to_owned);
    let mut page = headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
    for line in all.laws.iter().chain(&all.remarks) {
        page.push_str(&format!("\nnote: {line}"));
    }
    page
}

/// The section as a table, then why rows do not pass.
pub fn page(section: &Section) -> String {
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
    let table = headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
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
    let places = (2 - libm::log10(value.abs()).floor() as i32).clamp(0, 6) as usize;
    format!("{value:.places$}")
}
