//! What a laboratory would need for the largest difference.

use crate::figures::scene::Scene;
use crate::numbers::{level, short};
use crate::sections::answer::contrasts;
use quantity::counted;

/// Animals for the largest difference.
pub(crate) fn animals(scene: &Scene) -> Option<String> {
    let largest = contrasts::sorted(scene, |_| true).into_iter().next()?;
    let findings = &scene.sources.findings;
    let need =
        findings.required.iter().find(|n| n.induction == largest.induction && n.condition == largest.condition)?;
    let place = if scene.inductions().len() > 1 { format!(" under {}", need.induction) } else { String::new() };
    let within = scene.sources.manifest.design.within_animal;
    if !need.reason.is_empty() {
        return None;
    }
    let each = match short(need.slices_per_animal, 1).as_str() {
        "1" => "1 slice".to_owned(),
        n => format!("{n} slices"),
    };
    let animals = match (need.animals_per_group, within) {
        (None, _) => "more than 1,000 animals".to_owned(),
        (Some(n), true) => format!("{} that give {each} to both conditions", counted(n as usize, "animal")),
        (Some(n), false) => format!("{} per group with {each} each", counted(n as usize, "animal")),
    };
    let which = if findings.contrasts.len() > 1 { "the largest of these differences" } else { "this difference" };
    Some(format!(
        "To see {which} ({}{place}) with {} power, a laboratory would need {animals}.",
        need.condition,
        level(need.power)
    ))
}
