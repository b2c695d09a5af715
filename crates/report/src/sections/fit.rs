//! A fit of the model to recorded slices, and its predictions.

use crate::document::document::{Block, Fold, Section, Summary};
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, level, plain, short};
use analysis::findings::Interval;
use results::beside::fit::{Fit, FittedNumber, FittedParameter, NotPredicted, PredictedNumber, Prediction};

/// The fit, if one was made.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let fit = scene.sources.fit.as_ref()?;
    let mut blocks = vec![
        Block::Text(lead(fit)),
        Block::Table(parameters(fit).captioned(
            "Parameters. Left open: standard deviation that bounds and recordings leave, as a share of what the bounds \
             alone leave",
        )),
        Block::Table(numbers(fit).captioned("Numbers of the control group that the parameters were fitted to")),
    ];
    if !fit.predictions.is_empty() {
        blocks.push(Block::Heading("Predictions"));
        blocks.push(Block::Table(predictions(fit).captioned("Conditions that moved no parameter")));
        blocks.extend(fit.predictions.iter().map(rests_on));
    }
    if !fit.not_predicted.is_empty() {
        blocks.push(Block::Heading("Not predicted"));
        blocks.push(Block::Table(not_predicted(&fit.not_predicted)));
    }
    blocks.push(Block::List(fit.remarks.clone()));
    Some(Section::new("fit", "Fit and predictions", blocks))
}

/// The fit in two sentences.
fn lead(fit: &Fit) -> String {
    format!(
        "The model was fitted to the condition \"{}\" of the study {} ({} parameter sets tried, {} virtual animals \
         per group, {} sets drawn for the intervals, seed {}). The misfit went from {} to {}.",
        fit.reference,
        fit.study,
        fit.evaluations,
        fit.animals,
        fit.draws,
        fit.seed,
        plain(fit.misfit_before, 2),
        plain(fit.misfit, 2)
    )
}

/// What one prediction rests on.
fn rests_on(prediction: &Prediction) -> Block {
    let summary = Summary::Sentence(format!("What the prediction for {} rests on", prediction.condition));
    Block::Fold(Fold { summary, open: false, blocks: vec![Block::List(prediction.rests_on.clone())] })
}

fn not_predicted(conditions: &[NotPredicted]) -> Table {
    let rows = conditions.iter().map(|n| vec![n.condition.clone(), n.reason.clone()]).collect();
    Table::new(&["Condition", "Not predicted, because"], rows)
}

fn interval([low, high]: [f64; 2], decimals: usize) -> String {
    brackets(Interval { low, high }, decimals)
}

fn parameters(fit: &Fit) -> Table {
    let row = |p: &FittedParameter| {
        let unit = if p.unit == "1" { String::new() } else { format!(" {}", p.unit) };
        vec![
            p.path.clone(),
            p.meaning.clone(),
            format!("{}{unit}", short(p.start, 4)),
            format!("{}{unit}", short(p.value, 4)),
            interval(p.interval, 4),
            interval(p.bounds, 4),
            level(p.left_open.min(1.0)),
            p.determined.in_words().to_owned(),
        ]
    };
    let head = ["Parameter", "Meaning", "Start", "Fitted", "95 % interval", "Bounds", "Left open", "By these data"];
    Table::new(&head, fit.parameters.iter().map(row).collect())
}

fn numbers(fit: &Fit) -> Table {
    let row = |n: &FittedNumber| {
        let decimals = if n.unit == "1" { 2 } else { 1 };
        vec![
            n.what.clone(),
            if n.unit == "1" { String::new() } else { n.unit.clone() },
            plain(n.recorded, decimals),
            plain(n.before, decimals),
            plain(n.fitted, decimals),
            plain(n.error, decimals),
            plain(n.weight, 2),
        ]
    };
    let head = ["Number", "Unit", "Recorded", "Simulated before", "Simulated, fitted", "Error", "Weight"];
    Table::new(&head, fit.numbers.iter().map(row).collect())
}

fn predictions(fit: &Fit) -> Table {
    let recorded = |n: &PredictedNumber, text: &dyn Fn(f64) -> String| {
        n.recorded.map_or("–".to_owned(), |value| match n.recorded_interval {
            Some(ends) => format!("{} {}", text(value), interval(ends, 1)),
            None => text(value),
        })
    };
    let agrees = |n: &PredictedNumber| match n.agrees {
        Some(true) => "inside",
        Some(false) => "outside",
        None => "–",
    };
    let mut rows = Vec::new();
    for p in &fit.predictions {
        let mut row = |what: &str, n: &PredictedNumber, text: &dyn Fn(f64) -> String| {
            rows.push(vec![
                p.condition.clone(),
                evidence::listed(&p.compounds),
                what.to_owned(),
                format!("prediction: {}", text(n.value)),
                interval(n.model, 1),
                format!("{} (N = {})", interval(n.group, 1), p.n_animals),
                recorded(n, text),
                agrees(n).to_owned(),
            ]);
        };
        row("potentiation, %", &p.potentiation, &|value| plain(value, 1));
        row(&format!("difference from {}, points", fit.reference), &p.difference, &|value| difference(value, 1));
    }
    let head = [
        "Condition",
        "Compounds",
        "Number",
        "Predicted",
        "95 % of the model's mean",
        "95 % of a recorded group",
        "Recorded [CI]",
        "Recorded lies",
    ];
    Table::new(&head, rows)
}
