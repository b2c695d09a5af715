//! Differences between conditions, and whether they are small enough to count as none.

use crate::document::document::Block;
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, capitalised, difference, p_cell, plain, short};
use analysis::findings::Contrast;

/// The planned comparisons.
pub(crate) fn primary(scene: &Scene) -> Vec<Block> {
    let found = &scene.sources.findings.contrasts;
    let said = if found.is_empty() { Block::text("None.") } else { with_degrees_of_freedom(scene, found) };
    vec![Block::Heading("Primary comparisons (mixed model)"), said]
}

/// The same comparisons on animal means.
pub(crate) fn on_animal_means(scene: &Scene) -> Vec<Block> {
    let found = &scene.sources.findings.animal_mean_contrasts;
    if found.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading("The same comparisons on animal means"), with_degrees_of_freedom(scene, found)]
}

/// Differences under a caption that says where their degrees of freedom come from.
fn with_degrees_of_freedom(scene: &Scene, found: &[Contrast]) -> Block {
    let method = found.first().map_or("", |contrast| contrast.df_method.as_str());
    Block::Table(table(scene, found).captioned(format!("Degrees of freedom: {method}.")))
}

/// One row per difference.
pub(crate) fn table(scene: &Scene, contrasts: &[Contrast]) -> Table {
    let rows = contrasts
        .iter()
        .map(|c| {
            vec![
                c.induction.clone(),
                format!("{} − {}", c.condition, c.reference),
                format!("{} / {}", scene.n(&c.induction, &c.condition), scene.n(&c.induction, &c.reference)),
                difference(c.estimate, 1),
                brackets(c.ci, 1),
                plain(c.se, 2),
                format!("{} {}", plain(c.hedges_g, 2), brackets(c.hedges_g_ci, 2)),
                format!("t({}) = {}", plain(c.df, 1), plain(c.statistic, 2)),
                p_cell(c.p),
                p_cell(c.p_adjusted),
            ]
        })
        .collect();
    let interval = format!("{} CI", scene.level());
    let g = format!("Hedges g [{} CI]", scene.level());
    let adjusted = match contrasts.first().map(|c| c.adjust.as_str()) {
        None | Some("none") => "p, not adjusted".to_owned(),
        Some(method) => format!("p, {}", capitalised(method)),
    };
    Table::new(
        &["Induction", "Comparison", "n (N)", "Difference, points", &interval, "SE", &g, "Statistic", "p", &adjusted],
        rows,
    )
    .without_induction(scene)
}

/// Two one-sided tests against the planned bounds, if they were planned.
pub(crate) fn equivalence(scene: &Scene) -> Vec<Block> {
    let table = bounds(scene);
    if table.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading("Equivalence"), Block::Table(table.captioned("Two one-sided tests; not adjusted"))]
}

fn bounds(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .equivalence
        .iter()
        .map(|test| {
            vec![
                test.induction.clone(),
                format!("{} − {}", test.condition, test.reference),
                format!("±{}", short(test.bound, 2)),
                brackets(test.ci, 1),
                p_cell(test.p),
                if test.equivalent { "equivalent" } else { "not shown" }.to_owned(),
            ]
        })
        .collect();
    Table::new(
        &["Induction", "Comparison", "Bounds, points", "Interval that decides", "p (larger one-sided)", "Verdict"],
        rows,
    )
    .without_induction(scene)
}
