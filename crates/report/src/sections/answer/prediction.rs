//! The prediction in the terms of the design: before what one simulated experiment shows.

use crate::figures::scene::Scene;
use crate::numbers::difference;
use crate::sections::prediction::{direction, interval, share};
use quantity::counted;
use results::beside::prediction::{Predicted, PredictedKind, Prediction};

/// Differences that are listed.
const LISTED: usize = 6;
/// Interactions that are told.
const TOLD: usize = 3;

/// What is predicted, and that what follows is another kind of statement.
pub(crate) fn sentences(scene: &Scene) -> Vec<String> {
    let Some(prediction) = &scene.sources.prediction else { return Vec::new() };
    let mut effects: Vec<&Predicted> = prediction.of(PredictedKind::Effect).collect();
    if effects.is_empty() {
        return Vec::new();
    }
    effects.sort_by(|a, b| b.median.abs().total_cmp(&a.median.abs()));
    let mut sentences = interactions(prediction);
    sentences.push(differences(scene, prediction, &effects));
    sentences.extend(beyond(scene, prediction, &effects));
    sentences.extend(rests_on(scene, &effects));
    sentences.push(format!(
        "One simulated experiment of {} shows of this:",
        if scene.sources.manifest.design.within_animal {
            counted(scene.sources.manifest.design.animals as usize, "animal")
        } else {
            format!("{} per group", counted(scene.sources.manifest.design.animals as usize, "animal"))
        }
    ));
    sentences
}

fn told(name: &str, outcome: &Predicted) -> String {
    format!("{name} {} {} ({})", difference(outcome.median, 1), interval(outcome.central_95), direction(outcome))
}

fn name(scene: &Scene, outcome: &Predicted) -> String {
    match scene.inductions().len() {
        1 => outcome.condition.clone(),
        _ => format!("{} under {}", outcome.condition, outcome.induction),
    }
}

fn interactions(prediction: &Prediction) -> Vec<String> {
    let mut found: Vec<&Predicted> = prediction.of(PredictedKind::Interaction).collect();
    found.sort_by(|a, b| b.median.abs().total_cmp(&a.median.abs()));
    let sentence = |one: &&Predicted| format!("Predicted interaction, {}.", told(&format!("{}:", one.condition), one));
    found.iter().take(TOLD).map(sentence).collect()
}

fn differences(scene: &Scene, prediction: &Prediction, effects: &[&Predicted]) -> String {
    let shown = &effects[..effects.len().min(LISTED)];
    let names: Vec<String> = shown.iter().map(|effect| name(scene, effect)).collect();
    let said: Vec<String> = shown.iter().zip(&names).map(|(effect, name)| told(name, effect)).collect();
    let more = effects.len() - shown.len();
    format!(
        "Predicted difference from {} in percentage points (median, central 95 % of {} from what is not known, \
         probability of the direction): {}{}.",
        scene.reference(),
        counted(prediction.draws, "draw"),
        evidence::listed_with(&names.iter().map(String::as_str).collect::<Vec<_>>(), &said, more),
        if more > 0 { " in the table of predictions" } else { "" }
    )
}

/// The probability of a difference that matters.
fn beyond(scene: &Scene, prediction: &Prediction, effects: &[&Predicted]) -> Option<String> {
    let bound = prediction.bound?;
    let by = |effect: &&&Predicted| effect.beyond_bound.unwrap_or(0.0);
    let most = effects.iter().max_by(|a, b| by(a).total_cmp(&by(b)))?;
    let (most_of, which) = match effects.len() {
        1 => ("", String::new()),
        _ => (" at most", format!(" ({})", name(scene, most))),
    };
    Some(format!("The probability of a difference beyond ±{bound} points is{most_of} {}{which}.", share(by(&most))))
}

/// What the largest prediction depends on.
fn rests_on(scene: &Scene, effects: &[&Predicted]) -> Option<String> {
    let effect = effects.first()?;
    let source = effect.sources.first()?;
    Some(format!(
        "The prediction for {} depends most on {} ({}): measured first, it would make it surer.",
        name(scene, effect),
        source.name,
        source.meaning
    ))
}
