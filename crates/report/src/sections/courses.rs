//! Tables of time: when courses differ; and of place: the pathways of a slice.

use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, p_cell, plain, short};

/// Stretches in which time courses differ from the reference.
pub fn stretches(scene: &Scene) -> Table {
    let mut rows = Vec::new();
    for comparison in &scene.sources.findings.course_comparisons {
        let row = |stretch: String, mass: String, p: String| {
            vec![
                comparison.induction.clone(),
                format!("{} − {}", comparison.condition, comparison.reference),
                format!("{} / {}", comparison.n_animals[0], comparison.n_animals[1]),
                stretch,
                mass,
                p,
                format!("{} {}", if comparison.exact { "all" } else { "random" }, comparison.arrangements),
            ]
        };
        if comparison.clusters.is_empty() {
            rows.push(row("none".to_owned(), "–".to_owned(), "–".to_owned()));
        }
        for c in &comparison.clusters {
            let stretch = format!("{}–{} min", short(c.from_min, 1), short(c.to_min, 1));
            rows.push(row(stretch, difference(c.mass, 1), p_cell(c.p)));
        }
    }
    let head = ["Induction", "Comparison", "N animals", "Stretch", "Mass (sum of t)", "p, cluster", "Arrangements"];
    Table::new(&head, rows).without_induction(scene)
}

/// The comparisons in words.
pub fn sentences<'a>(scene: &Scene<'a>) -> Vec<&'a str> {
    scene.sources.findings.course_comparisons.iter().map(|c| c.sentence.as_str()).collect()
}

/// Tetanised against control pathway in every group.
pub fn pathways(scene: &Scene) -> Table {
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

/// The pathways in words.
pub fn pathway_sentences<'a>(scene: &Scene<'a>) -> Vec<&'a str> {
    scene.sources.findings.pathways.iter().map(|effect| effect.sentence.as_str()).collect()
}
