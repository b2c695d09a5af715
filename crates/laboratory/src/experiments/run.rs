//! The main job: record, measure, compare, report, each step from and to the disk.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener, Stage, measuring};
use crate::experiments::prediction::{self, Draws};
use crate::experiments::times::Times;
use crate::folder::usual;
use crate::read::read_plan;
use crate::report::write_report;
use crate::setting::Setting;
use analysis::Findings;
use analysis::folder::{Step, analyse_in_steps};
use experiment::{MEASURING_SHARE, Plan, RunEvent, RunOptions, RunSummary, SECONDS_OF_REPORT};
use posterior::Posterior;
use results::beside::prediction::Prediction;
use results::{Mode, ResultsFolder};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// An experiment to be run.
#[derive(Clone, Debug)]
pub struct RunRequest {
    /// The experiment file.
    pub experiment: PathBuf,
    /// Folder with records of one's own instead of the one that the file names.
    pub records: Option<PathBuf>,
    /// Folder for the results instead of `results/NAME`.
    pub out: Option<PathBuf>,
    /// What to do about a folder that exists.
    pub mode: Mode,
    /// Seed instead of the one in the file.
    pub seed: Option<u64>,
    /// Draws of the posterior that the experiment is predicted over.
    pub draws: Draws,
}

impl RunRequest {
    /// The experiment as its file says, into a new folder.
    pub fn of(experiment: impl Into<PathBuf>) -> Self {
        let experiment = experiment.into();
        Self { experiment, records: None, out: None, mode: Mode::Fresh, seed: None, draws: Draws::Shipped }
    }
}

/// A finished run.
#[derive(Clone, Debug)]
pub struct RunFinished {
    /// The results folder.
    pub out: PathBuf,
    /// What was recorded.
    pub recorded: RunSummary,
    /// The numbers of the answer.
    pub findings: Findings,
    /// What is predicted over draws from what is not known, if that was asked for.
    pub prediction: Option<Prediction>,
    /// The page.
    pub report: PathBuf,
    /// Where the time went; the log of the folder says so too.
    pub times: Times,
}

/// Runs an experiment from its file to its report.
///
/// # Errors
/// A faulty file, a folder that cannot be used, slices that failed,
/// [`RunError::Interrupted`](experiment::RunError::Interrupted) if the caller stopped
/// the run; every slice that is on disk by then is kept.
pub fn run(request: &RunRequest, setting: &Setting<'_>, events: &Listener<'_>) -> Result<RunFinished, LaboratoryError> {
    let plan = read_plan(&request.experiment, request.records.as_deref())?;
    let out = request.out.clone().unwrap_or_else(|| usual(&plan.name));
    // Read first: a faulty file must not be found after the run.
    let posterior = request.draws.read(&plan)?;
    let mut times = Times::default();

    let (folder, recorded) = record(&plan, &out, request, setting, events)?;
    times.add_together(recorded.elapsed, &[("simulate", recorded.simulate), ("store", recorded.store)]);
    let findings = analyse(&out, setting.jobs, &mut times, events)?;
    let predict = |posterior: &Posterior| {
        let seed = request.seed.unwrap_or(plan.seed);
        let wanted = prediction::Wanted { plan: &plan, seed, posterior, findings: &findings };
        times.time("predict", || prediction::predict(&wanted, &folder, setting, events))
    };
    let prediction = posterior.as_ref().map(predict).transpose()?;
    events(Event::Begun(Stage::Draw));
    let report = times.time("draw", || write_report(&out, None, setting.jobs, events))?;
    events(Event::Done(Stage::Draw));
    note(&folder, &times);
    folder.seal()?;
    Ok(RunFinished { out, recorded, findings, prediction, report, times })
}

/// Records the slices.
fn record(
    plan: &Plan,
    out: &Path,
    request: &RunRequest,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<(ResultsFolder, RunSummary), LaboratoryError> {
    let options = RunOptions {
        out_dir: out,
        jobs: setting.jobs,
        mode: request.mode,
        seed: request.seed,
        commit: setting.commit,
        interrupted: setting.interrupted,
    };
    let recorded = experiment::run(plan, &options, &|event| {
        let begins = matches!(event, RunEvent::Started { .. });
        events(Event::Recording(event));
        if begins {
            events(Event::Ahead { share: MEASURING_SHARE + plan.prediction_share(), seconds: SECONDS_OF_REPORT });
        }
    })?;
    events(Event::Done(Stage::Record));
    Ok(recorded)
}

/// Measures and compares what was recorded.
fn analyse(out: &Path, jobs: usize, times: &mut Times, events: &Listener<'_>) -> Result<Findings, LaboratoryError> {
    let mut lap = Instant::now();
    events(Event::Begun(Stage::Measure));
    let mut done = |step| {
        let (name, stage) = match step {
            Step::Measured => ("measure", Stage::Measure),
            Step::Compared => ("compare", Stage::Compare),
            Step::Slices(_) | Step::Slice => return measuring(events, step),
        };
        times.add(name, lap.elapsed());
        events(Event::Done(stage));
        if stage == Stage::Measure {
            events(Event::Begun(Stage::Compare));
        }
        lap = Instant::now();
    };
    Ok(analyse_in_steps(out, Some(jobs), &mut done)?)
}

/// Adds the times of the steps to the log; a report is not lost for want of a log.
fn note(folder: &ResultsFolder, times: &Times) {
    for line in times.table().lines() {
        let _ = folder.note(line);
    }
}
