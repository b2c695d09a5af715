//! What was left out of the answer, and what a fit to recordings found.

use crate::figures::scene::Scene;
use crate::numbers::{brackets, difference, plain};
use analysis::findings::Interval;
use quantity::counted;
use results::beside::fit::{Fit, Prediction};

/// Above this share of the slices exclusions are a reason for doubt.
const MANY: f64 = 0.1;

/// Excluded and all slices.
fn counts(scene: &Scene) -> (usize, usize) {
    let groups = &scene.sources.findings.groups;
    let excluded = groups.iter().map(|group| group.n_excluded).sum();
    (excluded, excluded + groups.iter().map(|group| group.n_slices).sum::<usize>())
}

/// Rules that were broken, each with the number of its slices, the most frequent first.
fn rules(scene: &Scene) -> String {
    let mut rules: Vec<(&str, usize)> = Vec::new();
    for exclusion in &scene.sources.findings.exclusions {
        for rule in exclusion.rules.iter().map(String::as_str) {
            match rules.iter_mut().find(|(known, _)| *known == rule) {
                Some((_, n)) => *n += 1,
                None => rules.push((rule, 1)),
            }
        }
    }
    rules.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    if rules.is_empty() {
        return "reasons in the exclusion log".to_owned();
    }
    rules.iter().map(|(rule, n)| format!("{rule} {n}")).collect::<Vec<String>>().join(", ")
}

/// `2 of 17 slices were excluded (incomplete recording 2).`
pub(crate) fn left_out(scene: &Scene) -> Option<String> {
    let (excluded, all) = counts(scene);
    let verb = if excluded == 1 { "was" } else { "were" };
    (excluded > 0).then(|| format!("{excluded} of {} {verb} excluded ({}).", counted(all, scene.slice()), rules(scene)))
}

/// The same as a reason for doubt, where it is over a tenth of the slices.
pub(crate) fn many_left_out(scene: &Scene) -> Option<String> {
    let (excluded, all) = counts(scene);
    (excluded as f64 > MANY * all as f64).then(|| {
        format!(
            "More than a tenth of the slices take no part: {excluded} of {all} ({}). What is left may not stand for \
             all; the exclusion log names each.",
            rules(scene)
        )
    })
}

/// The fit and its predictions, if a fit was made.
pub(crate) fn fit(scene: &Scene) -> Vec<String> {
    let Some(fit) = &scene.sources.fit else { return Vec::new() };
    let mut sentences = vec![fitted(fit)];
    sentences.extend(fit.predictions.iter().map(predicted));
    sentences
        .extend(fit.not_predicted.iter().map(|one| format!("{} is not predicted: {}.", one.condition, one.reason)));
    sentences
}

fn fitted(fit: &Fit) -> String {
    format!(
        "The model was fitted to “{}” of {}; the misfit went from {} to {}.",
        fit.reference,
        fit.study,
        plain(fit.misfit_before, 2),
        plain(fit.misfit, 2)
    )
}

fn predicted(one: &Prediction) -> String {
    let interval = |[low, high]: [f64; 2]| brackets(Interval { low, high }, 1);
    let found = &one.difference;
    let recorded = found.recorded.map_or_else(String::new, |value| {
        let verdict = match found.agrees {
            Some(true) => ", inside it",
            Some(false) => ", outside it",
            None => "",
        };
        format!("; recorded: {}{verdict}", difference(value, 1))
    });
    format!(
        "For {} it predicts a difference of {} points (95 % of recorded groups {}){recorded}.",
        one.condition,
        difference(found.value, 1),
        interval(found.group)
    )
}
