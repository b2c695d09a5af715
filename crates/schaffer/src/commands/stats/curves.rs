//! Doses: curves, antagonists and pairs of substances.

use super::Found;
use super::arguments::Stats;
use super::data::{Data, Wanted};
use super::groups::n_words;
use super::outcome::{Outcome, Row, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::StatisticsError;
use statistics::dose_response::{self, CurveOutcome};
use statistics::synergy::{self, Estimate, GaddumFit, Reference};

/// A curve of one substance.
pub fn dose_response(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted { groups: 0, doses: 1, within: false })?;
    let units = data.units();
    let dose: Vec<f64> = units.iter().map(|unit| unit.doses[0]).collect();
    let response: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(arguments.method, &[]);
    if response.iter().all(|y| *y == response[0]) {
        return Err(refused(StatisticsError::ZeroVariance { what: "all responses".to_owned() }));
    }
    let found = dose_response::fit(arguments.shape.into(), &dose, &response, arguments.interval).map_err(&refused)?;
    let mut outcome = Outcome { title: "Dose-response curve".to_owned(), ..Outcome::default() };
    outcome.units = vec![(String::new(), units.len())];
    let n = n_words(&outcome.units, "value");
    if data.animal.is_some() && data.animals() < units.len() {
        outcome.warnings.push(String::from(
            "animals contribute several values: the curve takes them as independent, and its intervals are too narrow",
        ));
    }
    match found {
        CurveOutcome::Fitted(fit) => {
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
            let row =
                Row { estimate: Some(e.estimate), ci_low: e.profile_low, ci_high: e.profile_high, ..Row::new("ec50") };
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
            let limit = |limit: Option<f64>| limit.map_or_else(|| String::from("unbounded"), short);
            outcome.sentence = format!(
                "EC50 was {} ({} % profile-likelihood CI {} to {}; Hill slope {}; {n}).",
                short(e.estimate),
                short(100.0 * arguments.interval),
                limit(e.profile_low),
                limit(e.profile_high),
                short(fit.curve.hill)
            );
        }
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

fn estimated(name: &str, e: &Estimate) -> Row {
    let (ci_low, ci_high) = (e.profile_low, e.profile_high);
    Row { estimate: Some(e.value), se: Some(e.se), ci_low, ci_high, ..Row::new(name) }
        .with("wald_low", e.wald_low)
        .with("wald_high", e.wald_high)
}

/// Competitive antagonism: the Gaddum/Schild global fit, and the regression.
pub fn schild(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted { groups: 0, doses: 2, within: false })?;
    let units = data.units();
    let dose = |place: usize| -> Vec<f64> { units.iter().map(|unit| unit.doses[place]).collect() };
    let response: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(arguments.method, &[]);
    let level = arguments.interval;
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
    let limit = |limit: Option<f64>| limit.map_or_else(|| String::from("unbounded"), short);
    outcome.sentence = format!(
        "pA2 was {} ({} % profile-likelihood CI {} to {}; Schild slope 1 against free: F({}, {}) = {}, {}; {}).",
        short(pa2.value),
        short(100.0 * level),
        limit(pa2.profile_low),
        limit(pa2.profile_high),
        short(fit.slope_test.df1),
        short(fit.slope_test.df2),
        short(fit.slope_test.f),
        p_words(fit.slope_test.p),
        n_words(&outcome.units, "value")
    );
    Ok((data, outcome))
}

/// Two substances together against Bliss and the highest single agent.
pub fn interaction(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted { groups: 0, doses: 2, within: false })?;
    let units = data.units();
    let dose = |place: usize| -> Vec<f64> { units.iter().map(|unit| unit.doses[place]).collect() };
    let effect: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(arguments.method, &[]);
    let mut outcome = Outcome { title: "Interaction of two substances".to_owned(), ..Outcome::default() };
    outcome.units = vec![(String::new(), units.len())];
    let mut above = 0;
    let mut below = 0;
    for (name, reference) in [("Bliss", Reference::Bliss), ("HSA", Reference::HighestSingleAgent)] {
        let cells =
            synergy::interaction(reference, &dose(0), &dose(1), &effect, arguments.interval).map_err(&refused)?;
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
    let n = n_words(&outcome.units, "value");
    outcome.sentence = format!(
        "Against Bliss independence {above} of {} combinations were synergistic and {below} antagonistic ({} % CI without 0, not adjusted for their number; {n}).",
        outcome.rows.len() / 2,
        short(100.0 * arguments.interval)
    );
    Ok((data, outcome))
}
