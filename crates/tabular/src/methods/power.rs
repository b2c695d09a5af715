//! Power of an experiment like the one in the table, or a planned one.

use crate::fault::Fault;
use crate::mixed::nested::{Nested, fitted, nested};
use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::words::{in_animals, short};
use recording::table::Table;
use serde_json::json;
use statistics::power::{self, Layout, Simulation};
use statistics::{StatisticsError, clustered};
use std::collections::BTreeMap;

/// What the power is computed for.
struct Assumed {
    /// True difference, unit of the response.
    effect: f64,
    /// SD between animals.
    sd_animal: f64,
    /// SD of slices of one animal.
    sd_slice: f64,
    /// Two-sided level.
    alpha: f64,
    /// Slices of each animal.
    slices: usize,
}

/// Simulated power of the real layout, closed form of a balanced one, animals
/// needed for 80 and 90 %.
pub(crate) fn power(table: &Table, question: &Question) -> Found {
    let (data, nested) = nested(table, question, 1)?;
    if nested.names.len() != 2 {
        let (column, found, levels) = (data.group[0].clone(), nested.names.len(), nested.names);
        return Err(Fault::Groups { column, found, levels, method: question.method.name(), needed: "two" });
    }
    data.require_one_group()?;
    let refused = data.refused(question.method, &nested.names);
    let fit = fitted(&nested).map_err(&refused)?;
    let found = fit.coefficients()[1] - fit.coefficients()[0];
    let own = Layout { first: sizes(&nested, 0), second: sizes(&nested, 1) };
    let mean = nested.response.len() as f64 / (own.first.len() + own.second.len()) as f64;
    let assumed = Assumed {
        effect: question.effect.unwrap_or(found),
        sd_animal: question.sd_animal.unwrap_or(fit.sd_cluster),
        sd_slice: question.sd_slice.unwrap_or(fit.sd_residual),
        alpha: 1.0 - question.level,
        slices: question.slices.unwrap_or_else(|| mean.round().max(1.0) as usize),
    };
    let mut outcome = Outcome { title: "Power of a nested comparison".to_owned(), ..Outcome::default() };
    outcome.units = vec![(nested.names[0].clone(), own.first.len()), (nested.names[1].clone(), own.second.len())];
    let (power, layout) = match question.animals {
        Some(animals) => {
            let (row, power) = closed_form(&assumed, animals).map_err(&refused)?;
            outcome.rows.push(row);
            if let Some(doubt) = question.effect_sd {
                outcome.rows.push(assured(&assumed, animals, doubt).map_err(&refused)?);
            }
            (power, format!("{animals} animals of {} slices in each group", assumed.slices))
        }
        None if question.slices.is_some() => return Err(Fault::asked("--slices needs --animals")),
        None => {
            let (row, power) = simulated(&assumed, &own, question).map_err(&refused)?;
            outcome.rows.push(row);
            (power, String::from("the animals and slices of the table"))
        }
    };
    require_animals(&mut outcome, &assumed);
    let Assumed { effect, sd_animal, sd_slice, alpha, .. } = assumed;
    let details = [("effect", effect), ("sd_animal", sd_animal), ("sd_slice", sd_slice), ("alpha", alpha)];
    outcome.details.extend(details.map(|(name, value)| (name.to_owned(), json!(value))));
    if question.effect.is_none() {
        outcome.warnings.push(String::from(
            "the effect is the one found in these data: such power restates their p value; give the smallest effect that matters with --effect",
        ));
    }
    outcome.sentence = format!(
        "With {layout} the power to find a difference of {} is {} (SD of animals {}, of slices {}; two-sided alpha {}).",
        short(effect),
        short(power),
        short(sd_animal),
        short(sd_slice),
        short(alpha)
    );
    Ok((data, outcome))
}

/// Slices of each animal of a group.
fn sizes(nested: &Nested, cell: usize) -> Vec<usize> {
    let mut sizes = BTreeMap::new();
    for (_, animal) in nested.level.iter().zip(&nested.animal).filter(|(level, _)| **level == cell) {
        *sizes.entry(animal).or_insert(0) += 1;
    }
    sizes.into_values().collect()
}

/// Power of a balanced layout.
fn closed_form(assumed: &Assumed, animals: usize) -> Result<(Row, f64), StatisticsError> {
    let Assumed { effect, sd_animal, sd_slice, alpha, slices } = *assumed;
    let p = power::power_nested(effect, sd_animal, sd_slice, animals, slices, alpha)?;
    let row = Row { estimate: Some(p), ..Row::new("power (closed form)") };
    Ok((row.with("animals_per_group", animals).with("slices_per_animal", slices), p))
}

/// Assurance: power over the belief about the effect.
fn assured(assumed: &Assumed, animals: usize, doubt: f64) -> Result<Row, StatisticsError> {
    let Assumed { effect, sd_animal, sd_slice, alpha, slices } = *assumed;
    let prior = power::Prior { effect, effect_sd: doubt, log_sd: 0.0 };
    let mean = power::assurance(&prior, |effect, factor| {
        power::power_nested(effect, sd_animal * factor, sd_slice * factor, animals, slices, alpha)
    })?;
    Ok(Row { estimate: Some(mean), ..Row::new("assurance (power over the belief about the effect)") })
}

/// Power of the layout of the table, by the analysis that `mixed` would make of it.
fn simulated(assumed: &Assumed, own: &Layout, question: &Question) -> Result<(Row, f64), StatisticsError> {
    let Assumed { effect, sd_animal, sd_slice, alpha, .. } = *assumed;
    let (replicates, seed) = (question.resamples, question.seed);
    let s = if question.is_stated_classical() {
        let df_method = question.df;
        let simulation =
            Simulation { effect, sd_cluster: sd_animal, sd_unit: sd_slice, alpha, df_method, replicates, seed };
        power::simulate(own, &simulation)?
    } else {
        // The usual analysis: variances of each group its own.
        let (sd_cluster, sd_unit) = ([sd_animal; 2], [sd_slice; 2]);
        clustered::simulate(own, &clustered::Assumed { effect, sd_cluster, sd_unit, alpha, replicates, seed })?
    };
    let row = Row {
        estimate: Some(s.power),
        se: Some(s.se),
        ci_low: Some(s.low),
        ci_high: Some(s.high),
        ..Row::new("power (simulated)")
    };
    Ok((row.with("replicates", s.replicates), s.power))
}

/// Animals for 80 and 90 % power; a warning where no number suffices.
fn require_animals(outcome: &mut Outcome, assumed: &Assumed) {
    let Assumed { effect, sd_animal, sd_slice, alpha, slices } = *assumed;
    for goal in [0.8, 0.9] {
        let needed = power::required_clusters_nested(effect, sd_animal, sd_slice, slices, alpha, goal);
        let row = Row::new(format!("animals per group for {} %", short(100.0 * goal)));
        match needed {
            Ok(animals) => outcome.rows.push(Row { estimate: Some(animals as f64), ..row }),
            Err(why) => outcome.warnings.push(format!("{}: {}", row.term, in_animals(&why))),
        }
    }
}
