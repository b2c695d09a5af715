//! The model fitted to the control group of a recorded study, and what it then
//! predicts for the groups with drugs.
//!
//! The control group alone moves a few named parameters inside stated bounds;
//! the groups with drugs are never looked at while anything moves. The misfit
//! is Σ w ((simulated − recorded) / error)² over mean, spread over animals,
//! stretches of the time course and, if stated, the paired-pulse ratio
//! (`numbers`). It is minimised by BOBYQA (Powell 2009, Cambridge report
//! NA06) with the same random numbers for every set. What the control group
//! leaves open is carried into the intervals (`uncertainty`, `predict`).

use crate::error::ValidationError;
use crate::fit::bounded::{self, Bounded};
use crate::fit::numbers::{self, Model, SD_OF_95, Target};
use crate::fit::predict;
use crate::fit::question::{FitEvent, FitOptions, Fitted, Question};
use crate::fit::template::Template;
use crate::fit::uncertainty;
use crate::search::minimise;
use crate::sensitivity::{overridden, set_by_animals};
use results::beside::fit::{Determined, Fit, FittedNumber, FittedParameter};

/// First and last step of the search, share of the range.
const STEPS: [f64; 2] = [0.15, 0.01];

/// Misfit that stands for a set with which the model fails.
const FAILED: f64 = 1e6;

/// Fits the model to the reference group of the recordings and predicts the others.
///
/// # Errors
/// An experiment or parameter that is not one, recordings without a reference
/// group of two animals, a model that fails with the set found.
pub fn fit(
    question: &Question,
    options: FitOptions,
    done: &mut dyn FnMut(FitEvent),
) -> Result<Fitted, ValidationError> {
    let free = bounded::checked(&question.parameters)?;
    let template = Template::new(question)?;
    let control = template.plan(question, true)?;
    for bounded in &free {
        if let Some(condition) = set_by_animals(&control, &bounded.path) {
            let parameter = bounded.path.clone();
            return Err(ValidationError::Bounds { parameter, what: overridden(condition) });
        }
    }
    let targets = numbers::targets(question, &control)?;
    let pairs = question.paired_pulse.map(|pair| template.pairs(question, &pair)).transpose()?;
    let model = Model { plan: &control, pairs: pairs.as_ref(), targets: &targets, free: &free, seed: options.seed };

    let start: Vec<f64> = free.iter().map(Bounded::place_of_default).collect();
    let before = model.simulate(&start)?;
    let (best, evaluations) = search(&model, &start, misfit(&targets, &before), options.evaluations, done)?;
    let fitted = model.simulate(&best)?;
    let left = uncertainty::left_open(&model, &best, &mut || done(FitEvent::Moved))?;
    let full = template.plan(question, false)?;
    let drawn = left.draws(&best, options.draws, options.seed);
    let (predictions, draws) = predict::predict(question, &full, &free, &best, &drawn, options.seed, &mut || {
        done(FitEvent::Drawn);
    })?;
    let values: Vec<(&str, f64)> = free.iter().zip(&best).map(|(f, x)| (f.path.as_str(), f.value_at(*x))).collect();
    let fit = Fit {
        format: 1,
        study: question.recorded.name.clone(),
        reference: question.reference.clone(),
        induction: control.inductions.first().map(|induction| induction.name.clone()).unwrap_or_default(),
        seed: options.seed,
        animals: control.design.animals,
        slices_per_animal: control.design.slices_per_animal,
        evaluations,
        draws,
        misfit_before: misfit(&targets, &before),
        misfit: misfit(&targets, &fitted),
        parameters: free.iter().enumerate().map(|(k, f)| parameter(f, best[k], &left, k)).collect(),
        numbers: targets.iter().zip(before.iter().zip(&fitted)).map(|(t, (b, f))| number(t, *b, *f)).collect(),
        predictions,
        not_predicted: template.not_predicted.clone(),
        remarks: remarks(question, &control),
    };
    let reason = format!("fitted to \"{}\" of the study {}, seed {}", fit.reference, fit.study, fit.seed);
    Ok(Fitted { experiment: template.text(&values, &reason), fit })
}

/// Sum of weighted squared residuals.
fn misfit(targets: &[Target], simulated: &[f64]) -> f64 {
    let square = |(target, value): (&Target, &f64)| target.weight * ((value - target.recorded) / target.error).powi(2);
    let sum: f64 = targets.iter().zip(simulated).map(square).sum();
    if sum.is_finite() { sum } else { FAILED }
}

/// The best set that the search met, and how many it tried. A second dimension
/// without effect stands beside a single parameter, because the method needs two.
fn search(
    model: &Model,
    start: &[f64],
    misfit_of_start: f64,
    most: usize,
    done: &mut dyn FnMut(FitEvent),
) -> Result<(Vec<f64>, usize), ValidationError> {
    let n = start.len();
    let (mut best, mut lowest, mut tried) = (start.to_vec(), misfit_of_start, 0);
    let mut x = start.to_vec();
    x.resize(n.max(2), 0.5);
    let objective = |x: &[f64]| {
        tried += 1;
        let value = model.simulate(&x[..n]).map_or(FAILED, |found| misfit(model.targets, &found));
        if value < lowest {
            (best, lowest) = (x[..n].to_vec(), value);
        }
        done(FitEvent::Tried(value));
        value
    };
    minimise(objective, &mut x, STEPS, most)?;
    Ok((best, tried))
}

fn parameter(free: &Bounded, x: f64, left: &uncertainty::LeftOpen, place: usize) -> FittedParameter {
    let sd = left.sd(place);
    let end = |sign: f64| free.value_at((x + sign * SD_OF_95 * sd).clamp(0.0, 1.0));
    let spec = free.spec();
    FittedParameter {
        path: free.path.clone(),
        unit: spec.map_or("1", |spec| spec.unit).to_owned(),
        meaning: spec.map_or("", |spec| spec.meaning).to_owned(),
        bounds: [free.low, free.high],
        start: free.value_at(free.place_of_default()),
        value: free.value_at(x),
        interval: [end(-1.0), end(1.0)],
        left_open: left.share(place),
        determined: Determined::of(left.share(place)),
    }
}

fn number(target: &Target, before: f64, fitted: f64) -> FittedNumber {
    FittedNumber {
        what: target.what.clone(),
        unit: target.unit.to_owned(),
        recorded: target.recorded,
        error: target.error,
        weight: target.weight,
        before,
        fitted,
    }
}

fn remarks(question: &Question, control: &experiment::Plan) -> Vec<String> {
    let mut remarks = question.assumed.clone();
    remarks.push(format!(
        "Only \"{}\" moved parameters. Everything said about other conditions is a prediction of the fitted model; \
         their recordings were not used.",
        question.reference
    ));
    remarks.push(
        "Intervals contain what the fitted parameters leave open and the sampling of animals. They do not contain \
         errors of the model itself, of parameters that were not fitted, or of the potencies of compounds."
            .to_owned(),
    );
    let induction = control.inductions.first().map_or("", |induction| induction.name.as_str());
    remarks.push(format!("The recorded induction is represented by \"{induction}\" of the model."));
    remarks
}
