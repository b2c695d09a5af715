//! Outcomes beside the primary one, and every pulse of sweeps with several.

use crate::document::document::{Block, Section};
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, p_cell, plain};
use analysis::findings::FurtherOutcome;

/// What each further outcome is, was and became; `None` with one outcome.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let findings = &scene.sources.findings;
    if findings.outcomes.is_empty() && findings.pulses.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    if !findings.outcomes.is_empty() {
        let defined = |outcome: &FurtherOutcome| format!("{}: {}.", outcome.name, outcome.definition);
        blocks.push(Block::List(findings.outcomes.iter().map(defined).collect()));
        blocks.push(Block::Table(groups(scene).captioned(format!("Means over {}", scene.animals()))));
        let sentences = findings.outcomes.iter().flat_map(|outcome| &outcome.groups).map(|told| told.sentence.clone());
        blocks.push(Block::in_words(sentences.collect()));
    }
    let compared = contrasts(scene);
    if !compared.is_empty() {
        blocks.push(Block::Heading("Further outcomes compared"));
        let adjusted = match findings.over_outcomes.as_str() {
            "" => "p of each comparison alone; nothing is adjusted over outcomes".to_owned(),
            words => words.to_owned(),
        };
        blocks.push(Block::Table(compared.captioned(adjusted)));
        let all = findings.outcomes.iter().flat_map(|outcome| &outcome.contrasts);
        blocks.push(Block::in_words(all.map(|found| found.contrast.sentence.clone()).collect()));
    }
    if !findings.pulses.is_empty() {
        blocks.push(Block::Heading("Every pulse"));
        let caption = "Slope of each response over that of the first of the sweep, what is left of the responses before it \
                       subtracted; mean ± SEM over animals";
        blocks.push(Block::Table(pulses(scene).captioned(caption)));
    }
    Some(Section::new("outcomes", "Further outcomes", blocks))
}

/// Decimals of a change in this unit.
fn digits(unit: &str) -> usize {
    if unit == "%" { 1 } else { 3 }
}

fn titled(unit: &str) -> &str {
    if unit.is_empty() { "ratio" } else { unit }
}

fn groups(scene: &Scene) -> Table {
    let mut rows = Vec::new();
    for outcome in &scene.sources.findings.outcomes {
        for told in &outcome.groups {
            let decimals = digits(&outcome.change_unit);
            rows.push(vec![
                told.group.induction.clone(),
                outcome.name.clone(),
                told.group.condition.clone(),
                told.group.n_slices.to_string(),
                told.group.n_animals.to_string(),
                titled(&outcome.unit).to_owned(),
                plain(told.before, 3),
                plain(told.after, 3),
                format!("{} ± {}", difference(told.group.mean, decimals), plain(told.group.sem, decimals)),
                titled(&outcome.change_unit).to_owned(),
                brackets(told.group.ci, decimals),
            ]);
        }
    }
    let interval = format!("{} CI", scene.level());
    let head = [
        "Induction",
        "Outcome",
        "Condition",
        "n slices",
        "N animals",
        "Unit",
        "Reference",
        "Window",
        "Change ± SEM",
        "in",
        &interval,
    ];
    Table::new(&head, rows).without_induction(scene)
}

fn contrasts(scene: &Scene) -> Table {
    let mut rows = Vec::new();
    for outcome in &scene.sources.findings.outcomes {
        for found in &outcome.contrasts {
            let (contrast, decimals) = (&found.contrast, digits(&outcome.change_unit));
            rows.push(vec![
                contrast.induction.clone(),
                outcome.name.clone(),
                format!("{} − {}", contrast.condition, contrast.reference),
                difference(contrast.estimate, decimals),
                match outcome.change_unit.as_str() {
                    "%" => "points".to_owned(),
                    unit => titled(unit).to_owned(),
                },
                brackets(contrast.ci, decimals),
                p_cell(contrast.p),
                p_cell(found.p_over_outcomes),
            ]);
        }
    }
    let interval = format!("{} CI", scene.level());
    let head = ["Induction", "Outcome", "Comparison", "Difference", "in", &interval, "p alone", "p over outcomes"];
    Table::new(&head, rows).without_induction(scene)
}

fn pulses(scene: &Scene) -> Table {
    let mut rows = Vec::new();
    for train in &scene.sources.findings.pulses {
        let series = |mean: &[f64], sem: &[f64]| -> String {
            let one = |(mean, sem): (&f64, &f64)| format!("{} ± {}", plain(*mean, 2), plain(*sem, 2));
            mean.iter().zip(sem).skip(1).map(one).collect::<Vec<_>>().join(", ")
        };
        rows.push(vec![
            train.induction.clone(),
            train.condition.clone(),
            plain(train.interval_ms, 1),
            format!("{} ({})", train.n_slices, train.n_animals),
            series(&train.before, &train.before_sem),
            series(&train.after, &train.after_sem),
        ]);
    }
    let head =
        ["Induction", "Condition", "Interval, ms", "n (N)", "Reference: second and further pulses", "Outcome window"];
    Table::new(&head, rows).without_induction(scene)
}
