//! The late phase: the named protocols of `stc_luboeinski_2021`, and the strength
//! that any rule leaves, followed to 8 h.

use crate::arguments::rule::{Proteins, Rule as Arguments};
use crate::commands::rule::lists;
use crate::commands::rule::points::Set;
use crate::commands::rule::rows::{Cell, Row};
use crate::failure::Failure;
use synapse::late_phase::{
    Conditions, Follow, ProteinSource, Stc, StcProtocol, follow_up, noisy_mean, protocol, simulate,
};

/// The named protocols: a row for each of ten times.
pub fn stc(arguments: &Arguments, sets: &[Set]) -> Result<Vec<Row>, Failure> {
    for (option, given) in [
        ("--dt", arguments.dt.is_some()),
        ("--frequency", arguments.frequency.is_some()),
        ("--n", arguments.n.is_some()),
        ("--voltage", arguments.voltage.is_some()),
        ("--step", arguments.step.is_some()),
        ("--late-phase", arguments.late_phase),
        ("--pka-block", arguments.pka_block),
    ] {
        if given {
            return Err(Failure::usage(format!("{option} does not go with a named protocol")));
        }
    }
    let named = protocol(arguments.protocol.as_deref().unwrap_or("STET"))?;
    Ok(sets.iter().flat_map(|set| rows_of(arguments, set, named)).collect())
}

fn rows_of(arguments: &Arguments, (name, values): &Set, named: &StcProtocol) -> Vec<Row> {
    let mut p = Stc::from_values(values);
    if arguments.anisomycin {
        p.alpha = 0.0;
    }
    let spikes = named.spikes_s();
    let course = simulate(&p, &spikes, arguments.post_spikes);
    let noisy = arguments.simulate.map(|runs| noisy_mean(&p, &spikes, arguments.post_spikes, arguments.seed, runs));
    course
        .iter()
        .enumerate()
        .map(|(k, at)| {
            let row = Row::default()
                .with("set", Cell::Text(name.clone()))
                .with("protocol", Cell::Text(named.name.to_owned()))
                .with("n", Cell::Count(spikes.len() as u32))
                .with("frequency_hz", Cell::Absent)
                .with("dt_ms", Cell::Absent)
                .with("t_s", Cell::Number(at.t_s))
                .with("ratio", Cell::Number(at.weight))
                .with("h_mv", Cell::Number(at.h_mv))
                .with("z", Cell::Number(at.z))
                .with("p", Cell::Number(at.p));
            match noisy.as_ref().and_then(|all| all.get(k)) {
                Some((mean, sd)) => {
                    row.with("simulated_ratio", Cell::Number(*mean)).with("simulated_sd", Cell::Number(*sd))
                }
                None => row,
            }
        })
        .collect()
}

/// Adds the strength at later times to the rows of a rule.
pub fn follow(arguments: &Arguments, rows: &[Row]) -> Result<Vec<Row>, Failure> {
    let interval_ms = lists::time("--train-interval", &arguments.train_interval).map_err(Failure::usage)?;
    let plan = Follow {
        trains: arguments.trains,
        interval_s: interval_ms / 1000.0,
        source: match arguments.proteins {
            Proteins::Drive => ProteinSource::Drive,
            Proteins::OwnChange => ProteinSource::OwnChange,
        },
        conditions: Conditions {
            protein_synthesis: if arguments.anisomycin { 0.0 } else { 1.0 },
            pka: if arguments.pka_block { 0.0 } else { 1.0 },
        },
    };
    let one = |row: &Row| {
        let ratio = row.number("ratio").unwrap_or(1.0);
        follow_up(ratio, &plan)
            .into_iter()
            .fold(row.clone(), |row, (name, strength)| row.with(name, Cell::Number(strength)))
    };
    Ok(rows.iter().map(one).collect())
}
