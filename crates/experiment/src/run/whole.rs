//! A plan into a results folder of its own.

use crate::error::RunError;
use crate::evidence::opening::Opening;
use crate::plan::plan::Plan;
use crate::run::event::{RunEvent, RunOptions, RunSummary};
use crate::run::recorder::Recorder;
use crate::run::run::Run;
use crate::run::slice::Slices;
use results::ResultsFolder;
use results::beside::mechanism;
use results::folder::Begun;

/// Runs the plan into `options.out_dir`: lays it open, records every slice, and
/// gathers what the model knows of the groups. The folder comes back still locked, for
/// what is measured and drawn in it.
///
/// # Errors
/// The folder cannot be used, slices failed, or the caller stopped the run.
pub fn run(
    plan: &Plan,
    options: &RunOptions<'_>,
    events: &(dyn Fn(RunEvent<'_>) + Sync),
) -> Result<(ResultsFolder, RunSummary), RunError> {
    let seed = options.seed.unwrap_or(plan.seed);
    let dir = options.out_dir;
    let opening = Opening::of_slices(plan, seed, options.commit);
    let Begun { folder, resumed } = opening.begin(plan, dir, options.mode, options.jobs)?;
    let slices = Slices::of(plan, seed);
    let run = Run { folder: &folder, resumed, jobs: options.jobs, interrupted: options.interrupted, events };
    let summary = run.record(&slices)?;
    mechanism::write_table(&folder, slices.keys())?;
    Ok((folder, summary))
}
