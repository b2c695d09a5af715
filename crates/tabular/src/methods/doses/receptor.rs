//! Receptor models: what an antagonist or allosteric modulator does to a family of
//! curves, and efficacy and affinity of agonists beside a full one.

use crate::fault::Fault;
use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::table::data::{Data, Record, Wanted};
use crate::words::{f_words, limits_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::StatisticsError;
use statistics::receptor::{
    self, AgonistData, Allosteric, LeftOut, ModulatorFit, ModulatorModel, Operational, Quantity, leave_out,
};
use statistics::synergy::Estimate;
use std::collections::BTreeMap;

/// Animals of units, counted from 0, where an animal gives several values.
fn repeated_animals(data: &Data, units: &[Record]) -> Option<Vec<usize>> {
    data.animal.as_ref()?;
    let mut places = BTreeMap::new();
    let own = units.iter().map(|unit| {
        let next = places.len();
        *places.entry(unit.animal.clone()).or_insert(next)
    });
    let own: Vec<usize> = own.collect();
    (places.len() < own.len()).then_some(own)
}

fn picked(values: &[f64], rows: &[usize]) -> Vec<f64> {
    rows.iter().map(|row| values[*row]).collect()
}

/// A row with limits by profile likelihood, or by leaving out animals where these give
/// several values.
fn estimated(term: String, e: &Estimate, left_out: Option<&LeftOut>) -> Row {
    let row = Row {
        estimate: Some(e.value),
        se: Some(e.se),
        ci_low: e.profile_low,
        ci_high: e.profile_high,
        ..Row::new(term)
    };
    match left_out {
        // What the curves do not bound, animals do not bound either.
        Some(left) => Row {
            se: Some(left.se),
            ci_low: e.profile_low.map(|_| left.low),
            ci_high: e.profile_high.map(|_| left.high),
            ..row
        },
        None => row.with("wald_low", e.wald_low).with("wald_high", e.wald_high),
    }
}

/// Limits of estimates without each animal, or a warning that there are none.
fn limits(
    outcome: &mut Outcome,
    animal: Option<&Vec<usize>>,
    estimates: &[f64],
    level: f64,
    refit: impl Fn(&[usize]) -> Result<Vec<f64>, StatisticsError>,
) -> Option<Vec<LeftOut>> {
    let animal = animal?;
    outcome.warnings.push(String::from(
        "animals contribute several values: F tests and AICc take these as independent; limits come from leaving out one \
         animal at a time",
    ));
    match leave_out(animal, estimates, level, refit) {
        Ok(limits) => Some(limits),
        Err(why) => {
            outcome.warnings.push(format!(
                "limits by leaving out animals do not exist ({}): those given take values as independent and are too narrow",
                crate::words::in_animals(&why)
            ));
            None
        }
    }
}

fn model_words(model: ModulatorModel) -> &'static str {
    match model {
        ModulatorModel::Competitive => "competitive",
        ModulatorModel::Shift => "allosteric shift",
        ModulatorModel::Efficacy => "allosteric, efficacy changed",
    }
}

fn model_of(found: &Allosteric, model: ModulatorModel) -> &ModulatorFit {
    match model {
        ModulatorModel::Competitive => &found.competitive,
        ModulatorModel::Shift => &found.shift,
        ModulatorModel::Efficacy => &found.efficacy,
    }
}

fn values_of(fit: &ModulatorFit) -> Option<Vec<f64>> {
    fit.fit.as_ref().map(|fit| fit.quantities.iter().map(|q| q.estimate.value).collect())
}

/// Competitive and allosteric models of an agonist under a second substance.
pub(crate) fn allosteric(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted { groups: 0, doses: 2, within: false })?;
    let units = data.units();
    let dose = |place: usize| -> Vec<f64> { units.iter().map(|unit| unit.doses[place]).collect() };
    let response: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let (agonist, modulator, level) = (dose(0), dose(1), question.level);
    let found =
        receptor::allosteric(&agonist, &modulator, &response, level).map_err(data.refused(question.method, &[]))?;
    let mut outcome = Outcome { title: "Competitive and allosteric models".to_owned(), ..Outcome::default() };
    outcome.units = vec![(String::new(), units.len())];
    let animal = repeated_animals(&data, &units);
    let preferred = found.preferred().model;
    let own = values_of(found.preferred()).unwrap_or_default();
    let left = limits(&mut outcome, animal.as_ref(), &own, level, |rows| {
        let (a, b, y) = (picked(&agonist, rows), picked(&modulator, rows), picked(&response, rows));
        let again = receptor::allosteric(&a, &b, &y, level)?;
        values_of(model_of(&again, preferred)).ok_or_else(|| StatisticsError::Undefined {
            what: "the model".to_owned(),
            why: "without one animal the rest do not determine it".to_owned(),
        })
    });
    for fit in [&found.competitive, &found.shift, &found.efficacy] {
        let left = left.as_ref().filter(|_| fit.model == preferred);
        outcome.rows.extend(model_rows(fit, left));
        outcome
            .details
            .insert(format!("aicc {}", model_words(fit.model)), json!(fit.aicc.is_finite().then_some(fit.aicc)));
    }
    outcome.rows.push(Row::f("competitive against allosteric shift", &found.shift_test));
    outcome.rows.extend(found.efficacy_test.map(|test| Row::f("shift against change of efficacy", &test)));
    outcome.details.insert("preferred".to_owned(), json!(found.preferred().model));
    if !found.preferred().is_identified() {
        outcome.warnings.push(format!(
            "{} has the smallest AICc, but these data do not bound all of its constants: they are not to be quoted",
            model_words(preferred)
        ));
    }
    outcome.sentence = allosteric_words(&found, level, left.as_ref(), &data.n_of_values(units.len()));
    Ok((data, outcome))
}

fn model_rows(fit: &ModulatorFit, left: Option<&Vec<LeftOut>>) -> Vec<Row> {
    let name = model_words(fit.model);
    let Some(found) = &fit.fit else {
        return vec![Row::new(format!("constants ({name})")).with("not_identified", true)];
    };
    let rows = found.quantities.iter().enumerate().map(|(k, q)| {
        estimated(format!("{} ({name})", q.quantity.name()), &q.estimate, left.and_then(|left| left.get(k)))
    });
    rows.collect()
}

/// "Kʙ was …" with limits to the base 10 turned into concentrations.
fn quoted(fit: &ModulatorFit, quantity: Quantity, left: Option<&Vec<LeftOut>>, level: f64) -> String {
    let Some(found) = &fit.fit else { return String::from("not determined") };
    let Some((k, q)) = found.quantities.iter().enumerate().find(|(_, q)| q.quantity == quantity) else {
        return String::from("not determined");
    };
    let raise = |v: f64| libm::exp10(v);
    let low = q.estimate.profile_low.map(|v| left.and_then(|l| l.get(k)).map_or(v, |l| l.low)).map(raise);
    let high = q.estimate.profile_high.map(|v| left.and_then(|l| l.get(k)).map_or(v, |l| l.high)).map(raise);
    format!("{} ({} % CI {})", short(raise(q.estimate.value)), short(100.0 * level), limits_words(low, high))
}

fn allosteric_words(found: &Allosteric, level: f64, left: Option<&Vec<LeftOut>>, n: &str) -> String {
    let best = found.preferred();
    let quoted = |quantity| quoted(best, quantity, left, level);
    let tested = format!(
        "competitive against allosteric shift, {}; AICc competitive {}, shift {}{}",
        f_words(&found.shift_test),
        short(found.competitive.aicc),
        short(found.shift.aicc),
        if found.efficacy.aicc.is_finite() {
            format!(", change of efficacy {}", short(found.efficacy.aicc))
        } else {
            String::new()
        }
    );
    let kb = quoted(Quantity::Log10Kb);
    match best.model {
        ModulatorModel::Competitive => {
            format!("The shifts are those of a competitive antagonist with a KB of {kb} ({tested}; {n}).")
        }
        ModulatorModel::Shift => format!(
            "The shifts level off as those of an allosteric modulator with a KB of {kb} and a cooperativity alpha of {} \
             ({tested}; {n}).",
            quoted(Quantity::Log10Alpha)
        ),
        ModulatorModel::Efficacy if best.fit.is_none() => format!(
            "The curves change their maximum as neither a competitive antagonist nor a shift does, but these data do not \
             tell what the second substance does to affinity from what it does to efficacy ({tested}; {n})."
        ),
        ModulatorModel::Efficacy => format!(
            "The curves change their maximum as under an allosteric modulator that changes efficacy: at saturation it multiplies tau/KA \
             of the agonist by alpha beta = {}, its affinity by alpha = {}, with a KB of {kb} ({tested}; {n}).",
            quoted(Quantity::Log10AlphaBeta),
            quoted(Quantity::Log10Alpha)
        ),
    }
}

/// Efficacy and affinity of agonists beside the full agonist that `--reference` names.
pub(crate) fn operational(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted { groups: 1, doses: 1, within: false })?;
    if question.reference.is_none() {
        return Err(Fault::asked(
            "name the full agonist with --reference: its maximum stands for that of the system, without which efficacy and \
             affinity cannot be told apart",
        ));
    }
    let names = data.levels(0, question)?;
    let units = data.units();
    let place = |unit: &Record| names.iter().position(|name| *name == unit.groups[0]).unwrap_or_default();
    let of: Vec<usize> = units.iter().map(place).collect();
    let dose: Vec<f64> = units.iter().map(|unit| unit.doses[0]).collect();
    let response: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let level = question.level;
    let fitted = |rows: &[usize]| {
        let mut curves = vec![(Vec::new(), Vec::new()); names.len()];
        for row in rows {
            curves[of[*row]].0.push(dose[*row]);
            curves[of[*row]].1.push(response[*row]);
        }
        let curves: Vec<AgonistData> =
            curves.iter().map(|(concentration, response)| AgonistData { concentration, response }).collect();
        receptor::operational(&curves, level)
    };
    let every: Vec<usize> = (0..units.len()).collect();
    let found = fitted(&every).map_err(data.refused(question.method, &names))?;
    let mut outcome = Outcome { title: "Operational model of agonism".to_owned(), ..Outcome::default() };
    for (k, name) in names.iter().enumerate() {
        outcome.units.push((name.clone(), of.iter().filter(|own| **own == k).count()));
    }
    let listed = listed(&found, &names);
    let estimates: Vec<f64> = listed.iter().map(|(_, e)| e.value).collect();
    let animal = repeated_animals(&data, &units);
    let left = limits(&mut outcome, animal.as_ref(), &estimates, level, |rows| {
        let again = fitted(rows)?;
        let again = self::listed(&again, &names);
        if again.len() != listed.len() {
            return Err(StatisticsError::Undefined {
                what: "efficacy".to_owned(),
                why: "without one animal the rest do not determine it".to_owned(),
            });
        }
        Ok(again.iter().map(|(_, e)| e.value).collect())
    });
    for (k, (term, estimate)) in listed.iter().enumerate() {
        outcome.rows.push(estimated(term.clone(), estimate, left.as_ref().and_then(|left| left.get(k))));
    }
    tests(&mut outcome, &found, &names);
    outcome.sentence = operational_words(&outcome, &found, &names, level, &data.n_of_values(units.len()));
    Ok((data, outcome))
}

/// All estimates with their names.
fn listed(found: &Operational, names: &[String]) -> Vec<(String, Estimate)> {
    let mut list: Vec<(String, Estimate)> =
        found.system.quantities.iter().map(|q| (q.quantity.name().to_owned(), q.estimate)).collect();
    list[3].0 = format!("{} {}", Quantity::Log10Ec50.name(), names[0]);
    for (name, agonist) in names[1..].iter().zip(&found.agonists) {
        list.push((format!("{} {name}", Quantity::Log10Relative.name()), agonist.relative));
        list.extend(agonist.tau.map(|e| (format!("{} {name}", Quantity::Log10Tau.name()), e)));
        list.extend(agonist.affinity.map(|e| (format!("{} {name}", Quantity::Log10Ka.name()), e)));
    }
    list
}

fn tests(outcome: &mut Outcome, found: &Operational, names: &[String]) {
    for (name, agonist) in names[1..].iter().zip(&found.agonists) {
        outcome.rows.extend(agonist.full_test.map(|test| Row::f(format!("{name} is a full agonist"), &test)));
        if agonist.affinity.is_none() {
            outcome.warnings.push(format!(
                "{name} reaches the maximum of {}: its efficacy and affinity cannot be told apart, only tau/KA is given",
                names[0]
            ));
        }
    }
    outcome.rows.extend(found.equal_tau.map(|test| Row::f("same efficacy (tau) of the partial agonists", &test)));
    outcome.rows.push(Row::f("same tau/KA of all agonists", &found.equal_transduction));
    outcome.details.insert("rss".to_owned(), json!(found.system.rss));
    outcome.details.insert("df".to_owned(), json!(found.system.df));
    outcome.details.insert("aicc".to_owned(), json!(found.system.aicc));
    outcome.warnings.push(format!("{} is taken as a full agonist: its maximum is that of the system", names[0]));
}

fn operational_words(outcome: &Outcome, found: &Operational, names: &[String], level: f64, n: &str) -> String {
    let limits = |term: String| {
        let row = outcome.rows.iter().find(|row| row.term == term);
        row.map_or_else(String::new, |row| limits_words(row.ci_low, row.ci_high))
    };
    let one = |(name, agonist): (&String, &receptor::AgonistFit)| {
        let ratio = format!(
            "log10 tau/KA of {name} less that of {} was {} ({} % CI {})",
            names[0],
            short(agonist.relative.value),
            short(100.0 * level),
            limits(format!("{} {name}", Quantity::Log10Relative.name()))
        );
        match (&agonist.tau, &agonist.affinity) {
            (Some(tau), Some(ka)) => format!(
                "{ratio}, with log10 tau {} ({}) and log10 KA {} ({})",
                short(tau.value),
                limits(format!("{} {name}", Quantity::Log10Tau.name())),
                short(ka.value),
                limits(format!("{} {name}", Quantity::Log10Ka.name()))
            ),
            _ => ratio,
        }
    };
    let each: Vec<String> = names[1..].iter().zip(&found.agonists).map(one).collect();
    format!("{} (same tau/KA of all: {}; {n}).", each.join("; "), p_words(found.equal_transduction.p))
}
