//! What the model predicts, how sure that is, and what would make it surer.

use crate::document::document::{Block, Section};
use crate::document::table::{Cells, Table};
use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, level, plain};
use analysis::findings::Interval;
use quantity::counted;
use results::beside::prediction::{Predicted, PredictedKind, Prediction};

/// Probability of an experiment that is called good.
const GOOD: f64 = 0.8;

/// The section, if the experiment was predicted.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let prediction = scene.sources.prediction.as_ref()?;
    if prediction.outcomes.is_empty() {
        let none = format!(
            "No prediction can be given: of {} fewer than three sets of parameters let every slice be simulated and \
             measured.",
            counted(prediction.draws + prediction.failed, "draw")
        );
        return Some(Section::new("prediction", "Prediction", vec![Block::Text(none)]));
    }
    let mut blocks = vec![Block::Text(basis(prediction))];
    // A sentence above a table wraps on a phone, where a caption is as wide as its table.
    let mut add = |words: &str, table: Table| {
        if !table.is_empty() {
            blocks.extend([Block::text(words), Block::Table(table)]);
        }
    };
    let effects: Vec<&Predicted> = prediction.of(PredictedKind::Effect).collect();
    let interactions: Vec<&Predicted> = prediction.of(PredictedKind::Interaction).collect();
    let changes: Vec<&Predicted> = prediction.of(PredictedKind::Change).collect();
    add(
        "Predicted differences from the reference, percentage points: the same virtual slices with and without the \
         treatment.",
        differences(scene, prediction, &effects),
    );
    add("Predicted differences of differences, percentage points.", differences(scene, prediction, &interactions));
    add("Predicted change of the response, % of baseline.", potentiation(scene, &changes));
    add(
        "What it depends on: the share of the variance of a prediction that would go if a quantity were known, for those \
         that stand out from chance. The first of an outcome is the one to measure.",
        sources(scene, &effects, &interactions).of(Cells::Words),
    );
    let planned: Vec<&Predicted> = effects.iter().copied().filter(|effect| !effect.assurance.is_empty()).collect();
    add(
        "What an experiment would show: the probability that it finds a difference, over the draws (assurance), with the \
         variances of the simulated animals. It cannot exceed the probability that there is an effect.",
        assurance(scene, &planned),
    );
    Some(Section::new("prediction", "Prediction", blocks))
}

/// What the draws are.
pub(crate) fn basis(prediction: &Prediction) -> String {
    let constants = match prediction.constants {
        0 => "no compound is uncertain here".to_owned(),
        n => format!("{} of the compounds within what the library records of them", counted(n, "constant")),
    };
    let [draws, effective] = prediction.posterior;
    let mut text = format!(
        "{} of the synapse from the posterior ({} draws, worth {} of equal weight, conditioned on drug-free outcomes \
         alone), each with two draws of the constants: {constants}. In each draw {} give one slice, the same slice with \
         and without the treatment; the chance of so few animals is taken out of the intervals.",
        counted(prediction.sets, "parameter set"),
        plain(draws, 0),
        plain(effective, 0),
        counted(prediction.animals as usize, "virtual animal"),
    );
    if prediction.failed > 0 {
        text.push_str(&format!(
            " {} could not be simulated or measured and take no part.",
            counted(prediction.failed, "draw")
        ));
    }
    if !prediction.stated.is_empty() {
        text.push_str(&format!(
            " What the experiment or its animals set wins over the posterior and does not move: {}.",
            evidence::listed(&prediction.stated)
        ));
    }
    if !prediction.unconditioned.is_empty() {
        text.push_str(&format!(" Take care: {}.", prediction.unconditioned));
    }
    text.push_str(
        " Not among the draws: levels of physiological states (the centre of their ranges), the variation between \
         animals, and what the model leaves out.",
    );
    text
}

/// `−5.1 [−9.0, −0.3]`.
pub(crate) fn interval([low, high]: [f64; 2]) -> String {
    brackets(Interval { low, high }, 1)
}

/// The more probable direction with its probability.
pub(crate) fn direction(outcome: &Predicted) -> String {
    if outcome.is_negligible() {
        return "none: all within ±0.05".to_owned();
    }
    let (up, down) = (outcome.above_zero, outcome.below_zero);
    if up >= down { format!("above zero: {}", share(up)) } else { format!("below zero: {}", share(down)) }
}

/// A share of draws: never more certain than their number.
pub(crate) fn share(share: f64) -> String {
    match share {
        s if s >= 0.995 => "> 99 %".to_owned(),
        s if s <= 0.005 => "< 1 %".to_owned(),
        s => level((s * 100.0).round() / 100.0),
    }
}

fn named(scene: &Scene, outcome: &Predicted) -> String {
    match outcome.kind {
        PredictedKind::Interaction => outcome.condition.clone(),
        _ => scene.group_name(&outcome.induction, &outcome.condition),
    }
}

fn differences(scene: &Scene, prediction: &Prediction, outcomes: &[&Predicted]) -> Table {
    let row = |outcome: &&Predicted| {
        let mut cells = vec![
            named(scene, outcome),
            difference(outcome.median, 1),
            interval(outcome.central_50),
            interval(outcome.central_95),
            direction(outcome),
        ];
        if prediction.bound.is_some() {
            cells.push(outcome.beyond_bound.map_or_else(|| "–".to_owned(), share));
        }
        let parts = outcome.shares.map(|shares| shares.map(|share| level((share * 100.0).round() / 100.0)));
        cells.push(parts.map_or_else(|| "–".to_owned(), |[synapse, compound]| format!("{synapse}, {compound}")));
        cells
    };
    let beyond = prediction.bound.map(|bound| format!("Beyond ±{bound}"));
    let mut head = vec!["Outcome", "Median", "Central 50 %", "Central 95 %", "Direction"];
    head.extend(beyond.as_deref());
    head.push("Variance with synapse, constants");
    Table::new(&head, outcomes.iter().map(row).collect())
}

fn potentiation(scene: &Scene, outcomes: &[&Predicted]) -> Table {
    let row = |outcome: &&Predicted| {
        vec![
            named(scene, outcome),
            difference(outcome.median, 1),
            interval(outcome.central_50),
            interval(outcome.central_95),
        ]
    };
    Table::new(&["Condition", "Median", "Central 50 %", "Central 95 %"], outcomes.iter().map(row).collect())
}

fn sources(scene: &Scene, effects: &[&Predicted], interactions: &[&Predicted]) -> Table {
    let mut rows = Vec::new();
    for outcome in effects.iter().chain(interactions) {
        for source in &outcome.sources {
            rows.push(vec![
                named(scene, outcome),
                source.name.clone(),
                source.meaning.clone(),
                level((source.share * 100.0).round() / 100.0),
                if source.rises { "rises" } else { "falls" }.to_owned(),
            ]);
        }
    }
    Table::new(&["Outcome", "Quantity", "What it is", "Share", "With it the outcome"], rows)
}

fn assurance(scene: &Scene, outcomes: &[&Predicted]) -> Table {
    let sizes: Vec<f64> = outcomes.first().map_or_else(Vec::new, |one| one.assurance.iter().map(|[n, _]| *n).collect());
    let within = scene.sources.findings.within_animal;
    let unit = if within { "animals" } else { "per group" };
    let mut head = vec!["Outcome".to_owned()];
    head.extend(sizes.iter().map(|n| format!("{} {unit}", plain(*n, 0))));
    head.push(format!("For {}", level(GOOD)));
    let row = |outcome: &&Predicted| {
        let mut cells = vec![named(scene, outcome)];
        cells.extend(outcome.assurance.iter().map(|[_, power]| share(*power)));
        let enough = outcome.assurance.iter().find(|[_, power]| *power >= GOOD);
        let most = sizes.last().copied().unwrap_or(0.0);
        cells.push(enough.map_or_else(|| format!("> {}", plain(most, 0)), |[n, _]| plain(*n, 0)));
        cells
    };
    let titles: Vec<&str> = head.iter().map(String::as_str).collect();
    Table::new(&titles, outcomes.iter().map(row).collect())
}
