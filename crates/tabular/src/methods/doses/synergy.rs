//! Several curves, and two substances against all three references.

use crate::fault::Fault;
use crate::methods::doses::{curves, dose_nested};
use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::table::data::{Data, Wanted};
use crate::words::{counted, f_words, short};
use recording::table::Table;
use statistics::dose_response::{CurveData, Parameter, Shape, Verdict, compare_curves, judge};
use statistics::synergy::{EffectCurve, LoeweCell, MaximalEffect, loewe};

/// Whether the curves of several groups differ: in EC50 alone, and at all.
pub(crate) fn compare(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted { groups: 1, doses: 1, within: false })?;
    let names = data.levels(0, question)?;
    let refused = data.refused(question.method, &names);
    if names.len() < 2 {
        let (column, found, method) = (data.group[0].clone(), names.len(), question.method.name());
        return Err(Fault::Groups { column, found, levels: names, method, needed: "at least two" });
    }
    if dose_nested::gives_several_doses(&data) {
        return dose_nested::dose_response(data, question, &names);
    }
    let shape: Shape = question.shape;
    let mut curves: Vec<(Vec<f64>, Vec<f64>)> = vec![(Vec::new(), Vec::new()); names.len()];
    for unit in data.units() {
        if let Some(place) = names.iter().position(|name| *name == unit.groups[0]) {
            curves[place].0.push(unit.doses[0]);
            curves[place].1.push(unit.values[0]);
        }
    }
    let mut outcome = Outcome { title: "Comparison of dose-response curves".to_owned(), ..Outcome::default() };
    let mut absent: Vec<String> = Vec::new();
    for (name, (dose, response)) in names.iter().zip(&curves) {
        outcome.units.push((name.clone(), response.len()));
        let verdict = judge(shape, dose, response, question.level).map_err(&refused)?;
        if !matches!(verdict, Verdict::Ec50(_)) {
            absent.push(name.clone());
        }
        outcome.rows.push(ec50_row(name, &verdict));
    }
    let all: Vec<CurveData> = curves.iter().map(|(dose, response)| CurveData { dose, response }).collect();
    let ec50 = compare_curves(shape, &all, &[Parameter::LnEc50]).map_err(&refused)?.test;
    let whole = compare_curves(shape, &all, shape.parameters()).map_err(&refused)?.test;
    let shape_alone: Vec<Parameter> = shape.parameters().iter().copied().filter(|p| *p != Parameter::LnEc50).collect();
    let parallel = compare_curves(shape, &all, &shape_alone).map_err(&refused)?.test;
    // Curves that do not describe the data have no EC50 to compare.
    if absent.is_empty() {
        outcome.rows.push(Row::f("same EC50", &ec50));
        outcome.rows.push(Row::f("parallel (all but the EC50 the same)", &parallel));
    } else {
        outcome.warnings.push(format!("no EC50 for {}: EC50s are not compared", absent.join(", ")));
    }
    outcome.rows.push(Row::f("one curve for all", &whole));
    let n: Vec<String> = outcome.units.iter().map(|(name, n)| format!("{} ({name})", counted(*n, "value"))).collect();
    let same = if absent.is_empty() {
        format!("same EC50, {}; one curve for all, {}", f_words(&ec50), f_words(&whole))
    } else {
        format!("no EC50 for {}; one curve for all, {}", absent.join(", "), f_words(&whole))
    };
    outcome.sentence = format!("Curves of {}: {same} (extra sum of squares; {}).", names.join(", "), n.join(", "));
    if data.animal.is_some() && data.animals() < data.units().len() {
        outcome.warnings.push(String::from(
            "animals contribute several values: the curves take them as independent, and the tests reject too often",
        ));
    }
    Ok((data, outcome))
}

/// The EC50 of one curve, or that there is none.
fn ec50_row(name: &str, verdict: &Verdict) -> Row {
    let row = Row::new(format!("ec50 {name}"));
    match verdict {
        Verdict::Ec50(found) => {
            let e = &found.ec50;
            Row { estimate: Some(e.estimate), ci_low: e.profile_low, ci_high: e.profile_high, ..row }
                .with("hill", found.curve.hill)
                .with("baseline", found.curve.baseline)
                .with("plateau", found.curve.plateau)
        }
        Verdict::NoLogistic(no) => {
            row.with("not_identified", true).with("lack_of_fit_p", no.lack_of_fit.map(|test| test.p))
        }
        Verdict::NotIdentified(_) => row.with("not_identified", true),
    }
}

/// Bliss, highest single agent and Loewe in every cell with both substances.
pub(crate) fn synergy(table: &Table, question: &Question) -> Found {
    let (data, mut outcome) = curves::interaction(table, question)?;
    let units = data.units();
    let doses = |place: usize| -> Vec<f64> { units.iter().map(|unit| unit.doses[place]).collect() };
    let effect: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(question.method, &[]);
    let (a, b) = (doses(0), doses(1));
    let alone = |own: &[f64], other: &[f64]| -> (Vec<f64>, Vec<f64>) {
        own.iter().zip(other).zip(&effect).filter(|((_, o), _)| **o == 0.0).map(|((x, _), e)| (*x, *e)).unzip()
    };
    let curve = |(dose, effect): (Vec<f64>, Vec<f64>)| EffectCurve::fit(&dose, &effect, MaximalEffect::One);
    let first = curve(alone(&a, &b)).map_err(&refused)?;
    let second = curve(alone(&b, &a)).map_err(&refused)?;
    let cells = loewe(&a, &b, &effect, &first, &second, question.level).map_err(&refused)?;
    for (name, curve) in data.dose.iter().zip([&first, &second]) {
        outcome.rows.push(
            Row { estimate: Some(libm::exp(curve.ln_ed50)), ..Row::new(format!("ed50 of {name} alone")) }
                .with("hill", curve.hill),
        );
    }
    let (mut synergistic, mut antagonistic, mut undefined) = (0, 0, 0);
    for cell in &cells {
        outcome.rows.extend(loewe_rows(&data, cell));
        match cell.index {
            Some(index) if index.high < 1.0 => synergistic += 1,
            Some(index) if index.low > 1.0 => antagonistic += 1,
            None => undefined += 1,
            _ => {}
        }
    }
    outcome.title = "Two substances against Bliss, highest single agent and Loewe".to_owned();
    outcome.sentence.push_str(&format!(
        " Against Loewe additivity {synergistic} of {} combinations were synergistic and {antagonistic} antagonistic \
         (combination index, {} % CI without 1); {undefined} were undefined. Bliss and Loewe disagree for most curves: \
         which of them counts has to be declared before the data are seen.",
        cells.len(),
        short(100.0 * question.level)
    ));
    Ok((data, outcome))
}

/// Combination index and excess of one cell, or why there are none.
fn loewe_rows(data: &Data, cell: &LoeweCell) -> Vec<Row> {
    let term = |what: &str| format!("{} {}, {} {} {what}", data.dose[0], cell.dose_a, data.dose[1], cell.dose_b);
    let index = match (&cell.index, &cell.undefined) {
        (Some(index), _) => Row::interval(term("Loewe index"), index),
        (None, why) => Row::new(term("Loewe index")).with("undefined", why.clone().unwrap_or_default()),
    };
    let excess = cell.excess.as_ref().map(|excess| Row::comparison(term("over Loewe"), excess));
    let excess = excess.map(|row| row.with("mean_effect", cell.mean_effect).with("expected", cell.expected));
    std::iter::once(index).chain(excess).collect()
}
