//! Curves of animals that give several doses: a nonlinear mixed model. The design
//! chooses it, not the data.

use crate::mixed::nested::numbered;
use crate::outcome::{Found, Outcome, Row};
use crate::question::{Question, Unit};
use crate::table::data::Data;
use crate::words::{counted, f_words, limits_words, p_words, short};
use serde_json::json;
use statistics::dose_response::{NotIdentifiedReason, Shape};
use statistics::nested_curve::{
    Effect, Form, NestedCurve, NestedData, NestedFit, NestedParameter, NestedVerdict, Stage, judge,
};
use statistics::{Comparison, StatisticsError};
use std::collections::BTreeMap;

/// Whether the unit is the animal and an animal was given several doses.
pub(crate) fn gives_several_doses(data: &Data) -> bool {
    if data.unit != Some(Unit::Animal) {
        return false;
    }
    let mut first: BTreeMap<_, u64> = BTreeMap::new();
    data.records.iter().any(|record| {
        let dose = record.doses[0].to_bits();
        *first.entry(&record.animal).or_insert(dose) != dose
    })
}

/// Why data do not identify a curve.
pub(crate) fn reason_words(reason: NotIdentifiedReason) -> &'static str {
    match reason {
        NotIdentifiedReason::NoTrend => "the responses do not change with dose",
        NotIdentifiedReason::Singular => {
            "several curves fit equally well: the doses do not show both plateaus and the slope between them"
        }
        NotIdentifiedReason::HalfEffectUnbounded => "the data do not bound the half-effective dose",
    }
}

/// Columns of the model.
struct Columns {
    dose: Vec<f64>,
    response: Vec<f64>,
    animal: Vec<usize>,
    curve: Vec<usize>,
    slice: Option<Vec<usize>>,
}

fn columns(data: &Data, names: &[String]) -> Columns {
    let records = &data.records;
    let place = |groups: &[String]| groups.first().and_then(|g| names.iter().position(|n| n == g)).unwrap_or(0);
    let label = |k: usize| format!("{:?} {:?}", records[k].animal, records[k].slice);
    let labels: Vec<String> = (0..records.len()).map(label).collect();
    // A slice is a random effect only where it was given several doses.
    let mut first: BTreeMap<&String, u64> = BTreeMap::new();
    let repeated = records
        .iter()
        .zip(&labels)
        .any(|(record, label)| *first.entry(label).or_insert(record.doses[0].to_bits()) != record.doses[0].to_bits());
    Columns {
        dose: records.iter().map(|r| r.doses[0]).collect(),
        response: records.iter().map(|r| r.values[0]).collect(),
        animal: numbered(records.iter().filter_map(|r| r.animal.as_ref())),
        curve: records.iter().map(|r| place(&r.groups)).collect(),
        slice: (data.slice.is_some() && repeated).then(|| numbered(labels.iter())),
    }
}

/// Curves of one substance (`names` holds one empty name) or of several.
pub(crate) fn dose_response(data: Data, question: &Question, names: &[String]) -> Found {
    let refused = data.refused(question.method, if names.len() > 1 { names } else { &[] });
    let form = match question.shape {
        Shape::ThreeParameter => Form::LogisticOfSlopeOne,
        Shape::FourParameter => Form::Logistic,
        Shape::FiveParameter => {
            let (what, why) = ("a curve of five parameters".to_owned(), "animals give several doses".to_owned());
            return Err(refused(StatisticsError::Undefined { what, why }));
        }
    };
    let own = columns(&data, names);
    let nested = NestedData {
        dose: &own.dose,
        response: &own.response,
        animal: &own.animal,
        curve: &own.curve,
        slice: own.slice.as_deref(),
    };
    let title = "Dose-response curve (nonlinear mixed model, Kenward-Roger)".to_owned();
    let mut outcome = Outcome { title, ..Outcome::default() };
    for (curve, name) in names.iter().enumerate() {
        let mut animals: Vec<usize> =
            own.animal.iter().zip(&own.curve).filter(|(_, c)| **c == curve).map(|(a, _)| *a).collect();
        animals.sort_unstable();
        animals.dedup();
        outcome.units.push((name.clone(), animals.len()));
    }
    let n = format!("{} of {}", counted(own.dose.len(), "value"), counted(data.animals(), "animal"));
    match judge(&nested, form, question.level).map_err(&refused)? {
        NestedVerdict::Ec50(fit) => {
            let curves: Vec<String> =
                fit.curves.iter().zip(names).map(|(curve, name)| curve_words(&mut outcome, curve, name)).collect();
            let compared =
                if names.len() > 1 { compare(&mut outcome, &fit, names).map_err(&refused)? } else { String::new() };
            shared(&mut outcome, &fit);
            outcome.sentence =
                format!("{} ({}{n}; each animal has its own {}).", curves.join("; "), compared, varies(&fit));
        }
        NestedVerdict::NoLogistic { lack_of_fit, bell } => {
            let why = match &lack_of_fit {
                Some(test) => {
                    outcome.rows.push(Row::f("lack of fit", test));
                    format!("a logistic curve misses the dose means (lack of fit, {})", f_words(test))
                }
                None => "the responses turn, and no logistic curve is determined".to_owned(),
            };
            outcome.details.insert("not_identified".to_owned(), json!("lack-of-fit"));
            let instead = bell.map_or_else(String::new, |bell| bell_words(&mut outcome, &bell));
            outcome.sentence = format!("No EC50: {why}.{instead} ({n}).");
        }
        NestedVerdict::NotIdentified { curve, reason, trend } => {
            outcome.rows.push(Row::f("trend", &trend));
            outcome.details.insert("not_identified".to_owned(), json!(reason));
            let of = if names.len() > 1 { format!(" of {}", names[curve]) } else { String::new() };
            let (reason, trend) = (reason_words(reason), f_words(&trend));
            outcome.sentence = format!("No EC50{of}: {reason} (dose means against their mean, {trend}; {n}).");
        }
    }
    Ok((data, outcome))
}

/// An estimate without the test against 0, which means nothing for it.
fn untested(term: String, c: &Comparison) -> Row {
    Row { statistic: None, p: None, kind: None, ..Row::comparison(term, c) }
}

/// Rows of one curve; its EC50 in words.
fn curve_words(outcome: &mut Outcome, curve: &NestedCurve, name: &str) -> String {
    let term = |what: &str| if name.is_empty() { what.to_owned() } else { format!("{what} {name}") };
    let c = &curve.location;
    let (low, high) = (curve.location_low.map(libm::exp), curve.location_high.map(libm::exp));
    let ec50 = Row {
        estimate: Some(libm::exp(c.estimate)),
        df: Some(c.df),
        ci_low: low,
        ci_high: high,
        ..Row::new(term("ec50"))
    };
    let wald = |limit: Option<f64>, wald: f64| limit.map(|_| libm::exp(wald));
    outcome.rows.push(ec50.with("wald_low", wald(low, c.ci_low)).with("wald_high", wald(high, c.ci_high)));
    outcome.rows.push(untested(term("baseline"), &curve.baseline));
    outcome.rows.push(untested(term("top"), &curve.top));
    outcome.rows.push(untested(term("ln-ec50"), c));
    if let Some(slope) = &curve.slope {
        outcome.rows.push(untested(term("ln-hill"), slope));
    }
    outcome.rows.push(Row::f(term("trend"), &curve.trend));
    if !curve.within_doses {
        outcome.warnings.push(format!("the {} lies outside the doses tested", term("EC50")));
    }
    format!(
        "{} was {} ({} % profile CI {})",
        term("EC50"),
        short(libm::exp(c.estimate)),
        short(100.0 * c.level),
        limits_words(low, high)
    )
}

/// Every further curve against the first, and joint tests.
fn compare(outcome: &mut Outcome, fit: &NestedFit, names: &[String]) -> Result<String, StatisticsError> {
    let mut words = String::new();
    for (curve, name) in names.iter().enumerate().skip(1) {
        let ratio = fit.difference(NestedParameter::Location, 0, curve)?;
        let row = Row::comparison(format!("ec50 {name} / ec50 {}", names[0]), &ratio);
        outcome.rows.push(Row {
            estimate: Some(libm::exp(ratio.estimate)),
            se: None,
            ci_low: Some(libm::exp(ratio.ci_low)),
            ci_high: Some(libm::exp(ratio.ci_high)),
            ..row
        });
        words.push_str(&format!(
            "ratio of EC50s {name} / {} {} ({} % CI {} to {}, {}); ",
            names[0],
            short(libm::exp(ratio.estimate)),
            short(100.0 * ratio.level),
            short(libm::exp(ratio.ci_low)),
            short(libm::exp(ratio.ci_high)),
            p_words(ratio.p)
        ));
        let top = fit.difference(NestedParameter::Top, 0, curve)?;
        outcome.rows.push(Row::comparison(format!("top {name} - top {}", names[0]), &top));
    }
    let mut shape = vec![NestedParameter::Baseline, NestedParameter::Top];
    if fit.curves[0].slope.is_some() {
        shape.push(NestedParameter::Slope);
    }
    outcome.rows.push(Row::f("same EC50", &fit.equal(&[NestedParameter::Location])?));
    outcome.rows.push(Row::f("same top", &fit.equal(&[NestedParameter::Top])?));
    outcome.rows.push(Row::f("parallel (all but the EC50 the same)", &fit.equal(&shape)?));
    shape.push(NestedParameter::Location);
    outcome.rows.push(Row::f("one curve for all", &fit.equal(&shape)?));
    Ok(words)
}

/// What belongs to the whole model.
fn shared(outcome: &mut Outcome, fit: &NestedFit) {
    if let Some(lack) = &fit.lack_of_fit {
        outcome.rows.push(Row::f("lack of fit", lack));
    }
    for random in &fit.random {
        let name = format!("sd_{}_{}", effect_name(random.effect), stage_name(random.stage));
        outcome.details.insert(name, json!(random.sd));
    }
    outcome.details.insert("sd_residual".to_owned(), json!(fit.sigma));
    outcome.details.insert("animals".to_owned(), json!(fit.animals));
    for (stage, effect) in &fit.left_out {
        outcome.warnings.push(format!(
            "with a random {} of each {} the fit did not converge: it is left out",
            effect_name(*effect),
            stage_name(*stage)
        ));
    }
}

fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::Level => "level",
        Effect::Span => "span",
        Effect::Location => "ln_ec50",
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Animal => "animal",
        Stage::CurveInAnimal => "curve_in_animal",
    }
}

/// "level, span and EC50".
fn varies(fit: &NestedFit) -> String {
    let names: Vec<&str> = [(Effect::Level, "level"), (Effect::Span, "span"), (Effect::Location, "EC50")]
        .into_iter()
        .filter(|(effect, _)| fit.random.iter().any(|r| r.effect == *effect))
        .map(|(_, name)| name)
        .collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Rows and words of a bell that fits where a logistic curve does not.
fn bell_words(outcome: &mut Outcome, bell: &NestedFit) -> String {
    let curve = &bell.curves[0];
    let (low, high) = (curve.location_low.map(libm::exp), curve.location_high.map(libm::exp));
    let peak = libm::exp(curve.location.estimate);
    outcome.rows.push(Row { estimate: Some(peak), ci_low: low, ci_high: high, ..Row::new("peak-dose") });
    outcome.rows.push(untested("peak".to_owned(), &curve.top));
    outcome.rows.push(untested("baseline".to_owned(), &curve.baseline));
    if let Some(lack) = &bell.lack_of_fit {
        outcome.rows.push(Row::f("lack of fit (bell)", lack));
    }
    outcome.details.insert("other_curve".to_owned(), json!(bell.form));
    format!(
        " A bell-shaped curve, Gaussian in log dose, describes them: {} of {} at dose {} ({} % profile CI {}), from a baseline of {}",
        if curve.span.estimate >= 0.0 { "peak" } else { "trough" },
        short(curve.top.estimate),
        short(peak),
        short(100.0 * bell.level),
        limits_words(low, high),
        short(curve.baseline.estimate)
    )
}
