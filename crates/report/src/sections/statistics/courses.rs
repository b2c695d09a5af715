//! When time courses differ.

use crate::document::document::Block;
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{difference, p_cell, short};

/// Time courses compared with that of the reference, if they were.
pub(crate) fn blocks(scene: &Scene) -> Vec<Block> {
    let comparisons = &scene.sources.findings.course_comparisons;
    if comparisons.is_empty() {
        return Vec::new();
    }
    let table = stretches(scene).captioned(
        "Cluster-mass permutation of animals; a p value speaks for the stretch as a whole, not for its first and last \
         minute",
    );
    let sentences = comparisons.iter().map(|comparison| comparison.sentence.clone()).collect();
    vec![Block::Heading("When the time courses differ"), Block::Table(table), Block::in_words(sentences)]
}

/// Stretches in which time courses differ from the reference.
fn stretches(scene: &Scene) -> Table {
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
    let head = ["Induction", "Comparison", "N animals", "Stretch", "Mass", "p, cluster", "Arrangements"];
    Table::new(&head, rows).without_induction(scene)
}
