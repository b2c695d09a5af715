//! What a laboratory would need to find the differences.

use crate::document::document::{Block, Section};
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{difference, level, plain, short};

/// Sample sizes of every planned comparison.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let findings = &scene.sources.findings;
    let table = required(scene);
    let blocks = if table.is_empty() {
        let why = if scene.compares() {
            "The planned comparison could not be made, so no sample size can be given; the notes above say why."
        } else {
            "No comparison was planned, so no sample size can be given."
        };
        vec![Block::text(why)]
    } else {
        let effect = if findings.simulated { "predicted" } else { "measured" };
        let lead = format!(
            "{} to find each difference, if the {effect} effect and variances were true.\nThe last column \
             asks what would be needed if the effect were as small as the near end of its interval.",
            if findings.within_animal { "Animals that give slices to both conditions" } else { "Animals per group" }
        );
        let sentences = findings.required.iter().map(|need| need.sentence.clone());
        let sentences = sentences.filter(|sentence| !sentence.is_empty()).collect();
        vec![Block::Text(lead), Block::Table(table), Block::in_words(sentences)]
    };
    Some(Section::new("need", "What your laboratory would need", blocks))
}

/// Animals that a laboratory would need.
fn required(scene: &Scene) -> Table {
    let within = scene.sources.manifest.design.within_animal;
    let rows = scene
        .sources
        .findings
        .required
        .iter()
        .map(|need| {
            let told = need.reason.is_empty();
            let count = |animals: Option<u32>| match animals {
                Some(n) => n.to_string(),
                None if told => "> 1,000".to_owned(),
                None => "–".to_owned(),
            };
            let smaller = count(need.animals_if_smaller);
            vec![
                need.induction.clone(),
                format!("{} vs {}", need.condition, need.reference),
                difference(need.effect, 1),
                plain(need.sd_animal, 1),
                plain(need.sd_slice, 1),
                short(need.slices_per_animal, 1),
                level(need.power),
                count(need.animals_per_group),
                smaller,
            ]
        })
        .collect();
    Table::new(
        &[
            "Induction",
            "Comparison",
            "Effect, points",
            if within { "SD of the difference between animals" } else { "SD between animals" },
            "SD between slices",
            "Slices per animal",
            "Power",
            if within { "Animals" } else { "Animals per group" },
            "…at the near end of the interval",
        ],
        rows,
    )
    .without_induction(scene)
}
