//! From the options to protocols and sets, and through all their combinations.

use crate::arguments::rule::{DtTo, Rule as Arguments};
use crate::commands::rule::description::description;
use crate::commands::rule::rows::{Cell, Row};
use crate::commands::rule::{lists, user_set};
use crate::failure::Failure;
use rayon::prelude::*;
use synapse::rules::{Anchor, Protocol, Rule, RuleError};

/// Most combinations that one call may run.
const MOST: usize = 100_000;

/// A parameter set: name and values.
pub type Set = (String, Vec<f64>);

/// Protocols that are spelt out by repetitions and frequency.
const GENERAL: [&str; 4] = ["pairs", "bursts", "pulses", "clamp"];

/// Whether the protocol asked for is one of the general ones.
pub fn is_general(arguments: &Arguments) -> bool {
    arguments.protocol.as_deref().is_none_or(|name| GENERAL.contains(&name))
}

/// The sets asked for.
pub fn sets(rule: &Rule, arguments: &Arguments) -> Result<Vec<Set>, Failure> {
    if let Some(path) = &arguments.parameters {
        return Ok(vec![user_set::read(rule, path)?]);
    }
    let Some(asked) = &arguments.set else {
        let (name, values) = rule.set(None)?;
        return Ok(vec![(name.to_owned(), values)]);
    };
    if asked.trim() == "all" {
        return Ok(rule.sets.iter().map(|set| (set.name.to_owned(), (set.values)())).collect());
    }
    let one = |name: &str| rule.set(Some(name.trim())).map(|(name, values)| (name.to_owned(), values));
    Ok(asked.split(',').map(one).collect::<Result<_, RuleError>>()?)
}

/// The protocols asked for: every frequency with every interval or potential.
pub fn protocols(rule: &Rule, arguments: &Arguments) -> Result<Vec<Protocol>, Failure> {
    let first = rule.protocols.first().copied().unwrap_or("pairs");
    let name = arguments.protocol.as_deref().unwrap_or(first);
    if !GENERAL.contains(&name) {
        return Err(RuleError::UnknownProtocol {
            asked: name.to_owned(),
            known: rule.protocols.iter().map(|&known| known.to_owned()).collect(),
        }
        .into());
    }
    for (option, given, needed) in [
        ("--dt", arguments.dt.is_some(), &["pairs", "bursts"][..]),
        ("--voltage", arguments.voltage.is_some(), &["clamp"]),
    ] {
        if given && !needed.contains(&name) {
            return Err(Failure::usage(format!("{option} belongs to {}, not to {name}", needed.join(" and "))));
        }
    }
    let repeated = |usual: u32| rule.usual.repetitions.unwrap_or(usual);
    let (usual_n, usual_hz) = match name {
        "pairs" => (repeated(60), rule.usual.pairs),
        "bursts" => (repeated(100), "5 Hz"),
        "pulses" => (repeated(900), rule.usual.frequencies),
        _ => (100, "1 Hz"),
    };
    let n = arguments.n.unwrap_or(usual_n);
    let usage = Failure::usage;
    let frequencies = lists::frequencies(arguments.frequency.as_deref().unwrap_or(usual_hz)).map_err(usage)?;
    let intervals = match &arguments.dt {
        Some(text) => lists::signed_times("--dt", text).map_err(usage)?,
        None => usual_intervals(&frequencies),
    };
    let post_interval_ms = lists::time("--post-interval", &arguments.post_interval).map_err(usage)?;
    let potentials = match (&arguments.voltage, name) {
        (Some(text), _) => lists::voltages(text).map_err(usage)?,
        (None, "clamp") => return Err(usage(String::from("name the holding potentials with --voltage"))),
        (None, _) => Vec::new(),
    };
    let anchor = match arguments.dt_to {
        DtTo::First => Anchor::First,
        DtTo::Last => Anchor::Last,
    };
    let mut all = Vec::new();
    for &frequency_hz in &frequencies {
        match name {
            "pairs" => all.extend(intervals.iter().map(|&dt_ms| Protocol::Pairs { n, frequency_hz, dt_ms })),
            "bursts" => all.extend(intervals.iter().map(|&dt_ms| {
                let post = arguments.post;
                Protocol::Bursts { n, frequency_hz, dt_ms, post, post_interval_ms, anchor }
            })),
            "pulses" => all.push(Protocol::Pulses { n, frequency_hz }),
            _ => all.extend(potentials.iter().map(|&voltage_mv| Protocol::Clamp { n, frequency_hz, voltage_mv })),
        }
    }
    Ok(all)
}

/// Δt from −100 to 100 ms in steps of 5 ms, as far as the period goes.
fn usual_intervals(frequencies: &[f64]) -> Vec<f64> {
    let shortest = frequencies.iter().map(|hz| 500.0 / hz).fold(f64::INFINITY, f64::min);
    (-20..=20).map(|k| 5.0 * f64::from(k)).filter(|dt| dt.abs() <= shortest.max(1.0)).collect()
}

/// Runs every set under every protocol, on all cores; rows in the order asked for.
pub fn run(rule: &Rule, arguments: &Arguments, sets: &[Set], protocols: &[Protocol]) -> Result<Vec<Row>, Failure> {
    if sets.len() * protocols.len() > MOST {
        return Err(Failure::usage(format!("more than {MOST} combinations")));
    }
    let step_ms =
        arguments.step.as_deref().map(|text| lists::time("--step", text)).transpose().map_err(Failure::usage)?;
    let mut rows = Vec::with_capacity(sets.len() * protocols.len());
    for (name, values) in sets {
        let run = rule.prepare(values, step_ms)?;
        let one = |protocol: &Protocol| -> Result<Row, RuleError> {
            let outcome = run(protocol)?;
            let mut row = description(name, protocol).with("ratio", Cell::Number(outcome.ratio));
            for detail in &outcome.details {
                row = row.with(detail.name, Cell::Number(detail.value));
            }
            if let (Some(runs), Some(with_noise)) = (arguments.simulate, rule.with_noise) {
                let found = with_noise(values, protocol, runs, arguments.seed)?;
                row = row
                    .with("simulated_runs", Cell::Count(runs))
                    .with("simulated_ratio", Cell::Number(found.ratio))
                    .with("simulated_up", Cell::Number(found.up))
                    .with("simulated_down", Cell::Number(found.down));
            }
            Ok(row)
        };
        rows.extend(in_parallel(protocols, &one)?);
    }
    Ok(rows)
}

/// `one` of every protocol; the first failure in their order.
fn in_parallel(
    protocols: &[Protocol],
    one: &(dyn Fn(&Protocol) -> Result<Row, RuleError> + Sync),
) -> Result<Vec<Row>, RuleError> {
    let found: Vec<Result<Row, RuleError>> = protocols.par_iter().map(one).collect();
    found.into_iter().collect()
}
