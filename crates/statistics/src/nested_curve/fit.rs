//! The alternating algorithm, and what it leads to.

use crate::dose_response::bounds::Reach;
use crate::dose_response::global::Curves;
use crate::dose_response::other::{OtherShape, fit_other};
use crate::dose_response::start::starts;
use crate::dose_response::{NotIdentifiedReason, Shape};
use crate::error::{StatisticsError, require_open_unit};
use crate::estimate::FTest;
use crate::least_squares::fit::fit as least_squares;
use crate::nested_curve::components::variances;
use crate::nested_curve::contrast::{Inference, critical, weights};
use crate::nested_curve::evaluation::Evaluation;
use crate::nested_curve::form::Form;
use crate::nested_curve::goodness::{lack_of_fit, trend};
use crate::nested_curve::layout::{Effect, Layout, NestedData, NestedParameter, Point, Stage};
use crate::nested_curve::limits::limits;
use crate::nested_curve::outcome::{NestedCurve, NestedFit, NestedOutcome, RandomSd};

const ITERATIONS: usize = 300;
/// Largest change of a fixed effect, in standard errors, and of a variance, in its
/// own, at which the alternation ends.
const CHANGE: f64 = 1e-7;

/// Where the alternation ended.
struct End {
    point: Point,
    theta: Vec<f64>,
    found: Evaluation,
}

/// Fits one curve or several to animals that give several doses.
///
/// # Errors
/// Different lengths, values not finite, doses below 0, fewer than three animals, a
/// curve with fewer doses than parameters, level outside (0, 1);
/// [`StatisticsError::NotConverged`] if even random levels alone do not converge.
pub fn fit(data: &NestedData, form: Form, level: f64) -> Result<NestedOutcome, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let mut layout = Layout::new(*data, form)?;
    let mut trends = Vec::with_capacity(layout.curves);
    for curve in 0..layout.curves {
        let test = trend(&layout, curve).unwrap_or_else(|| FTest::new(0.0, 1.0, 1.0));
        if test.p > 1.0 - level {
            return Ok(NestedOutcome::NotIdentified { curve, reason: NotIdentifiedReason::NoTrend, trend: test });
        }
        trends.push(test);
    }
    let mut start = Vec::with_capacity(layout.fixed());
    for (curve, test) in trends.iter().enumerate() {
        match start_of(&layout, curve) {
            Some(own) => start.extend(own),
            None => {
                let reason = NotIdentifiedReason::Singular;
                return Ok(NestedOutcome::NotIdentified { curve, reason, trend: *test });
            }
        }
    }
    let mut left_out = Vec::new();
    let end = loop {
        match alternate(&layout, &start, true) {
            Some(end) => break end,
            // The effects that are hardest to tell from scatter go first.
            None => match simpler(&layout.effects) {
                Some(place) => left_out.push(layout.effects.remove(place)),
                None => {
                    let (what, iterations) = ("the nested dose-response curve".to_owned(), ITERATIONS);
                    return Err(StatisticsError::NotConverged { what, iterations });
                }
            },
        }
    };
    describe(&layout, end, trends, left_out, level)
}

/// The effect to leave out next: locations, then spans, inner stages first.
fn simpler(effects: &[(Stage, Effect)]) -> Option<usize> {
    [Effect::Location, Effect::Span]
        .into_iter()
        .flat_map(|effect| [(Stage::CurveInAnimal, effect), (Stage::Animal, effect)])
        .find_map(|wanted| effects.iter().position(|e| *e == wanted))
}

/// Fixed effects of one curve with the animals ignored.
fn start_of(layout: &Layout, curve: usize) -> Option<Vec<f64>> {
    let data = &layout.data;
    let own = |values: &[f64]| -> Vec<f64> {
        values.iter().zip(data.curve).filter(|(_, c)| **c == curve).map(|(v, _)| *v).collect()
    };
    let (dose, response) = (own(data.dose), own(data.response));
    let shape = match layout.form {
        Form::Bell => {
            let bell = fit_other(OtherShape::Bell, &dose, &response, 0.95).ok()?;
            let of = |k: usize| bell.parameters[k].estimate;
            return Some(vec![of(0), of(1), of(2), libm::log(of(3))]);
        }
        Form::Logistic => Shape::FourParameter,
        Form::LogisticOfSlopeOne => Shape::ThreeParameter,
    };
    let free = shape.parameters();
    let model = Curves::new(dose.iter().map(|x| (0, *x)).collect(), free, free);
    let candidates = starts(shape, &dose, &response);
    let points: Vec<Vec<f64>> = candidates.iter().map(|c| model.start(&[*c])).collect();
    let found = match least_squares(&model, &response, &points) {
        Ok(fit) => model.curve(&fit.estimates, 0),
        Err(_) => *candidates.first()?,
    };
    let mut start = vec![found.baseline, found.plateau - found.baseline, found.ln_ec50];
    start.extend((layout.form.parameters() == 4).then(|| libm::log(found.hill)));
    Some(start)
}

/// Penalised least squares and variances in turn; `None` if that does not end.
fn alternate(layout: &Layout, start: &[f64], restricted: bool) -> Option<End> {
    let mut point = layout.origin(start.to_vec());
    let (rss, _) = layout.squares(&point);
    let n = layout.data.response.len() as f64;
    let span = start.chunks(layout.form.parameters()).map(|c| c[1].abs()).fold(0.0, f64::max);
    let usual = |effect: &Effect| match effect {
        Effect::Level => 0.3 * rss / n,
        Effect::Span => (0.15 * span) * (0.15 * span),
        Effect::Location => 0.05,
    };
    let mut theta: Vec<f64> = layout.effects.iter().map(|(_, effect)| usual(effect)).collect();
    theta.push(0.5 * rss / n);
    for _ in 0..ITERATIONS {
        let (next, found, _) = variances(&layout.linearised(&point), &theta, restricted)?;
        for block in &mut point.random {
            for (c, effects) in block.iter_mut().enumerate() {
                if next[c] == 0.0 {
                    effects.fill(0.0);
                }
            }
        }
        let target = Point { fixed: found.fixed.iter().copied().collect(), random: found.random.clone() };
        let moved = step(layout, &point, &target, &next)?;
        let change_fixed = moved
            .fixed
            .iter()
            .zip(&point.fixed)
            .enumerate()
            .map(|(k, (new, old))| (new - old).abs() / found.covariance[(k, k)].sqrt())
            .fold(0.0, f64::max);
        let change_theta = next
            .iter()
            .zip(&theta)
            .enumerate()
            .map(|(k, (new, old))| (new - old).abs() * (0.5 * found.information[(k, k)]).sqrt())
            .fold(0.0, f64::max);
        (point, theta) = (moved, next);
        if !(change_fixed.is_finite() && change_theta.is_finite()) {
            return None;
        }
        if change_fixed < CHANGE && change_theta < CHANGE {
            return Some(End { point, theta, found });
        }
    }
    None
}

/// The way to the solution of the linearised model, halved until the penalised sum
/// of squares does not rise.
fn step(layout: &Layout, from: &Point, to: &Point, theta: &[f64]) -> Option<Point> {
    let objective = |point: &Point| {
        let (rss, random) = layout.squares(point);
        let penalty: f64 = random.iter().zip(theta).filter(|(_, t)| **t > 0.0).map(|(s, t)| s / t).sum();
        rss / theta[theta.len() - 1] + penalty
    };
    let before = objective(from);
    let mut share = 1.0;
    for _ in 0..40 {
        let mut trial = from.clone();
        for (value, target) in trial.fixed.iter_mut().zip(&to.fixed) {
            *value += share * (target - *value);
        }
        for (own, targets) in trial.random.iter_mut().flatten().zip(to.random.iter().flatten()) {
            for (value, target) in own.iter_mut().zip(targets) {
                *value += share * (target - *value);
            }
        }
        if objective(&trial) <= before * (1.0 + 1e-12) + 1e-12 {
            return Some(trial);
        }
        share *= 0.5;
    }
    None
}

/// Estimates with their tests and limits.
fn describe(
    layout: &Layout,
    end: End,
    trends: Vec<FTest>,
    left_out: Vec<(Stage, Effect)>,
    level: f64,
) -> Result<NestedOutcome, StatisticsError> {
    let lost = || StatisticsError::Undefined {
        what: "covariance of the parameters".to_owned(),
        why: "the data do not determine all of them".to_owned(),
    };
    let inference = Inference::new(&end.found).ok_or_else(lost)?;
    let mut curves = Vec::with_capacity(layout.curves);
    for (curve, trend) in trends.into_iter().enumerate() {
        match curve_of(layout, &end, &inference, (curve, trend), level) {
            Some(found) => curves.push(found),
            None => {
                let reason = NotIdentifiedReason::HalfEffectUnbounded;
                return Ok(NestedOutcome::NotIdentified { curve, reason, trend });
            }
        }
    }
    let sd = |(k, (stage, effect)): (usize, &(Stage, Effect))| RandomSd {
        stage: *stage,
        effect: *effect,
        sd: end.theta[k].sqrt(),
    };
    Ok(NestedOutcome::Fitted(Box::new(NestedFit {
        form: layout.form,
        curves,
        random: layout.effects.iter().enumerate().map(sd).collect(),
        left_out,
        sigma: end.theta[end.theta.len() - 1].sqrt(),
        deviance: end.found.deviance,
        animals: layout.blocks.len(),
        lack_of_fit: lack_of_fit(layout, &end.point, &end.theta),
        level,
        inference,
    })))
}

/// One curve with its tests and limits; `None` if the data bound its location on
/// neither side.
fn curve_of(
    layout: &Layout,
    end: &End,
    inference: &Inference,
    (curve, trend): (usize, FTest),
    level: f64,
) -> Option<NestedCurve> {
    let (per, data) = (layout.form.parameters(), &layout.data);
    let of = |parameter| inference.contrast(&weights(layout.form, layout.curves, parameter, curve), level);
    let location = of(NestedParameter::Location);
    let rows = || (0..data.dose.len()).filter(|row| data.curve[*row] == curve);
    let dose: Vec<f64> = rows().map(|row| data.dose[row]).collect();
    let response: Vec<f64> = rows().map(|row| data.response[row]).collect();
    let reach = Reach::of(&dose, &response);
    let k = per * curve + 2;
    let se = inference.plain_se(k);
    let (low, high) = limits(layout, &end.point, &end.theta, k, (se, critical(&location, se)));
    let (location_low, location_high) = (reach.of_ln_dose(low), reach.of_ln_dose(high));
    let anywhere = location_low.is_none() && location_high.is_none();
    if anywhere || !reach.holds_ln_dose(location.estimate) {
        return None;
    }
    let mut animals: Vec<usize> = rows().map(|row| data.animal[row]).collect();
    animals.sort_unstable();
    animals.dedup();
    Some(NestedCurve {
        baseline: of(NestedParameter::Baseline),
        top: of(NestedParameter::Top),
        span: of(NestedParameter::Span),
        slope: (per == 4).then(|| of(NestedParameter::Slope)),
        within_doses: tested(&dose, location.estimate),
        location,
        location_low,
        location_high,
        trend,
        animals: animals.len(),
        observations: dose.len(),
    })
}

/// The location lies between the smallest and the largest positive dose.
fn tested(dose: &[f64], ln: f64) -> bool {
    let positive = || dose.iter().copied().filter(|x| *x > 0.0);
    let (low, high) = (positive().fold(f64::INFINITY, f64::min), positive().fold(0.0, f64::max));
    ln >= libm::log(low) && ln <= libm::log(high)
}
