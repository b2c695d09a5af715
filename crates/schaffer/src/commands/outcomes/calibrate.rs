//! `schaffer calibrate`: sets the free parameters on the calibration outcomes,
//! draws accepted sets, or says what the outcomes leave open.

use crate::arguments::outcomes::Calibrate;
use crate::commands::setting::output_tried;
use crate::failure::Failure;
use crate::output::{complain, headed, page, print, status};
use laboratory::{cores, with_threads};
use std::cell::Cell;
use validation::calibration::{CalibrationOptions, Draw, accepted_sets, calibrate, identifiability};
use validation::{AcceptedSet, EnsembleFile};

/// Runs the search that was asked for.
pub fn run(arguments: &Calibrate) -> Result<(), Failure> {
    let options = CalibrationOptions {
        animals: arguments.animals,
        evaluations: arguments.evaluations as usize,
        seed: arguments.seed,
    };
    arguments.out.as_deref().map_or(Ok(()), output_tried)?;
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    let (most, unit) = match arguments.left_open {
        true => (2 * validation::calibration::FREE.len(), "simulations"),
        false => (options.evaluations, "sets at most"),
    };
    status::begin_steps("simulating", unit, most, 0);
    let text = with_threads(jobs, || match arguments.ensemble {
        Some(wanted) => ensemble(wanted as usize, options),
        None if arguments.left_open => left_open(options),
        None => best(options),
    })??;
    match &arguments.out {
        Some(path) => {
            recording::atomic::write(path, text.as_bytes()).map_err(|error| Failure::output(error.to_string()))?;
            complain(&format!("written: {}", path.display()));
            Ok(())
        }
        None if arguments.left_open => print(&text),
        None => page(&text),
    }
}

/// One more set was tried, with what came of it; these searches take minutes to hours.
fn tell(outcome: String) {
    status::note(outcome);
    status::step();
}

/// Searches and gives the best set as TOML.
fn best(options: CalibrationOptions) -> Result<String, Failure> {
    let lowest = Cell::new(f64::INFINITY);
    let found = calibrate(&validation::embedded()?, options, &mut |misfit| {
        lowest.set(lowest.get().min(misfit));
        tell(format!("misfit {misfit:.2}, lowest {:.2}", lowest.get()));
    })?;
    let mut lines = vec![
        format!(
            "# {} sets tried with {} animals per group, seed {}.",
            found.evaluations, options.animals, options.seed
        ),
        format!("# Misfit {:.3}, with the shipped set {:.3}.", found.best.misfit, found.start.misfit),
    ];
    for row in &found.rows {
        for check in &row.checks {
            lines.push(format!(
                "# {} {}: {}; simulated {}",
                row.id,
                check.verdict.word(),
                check.published,
                check.simulated
            ));
        }
    }
    lines.push("\n[synapse]\nchanges = [".to_owned());
    for (path, value) in &found.best.values {
        lines.push(format!("  {{ parameter = \"{path}\", value = {value:?}, reason = \"calibrated\" }},"));
    }
    lines.push("]".to_owned());
    Ok(lines.join("\n") + "\n")
}

/// Draws accepted sets and gives them as TOML.
fn ensemble(wanted: usize, options: CalibrationOptions) -> Result<String, Failure> {
    let (tried, kept) = (Cell::new(0), Cell::new(0));
    let sets = accepted_sets(&validation::embedded()?, wanted, options, &mut |draw| {
        tried.set(tried.get() + 1);
        let outcome = match draw {
            Draw::Kept(misfit) => {
                kept.set(kept.get() + 1);
                format!("misfit {misfit:.2}")
            }
            Draw::Rejected(record) => format!("{record} fails"),
        };
        tell(format!("{outcome}; {} of {wanted} kept", kept.get()));
    })?;
    if sets.len() < wanted {
        let found = format!("{} of {wanted} sets found in {} draws; raise --evaluations", sets.len(), tried.get());
        if sets.is_empty() {
            return Err(Failure::unexpected(found));
        }
        complain(&found);
    }
    let set = |set: &validation::calibration::ParameterSet| AcceptedSet {
        misfit: set.misfit,
        values: set.values.iter().cloned().collect(),
    };
    let file = EnsembleFile {
        seed: options.seed,
        animals: options.animals,
        tried: tried.get(),
        set: sets.iter().map(set).collect(),
    };
    validation::write_ensemble(&file).map_err(|fault| Failure::unexpected(fault.to_string()))
}

/// Says what the outcomes leave open.
fn left_open(options: CalibrationOptions) -> Result<String, Failure> {
    let found = identifiability(&validation::embedded()?, options, &mut status::step)?;
    let mut rows = vec![["parameter".to_owned(), "left open".to_owned()]];
    let mut list = found.left_open.clone();
    list.sort_by(|a, b| a.1.total_cmp(&b.1));
    rows.extend(list.iter().map(|(path, share)| [path.clone(), format!("{:.0} %", 100.0 * share)]));
    let values: Vec<String> = found.singular_values.iter().map(|value| format!("{value:.1}")).collect();
    Ok(format!(
        "Standard deviation left to each free parameter, as a share of what its bounds alone leave:\n\n{}\nsingular \
         values (tolerances per whole range): {}\n",
        headed(&rows),
        values.join(" ")
    ))
}
