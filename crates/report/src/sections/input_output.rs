//! Input–output curves: gain, half-maximum and largest response of the groups.

use crate::document::document::{Block, Section};
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, p_cell, plain};
use analysis::findings::InputOutputFindings;

/// The curves; `None` where the study brings none.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let found = scene.sources.findings.input_output.as_ref()?;
    let mut blocks = vec![Block::text(format!("{} against {}.", found.response, found.input))];
    blocks.push(Block::Table(measures(scene, found).captioned(format!("Means over {}", scene.animals()))));
    let contrasts = contrasts(scene, found);
    if !contrasts.is_empty() {
        blocks.push(Block::Table(contrasts.captioned("Conditions compared")));
    }
    blocks.push(Block::List(found.equal_slopes.iter().map(|test| test.sentence.clone()).collect()));
    blocks.push(Block::Table(points(found).captioned(format!("Mean curves ± SEM over {}", scene.animals()))));
    Some(Section::new("input-output", "Input–output curves", blocks))
}

/// Decimals that show a number of any size.
fn digits(value: f64) -> usize {
    if value.abs() < 0.1 { 6 } else { 3 }
}

fn named(name: &str, when: &str) -> String {
    if when.is_empty() { name.to_owned() } else { format!("{name}, {when}") }
}

fn measures(scene: &Scene, found: &InputOutputFindings) -> Table {
    let mut rows = Vec::new();
    for measure in &found.measures {
        for group in &measure.groups {
            let decimals = digits(group.mean);
            rows.push(vec![
                named(&measure.name, &measure.when),
                group.condition.clone(),
                group.n_slices.to_string(),
                group.n_animals.to_string(),
                plain(group.mean, decimals),
                plain(group.sem, decimals),
                brackets(group.ci, decimals),
            ]);
        }
    }
    let interval = format!("{} CI", scene.level());
    Table::new(&["Measure", "Condition", "n curves", "N animals", "Mean", "SEM", &interval], rows)
}

fn contrasts(scene: &Scene, found: &InputOutputFindings) -> Table {
    let mut rows = Vec::new();
    for measure in &found.measures {
        for contrast in &measure.contrasts {
            let decimals = digits(contrast.estimate);
            rows.push(vec![
                named(&measure.name, &measure.when),
                format!("{} − {}", contrast.condition, contrast.reference),
                difference(contrast.estimate, decimals),
                brackets(contrast.ci, decimals),
                p_cell(contrast.p),
            ]);
        }
    }
    let interval = format!("{} CI", scene.level());
    Table::new(&["Measure", "Comparison", "Difference", &interval, "p"], rows)
}

fn points(found: &InputOutputFindings) -> Table {
    let mut rows = Vec::new();
    for curve in &found.curves {
        for ((input, mean), sem) in curve.input.iter().zip(&curve.mean).zip(&curve.sem) {
            rows.push(vec![
                named(&curve.condition, &curve.when),
                plain(*input, 3),
                format!("{} ± {}", plain(*mean, 6), plain(*sem, 6)),
                curve.n_animals.to_string(),
            ]);
        }
    }
    Table::new(&["Condition", "Input", "Response ± SEM", "N animals"], rows)
}
