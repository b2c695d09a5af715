//! Tables of two results folders side by side, and of a fit with its predictions.

use crate::figures::Scene;
use crate::numbers::{brackets, difference, level, plain, short};
use crate::sections::statistics::Table;
use analysis::findings::{Group, Interval};
use results::beside::fit::{Fit, PredictedNumber};
use serde::Serialize;

/// Mean and interval of the groups that belong together.
pub fn groups(scene: &Scene) -> Table {
    let Some(beside) = &scene.sources.beside else { return Table::new(&[], Vec::new()) };
    let sides = beside.sides(scene.sources);
    let cell = |group: Option<&Group>| {
        group.map_or("–".to_owned(), |group| format!("{} {}", plain(group.mean, 1), brackets(group.ci, 1)))
    };
    let n = |group: Option<&Group>| group.map_or("–".to_owned(), |g| format!("{} ({})", g.n_slices, g.n_animals));
    let sd = |group: Option<&Group>| group.map_or("–".to_owned(), |group| plain(group.sd, 1));
    let row = |pair: &crate::sources::folder::Pair| {
        let [own, other] = [pair.own, pair.other];
        vec![pair.name.clone(), cell(own), sd(own), n(own), cell(other), sd(other), n(other)]
    };
    let head: Vec<String> = std::iter::once("Condition".to_owned())
        .chain(sides.iter().flat_map(|side| {
            [format!("Mean, {} [CI]", side.label), format!("SD, {}", side.label), format!("n (N), {}", side.label)]
        }))
        .collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    Table::new(&head, beside.pairs(scene.sources).iter().map(row).collect())
}

/// What a page says about a fit.
#[derive(Serialize)]
pub struct FitShown {
    /// The fit in two sentences.
    pub lead: String,
    /// Parameters.
    pub parameters: Table,
    /// Numbers of the control group.
    pub numbers: Table,
    /// Predictions.
    pub predictions: Table,
    /// What each prediction rests on.
    pub rests_on: Vec<RestsOn>,
    /// Conditions without prediction.
    pub not_predicted: Table,
    /// Remarks.
    pub remarks: Vec<String>,
}

/// What one prediction rests on.
#[derive(Serialize)]
pub struct RestsOn {
    condition: String,
    lines: Vec<String>,
}

/// The fit, if one was made.
pub fn fit(scene: &Scene) -> Option<FitShown> {
    let fit = scene.sources.fit.as_ref()?;
    let rests_on =
        fit.predictions.iter().map(|p| RestsOn { condition: p.condition.clone(), lines: p.rests_on.clone() }).collect();
    let not_predicted = fit.not_predicted.iter().map(|n| vec![n.condition.clone(), n.reason.clone()]).collect();
    Some(FitShown {
        lead: format!(
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
        ),
        parameters: parameters(fit),
        numbers: numbers(fit),
        predictions: predictions(fit),
        rests_on,
        not_predicted: Table::new(&["Condition", "Not predicted, because"], not_predicted),
        remarks: fit.remarks.clone(),
    })
}

fn interval([low, high]: [f64; 2], decimals: usize) -> String {
    brackets(Interval { low, high }, decimals)
}

fn parameters(fit: &Fit) -> Table {
    let row = |p: &results::beside::fit::FittedParameter| {
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
    let row = |n: &results::beside::fit::FittedNumber| {
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
                p.compounds.join(", "),
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
