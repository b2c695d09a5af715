//! Power of an experiment like the one in the table, or a planned one.

use super::Found;
use super::arguments::Stats;
use super::data::usage;
use super::fault::StatsFault;
use super::mixed::{fitted, nested};
use super::outcome::{Outcome, Row, short};
use recording::table::Table;
use serde_json::json;
use statistics::power::{self, Layout, Simulation};
use std::collections::BTreeMap;

/// Simulated power of the real layout, closed form of a balanced one, animals
/// needed for 80 and 90 %.
pub fn power(table: &Table, arguments: &Stats) -> Found {
    let (data, nested) = nested(table, arguments, 1)?;
    if nested.names.len() != 2 {
        let (column, found, levels) = (data.group[0].clone(), nested.names.len(), nested.names);
        return Err(StatsFault::Groups { column, found, levels, method: "power".to_owned(), needed: "two" });
    }
    data.require_one_group()?;
    let refused = data.refused(arguments.method, &nested.names);
    let fit = fitted(&nested).map_err(&refused)?;
    let found = fit.coefficients()[1] - fit.coefficients()[0];
    let effect = arguments.effect.unwrap_or(found);
    let sd_animal = arguments.sd_animal.unwrap_or(fit.sd_cluster);
    let sd_slice = arguments.sd_slice.unwrap_or(fit.sd_residual);
    let alpha = 1.0 - arguments.interval;
    let sizes = |cell: usize| -> Vec<usize> {
        let mut sizes = BTreeMap::new();
        for (_, animal) in nested.level.iter().zip(&nested.animal).filter(|(level, _)| **level == cell) {
            *sizes.entry(animal).or_insert(0) += 1;
        }
        sizes.into_values().collect()
    };
    let own = Layout { first: sizes(0), second: sizes(1) };
    let mean = nested.response.len() as f64 / (own.first.len() + own.second.len()) as f64;
    let slices = arguments.slices.unwrap_or_else(|| mean.round().max(1.0) as usize);
    let mut outcome = Outcome { title: "Power of a nested comparison".to_owned(), ..Outcome::default() };
    outcome.units = vec![(nested.names[0].clone(), own.first.len()), (nested.names[1].clone(), own.second.len())];
    let told = if let Some(animals) = arguments.animals {
        let p = power::power_nested(effect, sd_animal, sd_slice, animals, slices, alpha).map_err(&refused)?;
        outcome.rows.push(
            Row { estimate: Some(p), ..Row::new("power (closed form)") }
                .with("animals_per_group", animals)
                .with("slices_per_animal", slices),
        );
        (p, format!("{animals} animals of {slices} slices in each group"))
    } else if arguments.slices.is_some() {
        return Err(usage("--slices needs --animals"));
    } else {
        let simulation = Simulation {
            effect,
            sd_cluster: sd_animal,
            sd_unit: sd_slice,
            alpha,
            df_method: arguments.df.into(),
            replicates: arguments.resamples as usize,
            seed: arguments.seed,
        };
        let s = power::simulate(&own, &simulation).map_err(&refused)?;
        let row = Row { estimate: Some(s.power), se: Some(s.se), ..Row::new("power (simulated)") };
        outcome.rows.push(Row { ci_low: Some(s.low), ci_high: Some(s.high), ..row }.with("replicates", s.replicates));
        (s.power, String::from("the animals and slices of the table"))
    };
    for goal in [0.8, 0.9] {
        let needed = power::required_clusters_nested(effect, sd_animal, sd_slice, slices, alpha, goal);
        let row = Row::new(format!("animals per group for {} %", short(100.0 * goal)));
        match needed {
            Ok(animals) => outcome.rows.push(Row { estimate: Some(animals as f64), ..row }),
            Err(why) => outcome.warnings.push(format!("{}: {why}", row.term)),
        }
    }
    let details = [("effect", effect), ("sd_animal", sd_animal), ("sd_slice", sd_slice), ("alpha", alpha)];
    outcome.details.extend(details.map(|(name, value)| (name.to_owned(), json!(value))));
    if arguments.effect.is_none() {
        outcome.warnings.push(String::from(
            "the effect is the one found in these data: such power restates their p value; give the smallest effect that matters with --effect",
        ));
    }
    outcome.sentence = format!(
        "With {} the power to find a difference of {} is {} (SD of animals {}, of slices {}; two-sided alpha {}).",
        told.1,
        short(effect),
        short(told.0),
        short(sd_animal),
        short(sd_slice),
        short(alpha)
    );
    Ok((data, outcome))
}
