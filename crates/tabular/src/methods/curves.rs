//! Doses: curves, antagonists and pairs of substances.

use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::table::data::{Data, Wanted};
use crate::words::{f_words, limit_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::StatisticsError;
use statistics::dose_response::{self, CurveFit, CurveOutcome};
use statistics::synergy::{self, Estimate, GaddumFit, Reference};

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
    let found = dose_response::fit(question.shape, &dose, &response, question.level).map_err(&refused)?;
    let mut outcome = Outcome { title: "Dose-response curve".to_owned(), ..Outcome::default() };
    outcome.units = vec![(String::new(), units.len())];
    let n = data.n_of_values(units.len());
    if data.animal.is_some() && data.animals() < units.len() {
        outcome.warnings.push(String::from(
            "animals contribute several values: the curve takes them as independent, and its intervals are too narrow",
        ));
    }
    match found {
        CurveOutcome::Fitted(fit) => fitted(&mut outcome, &fit, question.level, &n),
        CurveOutcome::NotIdentified(why) => {
            let reason = json!(why.reason).as_str().unwrap_or_default().to_owned();
            outcome.rows.push(Row::f("trend", &why.trend));
            outcome.details.insert("mean".to_owned(), json!(why.mean));
            outcome.details.insert("not_identified".to_owned(), json!(reason));
            let p = p_words(why.trend.p);
            outcome.sentence =
                format!("The data do not identify a curve ({reason}; best curve against the mean, {p}; {n}).");
        }
    }
    Ok((data, outcome))
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
    let row = Row { estimate: Some(e.estimate), ci_low: e.profile_low, ci_high: e.profile_high, ..Row::new("ec50") };
    outcome.rows.push(row.with("wald_low", e.wald_low).with("wald_high", e.wald_high));
    outcome.rows.push(Row::f("trend", &fit.trend));
    if let Some(lack) = &fit.lack_of_fit {
        outcome.rows.push(Row::f("lack of fit", lack));
    }
    let details = [("rss", fit.rss), ("df", fit.df), ("sigma", fit.sigma), ("aic", fit.aic), ("bic", fit.bic)];
    outcome.details.extend(details.map(|(name, value)| (name.to_owned(), json!(value))));
    if !e.within_doses {
        outcome.warnings.push(String::from("the EC50 lies outside the doses tested"));
    }
    outcome.sentence = format!(
        "EC50 was {} ({} % profile-likelihood CI {} to {}; Hill slope {}; {n}).",
        short(e.estimate),
        short(100.0 * level),
        limit_words(e.profile_low),
        limit_words(e.profile_high),
        short(fit.curve.hill)
    );
}

fn estimated(name: &str, e: &Estimate) -> Row {
    let (ci_low, ci_high) = (e.profile_low, e.profile_high);
    Row { estimate: Some(e.value), se: Some(e.se), ci_low, ci_high, ..Row::new(name) }
        .with("wald_low", e.wald_low)
        .with("wald_high", e.wald_high)
}

/// Competitive antagonism: the Gaddum/Schild global fit, and the regression.
pub(crate) fn schild(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted { groups: 0, doses: 2, within: false })?;
    let units = data.units();
    let dose = |place: usize| -> Vec<f64> { units.iter().map(|unit| unit.doses[place]).collect() };
    let response: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(question.method, &[]);
    let level = question.level;
    let fit = synergy::gaddum_schild(&dose(0), &dose(1), &response, level).map_err(&refused)?;
    let mut outcome = Outcome { title: "Gaddum/Schild global fit".to_owned(), ..Outcome::default() };
    outcome.units = vec![(String::new(), units.len())];
    let mut add = |kind: &str, f: &GaddumFit| {
        let list =
            [("top", &f.top), ("bottom", &f.bottom), ("log10_ec50", &f.log10_ec50), ("hill", &f.hill), ("pa2", &f.pa2)];
        for (name, estimate) in list.into_iter().chain(f.slope.as_ref().map(|slope| ("slope", slope))) {
            outcome.rows.push(estimated(&format!("{name} ({kind})"), estimate));
        }
    };
    add("slope 1", &fit.slope_one);
    add("slope free", &fit.slope_free);
    outcome.rows.push(Row::f("slope = 1", &fit.slope_test));
    match synergy::schild_regression(&dose(0), &dose(1), &response, level) {
        Ok(line) => {
            outcome.rows.push(Row { se: Some(line.slope_se), ..Row::interval("slope (regression)", &line.slope) });
            outcome.rows.push(Row { estimate: Some(line.pa2), ..Row::new("pa2 (regression)") });
        }
        Err(why) => outcome.warnings.push(format!("no Schild regression: {why}")),
    }
    let pa2 = &fit.slope_one.pa2;
    outcome.sentence = format!(
        "pA2 was {} ({} % profile-likelihood CI {} to {}; Schild slope 1 against free: {}; {}).",
        short(pa2.value),
        short(100.0 * level),
        limit_words(pa2.profile_low),
        limit_words(pa2.profile_high),
        f_words(&fit.slope_test),
        data.n_of_values(units.len())
    );
    Ok((data, outcome))
}

/// Two substances together against Bliss and the highest single agent.
pub(crate) fn interaction(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted { groups: 0, doses: 2, within: false })?;
    let units = data.units();
    let dose = |place: usize| -> Vec<f64> { units.iter().map(|unit| unit.doses[place]).collect() };
    let effect: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(question.method, &[]);
    let mut outcome = Outcome { title: "Interaction of two substances".to_owned(), ..Outcome::default() };
    outcome.units = vec![(String::new(), units.len())];
    let mut above = 0;
    let mut below = 0;
    for (name, reference) in [("Bliss", Reference::Bliss), ("HSA", Reference::HighestSingleAgent)] {
        let cells = synergy::interaction(reference, &dose(0), &dose(1), &effect, question.level).map_err(&refused)?;
        for cell in cells {
            let term = format!("{} {}, {} {} over {name}", data.dose[0], cell.dose_a, data.dose[1], cell.dose_b);
            let row = Row::comparison(term, &cell.excess)
                .with("mean_effect", cell.mean_effect)
                .with("expected", cell.expected);
            outcome.rows.push(row);
            if reference == Reference::Bliss {
                above += usize::from(cell.excess.ci_low > 0.0);
                below += usize::from(cell.excess.ci_high < 0.0);
            }
        }
    }
    let n = data.n_of_values(units.len());
    outcome.sentence = format!(
        "Against Bliss independence {above} of {} combinations were synergistic and {below} antagonistic ({} % CI without 0, not adjusted for their number; {n}).",
        outcome.rows.len() / 2,
        short(100.0 * question.level)
    );
    Ok((data, outcome))
}
