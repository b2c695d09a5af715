//! `schaffer power`: what an experiment can find, and what it needs.

use crate::arguments::power::Power;
use crate::commands::reading::read_plan;
use crate::commands::threads::cores;
use crate::failure::Failure;
use crate::output::{complain, print, print_json};
use crate::progress::Progress;
use crate::words::power::page;
use analysis::Findings;
use experiment::{Plan, RunOptions};
use results::{Entry, Manifest, Mode, Results};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Answers for an experiment file.
pub fn power(arguments: &Power) -> Result<(), Failure> {
    let plan = read_plan(&arguments.experiment)?;
    let manifest = experiment::manifest(&plan, plan.seed, env!("SCHAFFER_COMMIT"));
    let question = arguments.question();
    question.check()?;
    let (findings, source) = findings(arguments, &plan, &manifest, question.is_complete())?;
    let answer = analysis::power::power(&manifest, findings.as_ref(), &question)?;
    if arguments.json { print_json(&answer) } else { print(&page(&answer, &source)) }
}

/// The findings of the experiment and where they come from: the folder named,
/// that of an earlier run, or a run in a temporary folder.
fn findings(
    arguments: &Power,
    plan: &Plan,
    manifest: &Manifest,
    complete: bool,
) -> Result<(Option<Findings>, String), Failure> {
    let usual = Path::new("results").join(&plan.name);
    let folder = match &arguments.from {
        Some(folder) => Some(folder.clone()),
        // Numbers of the planner's own need no results.
        None if complete => return Ok((None, "your numbers".to_owned())),
        None => Entry::Findings.within(&usual).is_file().then_some(usual),
    };
    match folder {
        Some(folder) => {
            let found = analysis::folder::read_findings(&folder)?;
            let own = Results::open(&folder).map_err(analysis::AnalysisError::from)?.manifest;
            if own.input_sha256 != manifest.input_sha256 {
                complain(&format!(
                    "note: {} was made from another version of {}",
                    folder.display(),
                    arguments.experiment.display()
                ));
            }
            Ok((Some(found), folder.display().to_string()))
        }
        None => Ok((Some(simulated(arguments, plan)?), "a simulation of the experiment, not kept".to_owned())),
    }
}

/// Runs the experiment in a temporary folder and analyses it.
fn simulated(arguments: &Power, plan: &Plan) -> Result<Findings, Failure> {
    complain(&format!(
        "{} has no results yet: simulating its {} slices in a temporary folder (schaffer run keeps them)",
        plan.name,
        plan.slices()
    ));
    let scratch = Scratch::new()?;
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    let progress = Progress::new(false);
    let interrupted = AtomicBool::new(false);
    let options = RunOptions {
        out_dir: &scratch.0,
        jobs,
        mode: Mode::Fresh,
        seed: None,
        commit: env!("SCHAFFER_COMMIT"),
        interrupted: &interrupted,
    };
    let run = experiment::run(plan, &options, &|event| progress.show(&event));
    progress.finish();
    run?;
    Ok(analysis::analyse_folder(&scratch.0, Some(jobs))?)
}

/// A folder that is removed with the value.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, Failure> {
        let folder = std::env::temp_dir().join(format!("schaffer-power-{}", std::process::id()));
        match std::fs::create_dir(&folder) {
            Ok(()) => Ok(Scratch(folder.join("results"))),
            Err(fault) => Err(Failure::output(format!("{} cannot be made: {fault}", folder.display()))),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(folder) = self.0.parent() {
            // What cannot be removed is left to the system's own tidying.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
