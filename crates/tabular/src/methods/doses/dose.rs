//! The dose-response curve of one substance, or why there is none.

use crate::methods::doses::dose_nested::{self, reason_words};
use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::table::data::{Data, Wanted};
use crate::words::{f_words, limits_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::StatisticsError;
use statistics::dose_response::{
    CurveFit, NoLogistic, NotIdentified, OtherFit, OtherParameter, OtherShape, Verdict, judge,
};

/// A curve of one substance.
pub(crate) fn dose_response(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted { groups: 0, doses: 1, within: false })?;
    let units = data.units();
    let dose: Vec<f64> = units.iter().map(|unit| unit.doses[0]).collect();
    let response: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(question.method, &[]);
    if response.iter().all(|y| *y == response[0]) {
        return Err(refused(StatisticsError::ZeroVariance { what: "all responses".to_owned() }));
    }
    if dose_nested::gives_several_doses(&data) {
        return dose_nested::dose_response(data, question, &[String::new()]);
    }
    let found = judge(question.shape, &dose, &response, question.level).map_err(&refused)?;
    let mut outcome = Outcome { title: "Dose-response curve".to_owned(), ..Outcome::default() };
    outcome.units = vec![(String::new(), units.len())];
    let n = data.n_of_values(units.len());
    if data.animal.is_some() && data.animals() < units.len() {
        outcome.warnings.push(String::from(
            "animals contribute several values: the curve takes them as independent, and its intervals are wrong",
        ));
    }
    match found {
        Verdict::Ec50(fit) => fitted(&mut outcome, &fit, question.level, &n),
        Verdict::NoLogistic(no) => refused_curve(&mut outcome, &no, question.level, &n),
        Verdict::NotIdentified(why) => not_identified(&mut outcome, &why, &n),
    }
    Ok((data, outcome))
}

fn not_identified(outcome: &mut Outcome, why: &NotIdentified, n: &str) {
    outcome.rows.push(Row::f("trend", &why.trend));
    outcome.details.insert("mean".to_owned(), json!(why.mean));
    outcome.details.insert("not_identified".to_owned(), json!(why.reason));
    outcome.sentence =
        format!("No EC50: {} (best curve against the mean, {}; {n}).", reason_words(why.reason), p_words(why.trend.p));
}

/// Parameters, EC50 and tests of a curve that the data identify.
fn fitted(outcome: &mut Outcome, fit: &CurveFit, level: f64, n: &str) {
    for p in &fit.parameters {
        let row = Row {
            estimate: Some(p.estimate),
            se: Some(p.se),
            ci_low: p.profile_low,
            ci_high: p.profile_high,
            ..Row::new(json!(p.parameter).as_str().unwrap_or_default())
        };
        outcome.rows.push(row.with("wald_low", p.wald_low).with("wald_high", p.wald_high));
    }
    let e = &fit.ec50;
    // A side that the data do not bound has no Wald limit either.
    let wald = |limit: Option<f64>, wald: f64| limit.map(|_| wald);
    let row = Row { estimate: Some(e.estimate), ci_low: e.profile_low, ci_high: e.profile_high, ..Row::new("ec50") };
    let row = row.with("wald_low", wald(e.profile_low, e.wald_low));
    outcome.rows.push(row.with("wald_high", wald(e.profile_high, e.wald_high)));
    outcome.rows.push(Row::f("trend", &fit.trend));
    let lack = match &fit.lack_of_fit {
        Some(lack) => {
            outcome.rows.push(Row::f("lack of fit", lack));
            format!("lack of fit, {}", f_words(lack))
        }
        None => "lack of fit not testable without replicates and spare doses".to_owned(),
    };
    let details = [("rss", fit.rss), ("df", fit.df), ("sigma", fit.sigma), ("aic", fit.aic), ("bic", fit.bic)];
    outcome.details.extend(details.map(|(name, value)| (name.to_owned(), json!(value))));
    if !e.within_doses {
        outcome.warnings.push(String::from("the EC50 lies outside the doses tested"));
    }
    outcome.sentence = format!(
        "EC50 was {}{} ({} % profile-likelihood CI {}; Hill slope {}; {lack}; {n}).",
        short(e.estimate),
        if e.within_doses { "" } else { ", outside the doses tested" },
        short(100.0 * level),
        limits_words(e.profile_low, e.profile_high),
        short(fit.curve.hill)
    );
}

/// A logistic curve misses the data: no EC50, and what fits instead.
fn refused_curve(outcome: &mut Outcome, no: &NoLogistic, level: f64, n: &str) {
    let why = match &no.lack_of_fit {
        Some(lack) => {
            outcome.rows.push(Row::f("lack of fit", lack));
            format!(
                "No EC50: a logistic curve misses the dose means by more than replicates scatter (lack of fit, {})",
                f_words(lack)
            )
        }
        None => "No EC50: another curve describes the data better than any logistic curve".to_owned(),
    };
    outcome.details.insert("not_identified".to_owned(), json!("lack-of-fit"));
    outcome.details.insert("aicc_logistic".to_owned(), json!(no.aicc));
    let instead = match &no.other {
        None => "Neither a bell-shaped curve nor one of two phases describes them".to_owned(),
        Some(other) => {
            other_rows(outcome, other);
            other_words(other, no.aicc, level)
        }
    };
    outcome.sentence = format!("{why}. {instead} ({n}).");
}

fn other_rows(outcome: &mut Outcome, other: &OtherFit) {
    for p in &other.parameters {
        let row = |term: &str, of: &dyn Fn(f64) -> f64| Row {
            estimate: Some(of(p.estimate)),
            ci_low: p.profile_low.map(of),
            ci_high: p.profile_high.map(of),
            ..Row::new(term)
        };
        outcome.rows.push(Row { se: Some(p.se), ..row(p.parameter.name(), &|v| v) });
        if p.parameter.is_ln_dose() {
            outcome.rows.push(row(p.parameter.name().trim_start_matches("ln-"), &libm::exp));
        }
    }
    if let Some(lack) = &other.lack_of_fit {
        outcome.rows.push(Row::f("lack of fit (other curve)", lack));
    }
    outcome.details.insert("other_curve".to_owned(), json!(other.shape));
    outcome.details.insert("aicc_other".to_owned(), json!(other.aicc));
}

fn other_words(other: &OtherFit, aicc: f64, level: f64) -> String {
    let of = |wanted| other.parameter(wanted);
    let dose = |wanted: OtherParameter| {
        of(wanted).map_or_else(String::new, |p| {
            let limits = limits_words(p.profile_low.map(libm::exp), p.profile_high.map(libm::exp));
            format!("{} ({} % CI {limits})", short(libm::exp(p.estimate)), short(100.0 * level))
        })
    };
    let value = |wanted: OtherParameter| of(wanted).map_or(f64::NAN, |p| p.estimate);
    let base = value(OtherParameter::Baseline);
    let fits = match &other.lack_of_fit {
        Some(test) => format!("lack of fit, {}; AICc lower by {}", p_words(test.p), short(aicc - other.aicc)),
        None => format!("AICc lower by {}", short(aicc - other.aicc)),
    };
    match other.shape {
        OtherShape::Bell => {
            let height = value(OtherParameter::Height);
            let turn = if height >= 0.0 { "peak" } else { "trough" };
            format!(
                "A bell-shaped curve, Gaussian in log dose, describes them ({fits}): {turn} of {} at dose {}, from a baseline of {}",
                short(base + height),
                dose(OtherParameter::LnPeakDose),
                short(base)
            )
        }
        OtherShape::TwoPhases => format!(
            "A curve of two phases describes them ({fits}): {} without dose, {} after a first step at dose {}, {} after a second at dose {}",
            short(base),
            short(value(OtherParameter::Middle)),
            dose(OtherParameter::LnFirstEc50),
            short(value(OtherParameter::End)),
            dose(OtherParameter::LnSecondEc50)
        ),
    }
}
