//! Doses: curves, antagonists and pairs of substances.

use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::table::data::{Data, Wanted};
use crate::words::{f_words, limit_words, short};
use recording::table::Table;
use statistics::synergy::{self, Estimate, GaddumFit, Reference};

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
