//! What each uncertain parameter does to the outcomes of an experiment.
//!
//! An elementary effect is the change of an outcome when one parameter moves,
//! scaled to the whole range of that parameter (Morris 1991 Technometrics
//! 33:161; mean absolute effect: Campolongo et al. 2007 Environ Model Softw
//! 22:1509):
//!
//! EE = (y(x + Δ) − y(x)) / Δ,  x in [0, 1] across the range
//!
//! Every point is simulated with the same seed, so that two points differ by
//! their parameters alone.

use crate::sensitivity::factor::value_at;
use crate::sensitivity::points::Method;

use crate::error::ValidationError;
use crate::sensitivity::means::{evaluate, outcomes};
use crate::sensitivity::points::Point;
use experiment::Plan;
use rayon::prelude::*;
use results::beside::sensitivity::{MovedParameter, ParameterEffect, Sensitivity};

/// Simulates `plan` at every point of `method`; `done` hears of each of the
/// finished simulations.
///
/// # Errors
/// No parameter to move, or the experiment as it stands cannot be simulated.
pub fn sensitivity(
    plan: &Plan,
    seed: u64,
    parameters: Vec<MovedParameter>,
    method: Method,
    done: &(dyn Fn() + Sync),
) -> Result<Sensitivity, ValidationError> {
    if parameters.is_empty() {
        return Err(ValidationError::NothingToVary);
    }
    let base = evaluate(plan, seed, &[])?;
    let points = method.points(&parameters, seed);
    let values: Vec<Option<Vec<f64>>> = points
        .par_iter()
        .map(|point| {
            let value = at(plan, seed, &parameters, &point.x).ok();
            done();
            value.filter(|outcomes| outcomes.iter().all(|outcome| outcome.is_finite()))
        })
        .collect();
    let failed = values.iter().filter(|value| value.is_none()).count();
    let outcomes = outcomes(plan, &base);
    let effects = (0..parameters.len())
        .map(|factor| (0..outcomes.len()).map(|outcome| effect(&points, &values, factor, outcome)).collect())
        .collect();
    Ok(Sensitivity {
        method: method.in_words(),
        seed,
        animals: plan.design.animals,
        slices_per_animal: plan.design.slices_per_animal,
        simulations: points.len() + 1,
        failed,
        parameters,
        outcomes,
        effects,
    })
}

/// The outcomes with every parameter at its place `x` in its range.
fn at(plan: &Plan, seed: u64, parameters: &[MovedParameter], x: &[f64]) -> Result<Vec<f64>, ValidationError> {
    let moved = parameters.iter().zip(x).map(|(parameter, x)| (parameter.path.as_str(), value_at(parameter, *x)));
    evaluate(plan, seed, &moved.collect::<Vec<_>>())
}

/// The elementary effects of one factor on one outcome, summed up.
fn effect(points: &[Point], values: &[Option<Vec<f64>>], factor: usize, outcome: usize) -> ParameterEffect {
    let value = |place: usize| values[place].as_ref().map(|outcomes| outcomes[outcome]);
    let (mut at_low, mut at_high) = (None, None);
    let mut elementary = Vec::new();
    for (place, point) in points.iter().enumerate() {
        if point.end == Some((factor, false)) {
            at_low = value(place);
        }
        if point.end == Some((factor, true)) {
            at_high = value(place);
        }
        let Some((before, moved, step)) = point.step else { continue };
        if let (true, Some(from), Some(to)) = (moved == factor, value(before), value(place)) {
            elementary.push((to - from) / step);
        }
    }
    let n = elementary.len();
    let mean = elementary.iter().sum::<f64>() / n as f64;
    let mean_absolute = elementary.iter().map(|effect| effect.abs()).sum::<f64>() / n as f64;
    let squares: f64 = elementary.iter().map(|effect| (effect - mean).powi(2)).sum();
    let sd = (n > 1).then(|| (squares / (n as f64 - 1.0)).sqrt());
    let some = |value: f64| (n > 0).then_some(value);
    ParameterEffect { at_low, at_high, mean: some(mean), mean_absolute: some(mean_absolute), sd, n }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sensitivity::factor::factors;

    const QUICK: &str = r#"
format = 1
name = "quick"
title = "quick"
seed = 3
[protocol]
baseline = "2 min"
wash_in = "0 s"
follow_up = "12 min"
induction = "hfs-1x100"
[[condition]]
name = "control"
[design]
animals = 2
slices_per_animal = 1
[analysis]
reference_window = "2 min"
window = ["8 min", "12 min"]
short_term = ["1 min", "3 min"]
[statistics]
reference = "control"
"#;

    fn effects_of(result: &Sensitivity, path: &str) -> ParameterEffect {
        let place = result.parameters.iter().position(|parameter| parameter.path == path).unwrap();
        result.effects[place][0]
    }

    #[test]
    fn a_lower_threshold_potentiates_more_and_a_dead_parameter_does_nothing() {
        let plan = experiment::read(QUICK, "quick.toml").unwrap();
        let chosen = ["rule.theta_potentiation".to_owned(), "release.ptp_time".to_owned()];
        let factors = factors(&plan, &chosen).unwrap();
        let result = sensitivity(&plan, 3, factors, Method::OneAtATime, &|| ()).unwrap();
        let effects = &effects_of(&result, "rule.theta_potentiation");
        assert!(effects.at_low.unwrap() > effects.at_high.unwrap(), "{effects:?}");
        // Both elementary effects point downwards, so their mean does.
        assert!(effects.mean.unwrap() < 0.0 && effects.mean_absolute == effects.mean.map(f64::abs), "{effects:?}");
        assert_eq!((result.simulations, result.failed), (6, 0));
    }

    #[test]
    fn elementary_effects_are_repeatable_and_of_the_number_asked_for() {
        let plan = experiment::read(QUICK, "quick.toml").unwrap();
        let chosen = ["rule.weight_ratio".to_owned(), "rule.initial_up".to_owned()];
        let run = || {
            let factors = factors(&plan, &chosen).unwrap();
            sensitivity(&plan, 3, factors, Method::ElementaryEffects { trajectories: 2 }, &|| ()).unwrap()
        };
        let (first, second) = (run(), run());
        assert_eq!(first.effects, second.effects);
        assert!(
            first
                .effects
                .iter()
                .all(|row| row[0].n == 2 && row[0].mean_absolute.unwrap() >= row[0].mean.unwrap().abs())
        );
        // More expression, more potentiation; more spines up at the start, less.
        assert!(effects_of(&first, "rule.weight_ratio").mean.unwrap() > 0.0);
        assert!(effects_of(&first, "rule.initial_up").mean.unwrap() < 0.0);
    }
}
