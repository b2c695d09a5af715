//! What an experiment can find, and what it needs.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener, Stage, measuring};
use crate::folder::usual;
use crate::read::read_plan;
use crate::setting::Setting;
use analysis::folder::analyse_in_steps;
use analysis::power::{PowerAnswer, PowerQuestion};
use analysis::{AnalysisError, Findings};
use experiment::{Plan, RunOptions};
use recording::atomic::temporary_beside;
use results::folder::{Reach, demand};
use results::{Entry, Manifest, Mode};
use std::path::PathBuf;

/// An experiment whose power is asked for.
#[derive(Clone, Debug)]
pub struct PowerRequest {
    /// The experiment file.
    pub experiment: PathBuf,
    /// Results of the experiment; without, those in `results/NAME`, and if there are
    /// none a simulation.
    pub from: Option<PathBuf>,
    /// What the planner states. If that is complete, no results are needed.
    pub question: PowerQuestion,
}

/// Where the numbers come from that an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PowerSource {
    /// The planner stated all of them.
    Stated,
    /// The findings of a results folder.
    Results(PathBuf),
    /// A simulation of the experiment, which is not kept.
    Simulated,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct PowerFinished {
    /// Power and need of every comparison.
    pub answer: PowerAnswer,
    /// What it rests on.
    pub source: PowerSource,
}

/// Answers for an experiment file.
///
/// # Errors
/// A faulty file, a question that contradicts itself, results that cannot be read, an
/// experiment that cannot be simulated.
pub fn power(
    request: &PowerRequest,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<PowerFinished, LaboratoryError> {
    let plan = read_plan(&request.experiment, None)?;
    let manifest = experiment::manifest(&plan, plan.seed, setting.commit);
    request.question.check()?;
    let (findings, source) = findings(request, &plan, &manifest, setting, events)?;
    events(Event::Begun(Stage::Compare));
    let answer = analysis::power::power(&manifest, findings.as_ref(), &request.question)?;
    Ok(PowerFinished { answer, source })
}

/// The findings of the experiment and where they come from: the folder named,
/// that of an earlier run, or a run in a temporary folder.
fn findings(
    request: &PowerRequest,
    plan: &Plan,
    manifest: &Manifest,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<(Option<Findings>, PowerSource), LaboratoryError> {
    let folder = match &request.from {
        Some(folder) => Some(folder.clone()),
        None if request.question.is_complete() => return Ok((None, PowerSource::Stated)),
        None => Some(usual(&plan.name)).filter(|usual| Entry::Findings.within(usual).is_file()),
    };
    let Some(folder) = folder else {
        return Ok((Some(simulated(plan, setting, events)?), PowerSource::Simulated));
    };
    demand(&folder, Reach::Findings)?;
    let found = analysis::folder::read_findings(&folder)?;
    let own = Manifest::read(&Entry::Manifest.within(&folder)).map_err(AnalysisError::from)?;
    if own.input_sha256 != manifest.input_sha256 {
        events(Event::OtherVersion { folder: &folder });
    }
    Ok((Some(found), PowerSource::Results(folder)))
}

/// Runs the experiment in a temporary folder and analyses it.
fn simulated(plan: &Plan, setting: &Setting<'_>, events: &Listener<'_>) -> Result<Findings, LaboratoryError> {
    events(Event::NoResults { experiment: &plan.name, slices: plan.slices() });
    let scratch = Scratch::new()?;
    let out = scratch.results();
    let options = RunOptions {
        out_dir: &out,
        jobs: setting.jobs,
        mode: Mode::Fresh,
        seed: None,
        commit: setting.commit,
        interrupted: setting.interrupted,
    };
    experiment::run(plan, &options, &|event| events(Event::Recording(event)))?;
    events(Event::Done(Stage::Record));
    events(Event::Begun(Stage::Measure));
    let findings = analyse_in_steps(&out, Some(setting.jobs), &mut |step| measuring(events, step))?;
    events(Event::Done(Stage::Compare));
    Ok(findings)
}

/// A folder that is removed with the value.
struct Scratch(PathBuf);

impl Scratch {
    /// Makes a folder that no other job of this or another process has: two containers on
    /// one disk may have the same process numbers.
    fn new() -> Result<Self, LaboratoryError> {
        let path = temporary_beside(&std::env::temp_dir().join("schaffer-power"));
        match std::fs::create_dir(&path) {
            Ok(()) => Ok(Self(path)),
            Err(reason) => Err(LaboratoryError::Scratch { path, reason }),
        }
    }

    /// The results folder inside.
    fn results(&self) -> PathBuf {
        self.0.join("results")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own tidying.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
