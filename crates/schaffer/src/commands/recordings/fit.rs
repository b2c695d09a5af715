//! `schaffer fit`: the model fitted to the control group of a study, its other
//! groups predicted, and both drawn side by side.

use crate::arguments::recordings::FitStudy;
use crate::commands::mode::mode;
use crate::commands::reading::library;
use crate::commands::recordings::analyse::write_report_beside;
use crate::commands::threads::{cores, with_threads};
use crate::failure::Failure;
use crate::output::{print, print_json};
use crate::progress::Steps;
use crate::words::fit::in_words;
use experiment::RunOptions;
use results::folder::write_json;
use results::{Entry, Mode, Opening, Results, ResultsFolder};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use study::file::{FitPart, FreePart};
use study::{Options, StudyFile};
use validation::fit::{Bounded, FitEvent, FitOptions, Fitted, PairedPulse, Question};

/// Fits, predicts, simulates the result and reports.
pub fn fit(arguments: &FitStudy) -> Result<(), Failure> {
    let path = &arguments.study;
    let (file, text) = StudyFile::read(path)?;
    study::check(&file, &text, path)?;
    let mut part = part_of(&file, path)?;
    part.animals = arguments.animals.or(part.animals);
    let bounded = parameters(&part, path)?;
    let (library, _) = library(arguments.library.as_deref())?;
    let out = out_of(arguments, &file);
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    let mode = mode(arguments.resume, arguments.overwrite);
    let opening = Opening { mark: Entry::Recorded, files: &[], resumable: true, seed: arguments.seed, jobs };
    let results = ResultsFolder::begin(&out, mode, &opening)?.folder;

    let recorded_dir = Entry::Recorded.within(&out);
    let program = (concat!("schaffer ", env!("CARGO_PKG_VERSION")), env!("SCHAFFER_COMMIT"));
    let options = Options { out: &recorded_dir, overwrite: true, key: None, jobs, program };
    let recorded = study::carry_out(path, &options)?;
    let manifest = Results::open(&recorded_dir).map_err(|fault| Failure::faulty_input(fault.to_string()))?.manifest;
    let stand = study::stand::stand(&file, &part, &manifest, arguments.seed);
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
    let found = search(&question, arguments, jobs)?;
    let page = keep(&found, &results, mode, &library, jobs)?;
    if arguments.json {
        return print_json(&found.fit);
    }
    print(&format!(
        "{}\nfitted experiment: {}\nreport: {}",
        in_words(&found.fit),
        Entry::Fitted.within(&out).display(),
        page.display()
    ))
}

/// `[fit]` of a study that can be fitted.
fn part_of(file: &StudyFile, path: &Path) -> Result<FitPart, Failure> {
    if file.blinding.is_some() {
        return Err(Failure::faulty_input(format!(
            "{}: the study is blinded, and a fit compares its groups with predictions. Unblind it first: write the \
             true names in place of the codes and take [blinding] out",
            path.display()
        )));
    }
    file.fit.as_ref().map(|fit| fit.get_ref().clone()).ok_or_else(|| {
        Failure::faulty_input(format!(
            "{}: there is no [fit]: it says which protocol of the model stands for the recorded one, e.g.\n\n  \
             [fit.protocol]\n  induction = \"hfs-1x100\"\n\n`schaffer protocols` lists them",
            path.display()
        ))
    })
}

/// The parameters that the study names.
fn parameters(part: &FitPart, path: &Path) -> Result<Vec<Bounded>, Failure> {
    let one = |free: &FreePart| match free {
        FreePart::Path(path) => Bounded::usual(path),
        FreePart::Bounded(own) => Ok(Bounded { path: own.parameter.clone(), low: own.low, high: own.high }),
    };
    let all: Result<Vec<Bounded>, _> = part.parameters.iter().map(one).collect();
    all.map_err(|fault| Failure::faulty_input(format!("{}: [fit] parameters: {fault}", path.display())))
}

fn out_of(arguments: &FitStudy, file: &StudyFile) -> PathBuf {
    let own = || Path::new("results").join(format!("{}-fit", file.name.get_ref()));
    arguments.out.clone().unwrap_or_else(own)
}

fn search(question: &Question, arguments: &FitStudy, jobs: usize) -> Result<Fitted, Failure> {
    let options = FitOptions {
        evaluations: arguments.evaluations as usize,
        draws: arguments.draws as usize,
        seed: arguments.seed,
    };
    let parameters =
        if question.parameters.is_empty() { validation::fit::USUAL.len() } else { question.parameters.len() };
    let steps = Steps::new(options.evaluations + 2 * parameters + options.draws, "simulations");
    let found = with_threads(jobs, || validation::fit::fit(question, options, &mut |_: FitEvent| steps.done()))?;
    steps.finish();
    Ok(found?)
}

/// Writes the fitted experiment, runs it and draws it beside the recordings.
fn keep(
    found: &Fitted,
    results: &ResultsFolder,
    mode: Mode,
    library: &pharmacology::Library,
    jobs: usize,
) -> Result<PathBuf, Failure> {
    let out = results.path();
    let unwritable = |fault: recording::StoreError| Failure::output(fault.to_string());
    let fitted = Entry::Fitted.within(out);
    results.write(Entry::Fitted, found.experiment.as_bytes()).map_err(unwritable)?;
    let plan = experiment::read_with(&found.experiment, &fitted.display().to_string(), library)?;
    let simulated = Entry::Simulated.within(out);
    let options = RunOptions {
        out_dir: &simulated,
        jobs,
        // Begun anew, the folder holds none of an earlier fit.
        mode: if mode == Mode::Resume { Mode::Resume } else { Mode::Fresh },
        seed: None,
        commit: env!("SCHAFFER_COMMIT"),
        interrupted: &AtomicBool::new(false),
    };
    experiment::run(&plan, &options, &|_| ())?;
    analysis::analyse_folder(&simulated, Some(jobs))?;
    results.json(Entry::Fit, &found.fit).map_err(unwritable)?;
    write_json(&simulated, Entry::Fit, &found.fit).map_err(unwritable)?;
    let fit = &found.fit;
    results.note(&format!(
        "fitted: {} parameter sets, misfit {:.2} to {:.2}; simulated again",
        fit.evaluations, fit.misfit_before, fit.misfit
    ))?;
    write_report_beside(&simulated, Some(&Entry::Recorded.within(out)), jobs)
}
