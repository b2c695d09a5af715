//! A plan into a results folder of its own.

use crate::error::RunError;
use crate::evidence::opening::Opening;
use crate::folder;
use crate::log::{RunLog, refuse_if_busy};
use crate::plan::plan::Plan;
use crate::run::event::{RunEvent, RunOptions, RunSummary};
use crate::run::recorder::Recorder;
use crate::run::run::Run;
use crate::run::slice::Slices;
use crate::summary;
use recording::manifest::FILE_NAME as MANIFEST;

/// Runs the plan into `options.out_dir`: lays it open, records every slice, and
/// gathers what the model knows of the groups.
///
/// # Errors
/// The folder cannot be used, slices failed, or the caller stopped the run.
pub fn run(
    plan: &Plan,
    options: &RunOptions<'_>,
    events: &(dyn Fn(RunEvent<'_>) + Sync),
) -> Result<RunSummary, RunError> {
    let seed = options.seed.unwrap_or(plan.seed);
    let dir = options.out_dir;
    let opening = Opening::of_slices(plan, seed, options.commit);
    let manifest = opening.manifest.to_text(&dir.join(MANIFEST))?;
    refuse_if_busy(dir)?;
    let laid = folder::Opening { experiment: &plan.source, manifest: &manifest, seed };
    let resumed = folder::prepare(dir, options.mode, &laid)?;
    if let Some(parameters) = &opening.parameters {
        folder::write(&dir.join(folder::PARAMETERS), parameters)?;
    }
    let log = RunLog::open(dir, options.jobs, resumed)?;
    let slices = Slices::of(plan, seed);
    let run = Run { folder: dir, resumed, jobs: options.jobs, interrupted: options.interrupted, events };
    let summary = run.record(&slices)?;
    summary::write_mechanism(dir, slices.keys())?;
    log.note(&summary.in_words())?;
    Ok(summary)
}
