//! The model fitted to the control group of a study, its other groups predicted, and
//! both drawn side by side.

use crate::error::LaboratoryError;
use crate::event::{Event, Listener, Stage, measuring};
use crate::folder::usual;
use crate::read::library;
use crate::recordings::analyse::PROGRAM;
use crate::report::write_report;
use crate::setting::{Setting, with_threads};
use analysis::AnalysisError;
use analysis::folder::analyse_in_steps;
use experiment::RunOptions;
use pharmacology::Library;
use recording::digest::sha256_hex;
use recording::{Origin, Stamp};
use results::beside::fit::Fit;
use results::manifest::Stamps;
use results::{Entry, Manifest, Mode, Opening, ResultsFolder};
use std::path::{Path, PathBuf};
use study::file::{FitPart, FreePart};
use study::{Options, StudyFile};
use validation::fit::{Bounded, FitOptions, Fitted, PairedPulse, Question};

/// A study to which the model is to be fitted; its `[fit]` says which experiment of
/// the model stands for it.
#[derive(Clone, Debug)]
pub struct FitRequest {
    /// The study file.
    pub study: PathBuf,
    /// Folder with records of one's own.
    pub records: Option<PathBuf>,
    /// Folder for the results instead of `results/NAME-fit`.
    pub out: Option<PathBuf>,
    /// What to do about a folder that exists. Resumed, the fit is made again, and
    /// complete slices of the fitted experiment are kept.
    pub mode: Mode,
    /// Virtual animals per group instead of those of the study file.
    pub animals: Option<u32>,
    /// Most parameter sets to try, draws for the predictions, seed.
    pub options: FitOptions,
}

/// A finished fit.
#[derive(Clone, Debug)]
pub struct FitFinished {
    /// The fit with its predictions.
    pub fit: Fit,
    /// The fitted experiment as a file.
    pub fitted: PathBuf,
    /// The page of the fitted experiment beside the recordings.
    pub report: PathBuf,
}

/// Fits, predicts, simulates the result and reports.
///
/// # Errors
/// A study that is faulty, blinded or has no `[fit]`, a parameter that cannot be
/// fitted, a folder that cannot be used, a model that fails.
pub fn fit(request: &FitRequest, setting: &Setting<'_>, events: &Listener<'_>) -> Result<FitFinished, LaboratoryError> {
    let path = &request.study;
    let (file, text) = StudyFile::read(path)?;
    study::check(&file, &text, path)?;
    let mut part = part_of(&file, path)?;
    part.animals = request.animals.or(part.animals);
    let bounded = parameters(&part, path)?;
    let (library, _) = library(request.records.as_deref())?;
    let out = request.out.clone().unwrap_or_else(|| usual(&format!("{}-fit", file.name.get_ref())));
    let FitOptions { seed, .. } = request.options;
    let stamp = Stamp { origin: Origin::Simulated, plan_sha256: sha256_hex(text.as_bytes()), seed };
    let stamps = Stamps::same(stamp);
    let opening = Opening { mark: Entry::Recorded, files: &[], resumable: true, stamps, jobs: setting.jobs };
    let results = ResultsFolder::begin(&out, request.mode, &opening)?.folder;

    let recorded_dir = Entry::Recorded.within(&out);
    let options = Options {
        out: &recorded_dir,
        overwrite: true,
        key: None,
        jobs: setting.jobs,
        program: (PROGRAM, setting.commit),
        measuring: &|step| measuring(events, step),
    };
    events(Event::Begun(Stage::Measure));
    let (recorded_folder, recorded) = study::carry_out(path, &options)?;
    recorded_folder.seal()?;
    events(Event::Done(Stage::Compare));
    let manifest = Manifest::read(&Entry::Manifest.within(&recorded_dir)).map_err(AnalysisError::from)?;
    let stand = study::stand::stand(&file, &part, &manifest, seed);
    let question = Question {
        study: path.display().to_string(),
        experiment: stand.experiment,
        recorded: &recorded,
        reference: manifest.statistics.reference.clone(),
        parameters: bounded,
        paired_pulse: part.paired_pulse.map(|pair| PairedPulse {
            ratio: pair.ratio,
            sem: pair.sem,
            interval_ms: pair.interval.ms(),
        }),
        library: &library,
        assumed: stand.assumed,
    };
    let found = search(&question, request.options, setting.jobs, events)?;
    let report = keep(&found, &results, request.mode, &library, setting, events)?;
    Ok(FitFinished { fit: found.fit, fitted: Entry::Fitted.within(&out), report })
}

/// `[fit]` of a study that can be fitted.
fn part_of(file: &StudyFile, path: &Path) -> Result<FitPart, LaboratoryError> {
    if file.blinding.is_some() {
        return Err(LaboratoryError::Blinded(path.to_owned()));
    }
    let part = file.fit.as_ref().map(|fit| fit.get_ref().clone());
    part.ok_or_else(|| LaboratoryError::NoFit(path.to_owned()))
}

/// The parameters that the study names.
fn parameters(part: &FitPart, path: &Path) -> Result<Vec<Bounded>, LaboratoryError> {
    let one = |free: &FreePart| match free {
        FreePart::Path(path) => Bounded::usual(path),
        FreePart::Bounded(own) => Ok(Bounded { path: own.parameter.clone(), low: own.low, high: own.high }),
    };
    let all: Result<Vec<Bounded>, _> = part.parameters.iter().map(one).collect();
    all.map_err(|fault| LaboratoryError::FitParameter { study: path.to_owned(), fault })
}

/// The best set of parameters, and what it predicts.
fn search(
    question: &Question<'_>,
    options: FitOptions,
    jobs: usize,
    events: &Listener<'_>,
) -> Result<Fitted, LaboratoryError> {
    let parameters =
        if question.parameters.is_empty() { validation::fit::USUAL.len() } else { question.parameters.len() };
    events(Event::Fit { simulations: options.evaluations + 2 * parameters + options.draws });
    let found = with_threads(jobs, || validation::fit::fit(question, options, &mut |_| events(Event::Simulated)))?;
    events(Event::Done(Stage::Fit));
    Ok(found?)
}

/// Writes the fitted experiment, runs it and draws it beside the recordings.
fn keep(
    found: &Fitted,
    results: &ResultsFolder,
    mode: Mode,
    library: &Library,
    setting: &Setting<'_>,
    events: &Listener<'_>,
) -> Result<PathBuf, LaboratoryError> {
    let out = results.path();
    let fitted = Entry::Fitted.within(out);
    results.write(Entry::Fitted, found.experiment.as_bytes()).map_err(LaboratoryError::Unwritable)?;
    let plan = experiment::read_with(&found.experiment, &fitted.display().to_string(), library)?;
    let simulated = Entry::Simulated.within(out);
    let options = RunOptions {
        out_dir: &simulated,
        jobs: setting.jobs,
        // Begun anew, the folder holds none of an earlier fit.
        mode: if mode == Mode::Resume { Mode::Resume } else { Mode::Fresh },
        seed: None,
        commit: setting.commit,
        interrupted: setting.interrupted,
    };
    let (folder, _) = experiment::run(&plan, &options, &|event| events(Event::Recording(event)))?;
    events(Event::Done(Stage::Record));
    events(Event::Begun(Stage::Measure));
    analyse_in_steps(&simulated, Some(setting.jobs), &mut |step| measuring(events, step))?;
    events(Event::Done(Stage::Compare));
    results.json(Entry::Fit, &found.fit).map_err(LaboratoryError::Unwritable)?;
    folder.json(Entry::Fit, &found.fit).map_err(LaboratoryError::Unwritable)?;
    let fit = &found.fit;
    results.note(&format!(
        "fitted: {} parameter sets, misfit {:.2} to {:.2}; simulated again",
        fit.evaluations, fit.misfit_before, fit.misfit
    ))?;
    events(Event::Begun(Stage::Draw));
    let page = write_report(&simulated, Some(&Entry::Recorded.within(out)), setting.jobs, events)?;
    events(Event::Done(Stage::Draw));
    folder.seal()?;
    results.seal()?;
    Ok(page)
}
