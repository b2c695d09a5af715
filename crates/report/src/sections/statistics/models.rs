//! The models and the interactions that they estimate.

use crate::document::document::Block;
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, p_cell, plain, short};
use analysis::findings::{ModelFit, Variances};

/// The models with their variance components.
pub(crate) fn blocks(scene: &Scene) -> Vec<Block> {
    let table = models(scene);
    let heading = Block::Heading("Model and variance components");
    if table.is_empty() {
        return vec![heading, Block::text("No model was fitted.")];
    }
    let mut blocks = vec![
        heading,
        Block::Table(table.captioned(
            "SD in percentage points; ICC = intraclass correlation, the share of the variance that lies between animals",
        )),
    ];
    let own = variances(scene);
    if !own.is_empty() {
        let what = if scene.sources.findings.within_animal {
            "Variances of each comparison: SD of the difference between animals, and of slices"
        } else {
            "Variances of each condition"
        };
        blocks.push(Block::Table(own.captioned(what)));
    }
    blocks
}

/// The model of each induction protocol.
fn models(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .models
        .iter()
        .map(|model| {
            let health = match (model.converged, model.singular) {
                (false, _) => "did not converge",
                (true, true) => "a variance between animals at or below zero",
                (true, false) => "converged",
            };
            vec![
                model.induction.clone(),
                model.name.clone(),
                model.formula.clone(),
                model.method.clone(),
                plain(model.sd_animal, 2),
                plain(model.sd_animal_condition, 2),
                plain(model.sd_slice, 2),
                plain(model.icc, 2),
                model.n_slices.to_string(),
                model.n_animals.to_string(),
                health.to_owned(),
            ]
        })
        .collect();
    Table::new(
        &[
            "Induction",
            "Model",
            "Formula",
            "Estimation",
            "SD between animals",
            "SD animal:condition",
            "SD between slices",
            "ICC",
            "n slices",
            "N animals",
            "Fit",
        ],
        rows,
    )
    .without_induction(scene)
}

/// Variances that conditions or comparisons have of their own.
fn variances(scene: &Scene) -> Table {
    let own = |model: &ModelFit| -> Vec<Vec<String>> {
        let row = |v: &Variances| {
            vec![
                model.induction.clone(),
                v.of.clone(),
                plain(v.sd_animal, 2),
                plain(v.sd_slice, 2),
                plain(v.sd_mean, 2),
                short(v.slices_per_animal, 2),
                v.n_animals.to_string(),
            ]
        };
        model.variances.iter().map(row).collect()
    };
    let rows = scene.sources.findings.models.iter().flat_map(own).collect();
    let what = if scene.sources.findings.within_animal { "Comparison" } else { "Condition" };
    Table::new(
        &[
            "Induction",
            what,
            "SD between animals",
            "SD between slices",
            "SD of an animal's value",
            "Slices per animal (harmonic mean)",
            "N animals",
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
    Table::new(&["Interaction", "Estimate, points", &interval, "SE", "Statistic", "p, not adjusted"], rows)
}
