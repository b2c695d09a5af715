//! The mixed models and the interactions that they estimate.

use crate::document::document::Block;
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, p_cell, plain};

/// The models with their variance components.
pub(crate) fn blocks(scene: &Scene) -> Vec<Block> {
    let table = models(scene);
    let said = if table.is_empty() {
        Block::text("No mixed model was fitted.")
    } else {
        Block::Table(table.captioned(
            "SD in percentage points; ICC = intraclass correlation, the share of the variance that lies between animals",
        ))
    };
    vec![Block::Heading("Mixed model and variance components"), said]
}

/// The mixed model of each induction protocol.
fn models(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .models
        .iter()
        .map(|model| {
            let health = match (model.converged, model.singular) {
                (false, _) => "did not converge",
                (true, true) => "animal variance estimated as zero",
                (true, false) => "converged",
            };
            vec![
                model.induction.clone(),
                model.formula.clone(),
                model.method.clone(),
                plain(model.sd_animal, 2),
                plain(model.sd_slice, 2),
                plain(model.icc, 2),
                model.n_slices.to_string(),
                model.n_animals.to_string(),
                plain(model.log_likelihood, 2),
                health.to_owned(),
            ]
        })
        .collect();
    Table::new(
        &[
            "Induction",
            "Model",
            "Estimation",
            "SD between animals",
            "SD between slices",
            "ICC",
            "n slices",
            "N animals",
            "log-likelihood",
            "Fit",
        ],
        rows,
    )
    .without_induction(scene)
}

/// Differences of differences, if there are any.
pub(crate) fn interactions(scene: &Scene) -> Vec<Block> {
    let found = &scene.sources.findings.interactions;
    if found.is_empty() {
        return Vec::new();
    }
    let sentences: Vec<&str> = found.iter().map(|interaction| interaction.sentence.as_str()).collect();
    let table = differences_of_differences(scene);
    vec![Block::Heading("Interactions"), Block::Text(sentences.join(" ")), Block::Table(table)]
}

fn differences_of_differences(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .interactions
        .iter()
        .map(|i| {
            vec![
                i.what.clone(),
                difference(i.estimate, 1),
                brackets(i.ci, 1),
                plain(i.se, 2),
                format!("t({}) = {}", plain(i.df, 1), plain(i.statistic, 2)),
                p_cell(i.p),
            ]
        })
        .collect();
    let interval = format!("{} CI", scene.level());
    Table::new(&["Interaction", "Estimate, points", &interval, "SE", "Statistic", "p"], rows)
}
