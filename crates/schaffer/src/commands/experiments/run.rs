//! `schaffer run`: the main job. Record, measure, compare, report, each step
//! from and to the disk.

use crate::arguments::exit_codes::INTERRUPTED;
use crate::arguments::run::{Run, SHIPPED_SETS};
use crate::commands::mode::mode;
use crate::commands::reading::read_plan_with;
use crate::commands::recordings::analyse::write_report;
use crate::commands::threads::{cores, with_threads};
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::profile::Profile;
use crate::progress::{Progress, Steps};
use crate::words::run::summary;
use analysis::Findings;
use analysis::folder::Step;
use experiment::{Plan, RunOptions, RunSummary};
use results::Entry;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use validation::EnsembleFile;

/// Runs an experiment from its file to its report.
pub fn run(arguments: &Run) -> Result<(), Failure> {
    let plan = read_plan_with(&arguments.experiment, arguments.library.as_deref())?;
    let out = arguments.out.clone().unwrap_or_else(|| Path::new("results").join(&plan.name));
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    // Read first: a faulty file must not be found after the run.
    let sets = arguments.ensemble.as_deref().map(parameter_sets).transpose()?;
    let mut profile = Profile::default();

    let recorded = record(arguments, &plan, &out, jobs)?;
    profile.add_together(recorded.elapsed, &[("simulate", recorded.simulate), ("store", recorded.store)]);
    let findings = analyse(&out, jobs, &mut profile)?;
    if let Some(sets) = &sets {
        profile.time("ensemble", || over_ensemble(&plan, sets, arguments, &out, jobs))?;
    }
    let page = profile.time("draw", || write_report(&out, jobs))?;

    note_times(&out, &profile);
    if arguments.profile {
        complain(&profile.table());
    }
    match (arguments.quiet, arguments.json) {
        (true, _) => Ok(()),
        (false, true) => print_json(&RunJson::new(&recorded, &findings, page)),
        (false, false) => print(&format!("{}\nreport: {}", summary(&findings), page.display())),
    }
}

/// The parameter sets of `--ensemble`.
fn parameter_sets(path: &Path) -> Result<EnsembleFile, Failure> {
    if path == Path::new(SHIPPED_SETS) {
        return Ok(validation::shipped_ensemble()?);
    }
    let text = experiment::read_text(path)?;
    Ok(validation::read_ensemble(&path.display().to_string(), &text)?)
}

/// Simulates the plan with every accepted parameter set and leaves
/// `ensemble.json`.
fn over_ensemble(plan: &Plan, sets: &EnsembleFile, arguments: &Run, out: &Path, jobs: usize) -> Result<(), Failure> {
    let seconds = plan.expected_seconds(jobs) * (sets.set.len() + 1) as f64;
    if !arguments.quiet {
        complain(&format!("{} parameter sets: about {seconds:.0} s", sets.set.len()));
    }
    let steps = Steps::new(sets.set.len(), "sets");
    let seed = arguments.seed.unwrap_or(plan.seed);
    let spread = with_threads(jobs, || validation::ensemble_spread(plan, seed, sets, &|| steps.done()))?;
    steps.finish();
    results::folder::write_json(out, Entry::Ensemble, &spread?).map_err(|error| Failure::output(error.to_string()))
}

/// Measures and compares what was recorded.
fn analyse(out: &Path, jobs: usize, profile: &mut Profile) -> Result<Findings, Failure> {
    let mut lap = Instant::now();
    let mut steps = |step| {
        let name = match step {
            Step::Measured => "measure",
            Step::Compared => "compare",
        };
        profile.add(name, lap.elapsed());
        lap = Instant::now();
    };
    Ok(analysis::folder::analyse_in_steps(out, Some(jobs), &mut steps)?)
}

/// Runs the slices.
fn record(arguments: &Run, plan: &Plan, out: &Path, jobs: usize) -> Result<RunSummary, Failure> {
    let interrupted = stop_on_interrupt();
    let progress = Progress::new(arguments.quiet);
    let options = RunOptions {
        out_dir: out,
        jobs,
        mode: mode(arguments.resume, arguments.overwrite),
        seed: arguments.seed,
        commit: env!("SCHAFFER_COMMIT"),
        interrupted: &interrupted,
    };
    let summary = experiment::run(plan, &options, &|event| progress.show(&event));
    progress.finish();
    Ok(summary?)
}

/// A flag that Ctrl-C sets; the run then ends after the slices in hand. A
/// second Ctrl-C ends it at once, which costs only those slices.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&flag);
    // Without the handler Ctrl-C simply ends the program; that is safe too.
    let _ = ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        complain("stopping after the slices in hand; once more to stop at once");
    });
    flag
}

/// Adds the times of the steps to the log; a report is not lost for want of a log.
fn note_times(out: &Path, profile: &Profile) {
    for line in profile.table().lines() {
        let _ = results::folder::note_in(out, line);
    }
}

/// The end of a run, for programs.
#[derive(Serialize)]
struct RunJson<'a> {
    report: PathBuf,
    slices: usize,
    kept: usize,
    contrasts: &'a [analysis::findings::Contrast],
    warnings: &'a [String],
}

impl<'a> RunJson<'a> {
    fn new(recorded: &RunSummary, findings: &'a Findings, report: PathBuf) -> Self {
        Self {
            report,
            slices: recorded.slices,
            kept: recorded.kept,
            contrasts: &findings.contrasts,
            warnings: &findings.warnings,
        }
    }
}
