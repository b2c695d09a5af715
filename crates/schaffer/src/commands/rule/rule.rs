//! `schaffer rule`: a plasticity rule alone. STDP curves, frequency curves, bursts,
//! voltage clamp, late phase.

use crate::arguments::rule::Rule;
use crate::commands::rule::{late, plot, points, rows};
use crate::failure::Failure;
use crate::output::{print, print_json};
use synapse::rules::{self, Attachment};

/// Runs a rule over sets, frequencies and intervals; prints, writes, draws.
pub fn rule(arguments: &Rule) -> Result<(), Failure> {
    let rule = rules::find(&arguments.name)?;
    for path in [&arguments.csv, &arguments.plot].into_iter().flatten() {
        if path.exists() && !arguments.overwrite {
            return Err(Failure::output(format!("{} exists; --overwrite replaces it", path.display())));
        }
    }
    let named_protocol = is_late_phase(rule) && !points::is_general(arguments);
    refuse_idle_options(arguments, rule, named_protocol)?;
    let sets = points::sets(rule, arguments)?;
    let found = if named_protocol {
        late::stc(arguments, &sets)?
    } else {
        let protocols = points::protocols(rule, arguments)?;
        let found = points::run(rule, arguments, &sets, &protocols)?;
        if arguments.late_phase { late::follow(arguments, &found)? } else { found }
    };
    if let Some(path) = &arguments.csv {
        rows::write(path, &rows::csv(&found), arguments.overwrite)?;
    }
    if let Some(path) = &arguments.plot {
        rows::write(path, &plot::draw(rule, &found)?, arguments.overwrite)?;
    }
    if arguments.json {
        print_json(&found)
    } else if arguments.csv.is_some() || arguments.plot.is_some() {
        let written = [&arguments.csv, &arguments.plot].into_iter().flatten().map(|path| path.display().to_string());
        print(&format!("{} rows; wrote {}", found.len(), written.collect::<Vec<_>>().join(", ")))
    } else {
        print(&rows::table(&found))
    }
}

/// Whether the rule is a model of the late phase, which has protocols by name.
fn is_late_phase(rule: &rules::Rule) -> bool {
    rule.attachment == Attachment::Strength
}

/// Refuses options that would do nothing here.
fn refuse_idle_options(arguments: &Rule, rule: &rules::Rule, named_protocol: bool) -> Result<(), Failure> {
    let simulated = rule.with_noise.is_some() || named_protocol;
    let late = arguments.late_phase;
    let named = "a named protocol of stc_luboeinski_2021";
    let idle = [
        (
            arguments.simulate.is_some() && !simulated,
            "--simulate",
            "a rule with noise, graupner_brunel_2012, or STET etc.",
        ),
        (arguments.anisomycin && !late && !named_protocol, "--anisomycin", "--late-phase"),
        (arguments.pka_block && !late, "--pka-block", "--late-phase"),
        (arguments.trains != 1 && !late, "--trains", "--late-phase"),
        (arguments.post_spikes && !named_protocol, "--post-spikes", named),
        (
            late && is_late_phase(rule),
            "--late-phase",
            "a rule of induction; stc_luboeinski_2021 has a late phase of its own",
        ),
    ];
    match idle.into_iter().find(|(found, ..)| *found) {
        Some((_, option, needed)) => Err(Failure::usage(format!("{option} goes with {needed}"))),
        None => Ok(()),
    }
}
