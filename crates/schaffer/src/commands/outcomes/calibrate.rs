//! `schaffer calibrate`: sets the free parameters on the calibration outcomes,
//! finds the posterior of all parameters, or says what the outcomes leave open.

use crate::arguments::outcomes::Calibrate;
use crate::commands::outcomes::judge;
use crate::commands::setting::{output_tried, unstopped};
use crate::failure::Failure;
use crate::output::{complain, headed, page, print, status};
use crate::progress::Progress;
use laboratory::{Event, PosteriorRequest, cores, search_posterior, with_threads};
use posterior::Extent;
use std::cell::Cell;
use std::path::Path;
use validation::calibration::{CalibrationOptions, calibrate, identifiability};

/// Runs the search that was asked for.
pub fn run(arguments: &Calibrate) -> Result<(), Failure> {
    let options = CalibrationOptions {
        animals: arguments.animals,
        evaluations: arguments.evaluations as usize,
        seed: arguments.seed,
    };
    arguments.out.as_deref().map_or(Ok(()), output_tried)?;
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    if let (Some(draws), Some(out)) = (arguments.posterior, &arguments.out) {
        return posterior(draws as usize, arguments, out);
    }
    if let Some(truths) = arguments.ranks {
        return judge::by_ranks(truths as usize, arguments.seed, jobs);
    }
    if let Some(draws) = arguments.held {
        return judge::by_held(draws as usize, arguments, jobs);
    }
    let (most, unit) = match arguments.left_open {
        true => (2 * validation::calibration::FREE.len(), "simulations"),
        false => (options.evaluations, "sets at most"),
    };
    status::begin_steps("simulating", unit, most, 0);
    let text = with_threads(jobs, || if arguments.left_open { left_open(options) } else { best(options) })??;
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

/// Finds draws of the posterior; the file is written by the job.
fn posterior(draws: usize, arguments: &Calibrate, out: &Path) -> Result<(), Failure> {
    let part = |share: f64| (share * draws as f64).round() as usize;
    let extent = Extent {
        first: part(0.6).max(60),
        waves: vec![part(0.2), part(0.3), part(0.4)],
        draws,
        animals: arguments.animals,
        seed: arguments.seed,
    };
    let request = PosteriorRequest { out: out.to_owned(), extent };
    // A signal ends it at once: what is simulated is kept, and the next search goes on.
    let progress = Progress::new(false);
    let found = search_posterior(&request, &unstopped(arguments.jobs), &|event: Event<'_>| progress.show(&event));
    progress.finish();
    let found = found?;
    complain(&format!(
        "written: {} ({} draws worth {:.0} of equal weight, {} sets simulated)",
        out.display(),
        found.draws.len(),
        found.effective,
        found.simulated
    ));
    Ok(())
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
