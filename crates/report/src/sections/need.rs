//! What a laboratory would need to find the differences.

use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{difference, level, plain};

/// Animals that a laboratory would need.
pub fn required(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .required
        .iter()
        .map(|need| {
            let count = |animals: Option<u32>| animals.map_or_else(|| "> 1,000".to_owned(), |n| n.to_string());
            let smaller = count(need.animals_if_smaller);
            vec![
                need.induction.clone(),
                format!("{} vs {}", need.condition, need.reference),
                difference(need.effect, 1),
                plain(need.sd_animal, 1),
                plain(need.sd_slice, 1),
                need.slices_per_animal.to_string(),
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
            "SD between animals",
            "SD between slices",
            "Slices per animal",
            "Power",
            "Animals per group",
            "…at the near end of the interval",
        ],
        rows,
    )
    .without_induction(scene)
}

/// The sample sizes in words.
pub fn required_note<'a>(scene: &Scene<'a>) -> Vec<&'a str> {
    scene.sources.findings.required.iter().map(|need| need.sentence.as_str()).filter(|text| !text.is_empty()).collect()
}
