//! The order of the statistics.

use crate::document::document::{Block, Section};
use crate::figures::scene::Scene;
use crate::sections::statistics::{contrasts, courses, doses, models, pathways};

/// Comparisons first, then the models and what follows from them.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let mut blocks = vec![Block::Text(format!(
        "Differences are in percentage points of potentiation; tests are two-sided unless named otherwise; n = {} (N = {}).",
        scene.slices(),
        scene.animals()
    ))];
    blocks.extend(contrasts::primary(scene));
    blocks.extend(courses::blocks(scene));
    blocks.extend(pathways::blocks(scene));
    blocks.extend(contrasts::equivalence(scene));
    blocks.extend(models::blocks(scene));
    blocks.extend(contrasts::on_animal_means(scene));
    blocks.extend(models::interactions(scene));
    blocks.extend(doses::blocks(scene));
    Some(Section::new("statistics", "Statistics", blocks))
}
