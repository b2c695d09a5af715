//! The tetanised against the control pathway of a slice.

use crate::document::document::Block;
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, p_cell, plain};
use crate::sections::statistics::contrasts;

/// The pathways in every group and their difference between groups, if slices had two.
pub(crate) fn blocks(scene: &Scene) -> Vec<Block> {
    let findings = &scene.sources.findings;
    if findings.pathways.is_empty() {
        return Vec::new();
    }
    let table = pathways(scene).captioned("Paired within slices, slices nested in animals; not adjusted");
    let mut blocks = vec![Block::Heading("Tetanised against control pathway"), Block::Table(table)];
    if !findings.pathway_contrasts.is_empty() {
        let table = contrasts::table(scene, &findings.pathway_contrasts);
        blocks.push(Block::Table(table.captioned("Conditions compared by the difference of the pathways")));
    }
    blocks.push(Block::in_words(findings.pathways.iter().map(|effect| effect.sentence.clone()).collect()));
    blocks
}

/// Tetanised against control pathway in every group.
fn pathways(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .pathways
        .iter()
        .map(|effect| {
            vec![
                effect.induction.clone(),
                effect.condition.clone(),
                format!("{} − {}", effect.tetanised, effect.control),
                format!("{} ({})", effect.n_slices, effect.n_animals),
                plain(effect.control_mean, 1),
                difference(effect.estimate, 1),
                brackets(effect.ci, 1),
                plain(effect.se, 2),
                format!("t({}) = {}", plain(effect.df, 1), plain(effect.statistic, 2)),
                p_cell(effect.p),
            ]
        })
        .collect();
    let interval = format!("{} CI", scene.level());
    let head = [
        "Induction",
        "Condition",
        "Pathways",
        "n (N)",
        "Control pathway, %",
        "Difference, points",
        &interval,
        "SE",
        "Statistic",
        "p",
    ];
    Table::new(&head, rows).without_induction(scene)
}
