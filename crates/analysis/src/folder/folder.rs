//! A results folder: recordings in, tables and findings out.

use crate::conclude::compare::sensitivity::{self, MethodValue};
use crate::conclude::conclude::conclude;
use crate::conclude::diagnostics;
use crate::conclude::input_output;
use crate::error::AnalysisError;
use crate::findings::findings::Findings;
use crate::folder::ledger::Ledger;
use crate::measure::measure::measure_with;
use crate::measure::measures::Measured;
use crate::measure::overrides::Overrides;
use crate::measure::table_course::{TableCourse, measure_course};
use crate::outcomes::curves::IoCurves;
use recording::input;
use recording::{StoreError, atomic};
use results::manifest::Origin;
use results::plan::AnalysisPlan;
use results::{Entry, Results, StoredSlice};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Analyses a results folder: reads its manifest and recordings, writes
/// `measures.parquet`, `measures.csv`, `slices.csv` and `findings.json`, each
/// whole or not at all, and returns the findings.
///
/// Up to `jobs` slices (`None`: as many as the machine has cores) are read and
/// measured at a time; samples are dropped as soon as a slice is measured, and its
/// rows as soon as they are in the tables, so that memory grows by a few kilobytes
/// per slice. Results do not depend on `jobs`.
///
/// # Errors
/// [`AnalysisError`] if the manifest or a recording cannot be read, there is no
/// recording, or a result cannot be written.
pub fn analyse_folder(results: &Path, jobs: Option<usize>) -> Result<Findings, AnalysisError> {
    analyse_in_steps(results, jobs, &mut |_| {})
}

/// A step of the analysis of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many slices are about to be read and measured.
    Slices(usize),
    /// One of them is in the tables.
    Slice,
    /// Slices are read, measured and their tables written.
    Measured,
    /// Groups are compared and the findings written.
    Compared,
}

/// [`analyse_folder`] that tells how far it is, for those who take times or wait.
///
/// # Errors
/// As [`analyse_folder`].
pub fn analyse_in_steps(
    results: &Path,
    jobs: Option<usize>,
    done: &mut dyn FnMut(Step),
) -> Result<Findings, AnalysisError> {
    let folder = Results::open(results)?;
    let slices = folder.slices()?;
    let unfinished = folder.unfinished(slices.len());
    let manifest = folder.manifest;
    let curves = curves(results)?;
    if slices.is_empty() && curves.is_none() {
        return Err(AnalysisError::NoRecordings { folder: results.to_owned() });
    }
    let recorded = manifest.origin == Origin::Recorded;
    // Diagnostics look at the rows again; recorded slices are few.
    let mut ledger = Ledger::open(results, &manifest.analysis, recorded)?;
    let mut methods = Vec::new();
    done(Step::Slices(slices.len()));
    measure_all(&slices, &manifest.analysis, jobs, recorded, &mut |(measured, by_method)| {
        methods.push(by_method);
        ledger.enter(measured)?;
        done(Step::Slice);
        Ok(())
    })?;
    let measured = ledger.close()?;
    done(Step::Measured);
    let mut findings = conclude(&manifest, &measured);
    findings.input_output = curves.map(|curves| input_output::conclude(&manifest, &curves));
    findings.warnings.splice(0..0, unfinished.into_iter().chain(known_faults(results)?));
    if recorded {
        findings.diagnostics = diagnostics::of(&measured, manifest.analysis.bin.min());
        findings.of_baseline = diagnostics::of_baseline(&findings.groups, &measured);
        findings.method_sensitivity = sensitivity::table(&manifest, &measured, &methods);
    }
    let path = Entry::Findings.within(results);
    let mut text =
        serde_json::to_string_pretty(&findings).map_err(|fault| AnalysisError::Json { path: path.clone(), fault })?;
    text.push('\n');
    atomic::write(&path, text.as_bytes())?;
    done(Step::Compared);
    Ok(findings)
}

/// A measured slice, and its potentiation by every method if that was asked for.
type MeasuredSlice = (Measured, Vec<MethodValue>);

/// The input–output curves of the folder, if it has some.
fn curves(results: &Path) -> Result<Option<IoCurves>, StoreError> {
    let path = Entry::Curves.within(results);
    match input::read_text(&path, input::LARGEST) {
        Ok(text) => IoCurves::from_text(&text, &path).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::Unreadable { path, source }),
    }
}

fn known_faults(results: &Path) -> Result<Vec<String>, StoreError> {
    let path = Entry::Faults.within(results);
    match input::read_text(&path, input::LARGEST) {
        Ok(text) => Ok(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(StoreError::Unreadable { path, source }),
    }
}

/// Measures a stored slice, whether it holds sweeps or a table course, with the
/// decisions stored beside it.
fn measure_stored(slice: &StoredSlice, plan: &AnalysisPlan, every_method: bool) -> Result<MeasuredSlice, StoreError> {
    let text = |entry: Entry| {
        let path = entry.within(&slice.folder);
        let bytes = slice.beside(entry)?;
        let text = bytes.map(String::from_utf8).transpose();
        text.map_err(|_| StoreError::Invalid { path, reason: "not UTF-8 text".to_owned() })
    };
    let overrides = match text(Entry::Overrides)? {
        Some(text) => Overrides::from_text(&text, &Entry::Overrides.within(&slice.folder))?,
        None => Overrides::default(),
    };
    match text(Entry::Course)? {
        Some(text) => {
            let course = TableCourse::from_text(&text, &Entry::Course.within(&slice.folder))?;
            Ok((measure_course(&slice.key, &course, plan, &overrides), Vec::new()))
        }
        None => {
            let recording = slice.read()?;
            let methods = if every_method && plan.rig.outcome.is_slope() {
                sensitivity::of_slice(&recording, plan, &overrides)
            } else {
                Vec::new()
            };
            Ok((measure_with(&recording, plan, &overrides), methods))
        }
    }
}

/// Reads the findings of an analysed results folder.
///
/// # Errors
/// [`AnalysisError`] if there are none, or they cannot be read.
pub fn read_findings(results: &Path) -> Result<Findings, AnalysisError> {
    let path = Entry::Findings.within(results);
    let text = input::read_text(&path, input::LARGEST).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => {
            StoreError::Missing { path: path.clone(), expected: "the findings of a results folder" }
        }
        _ => StoreError::Unreadable { path: path.clone(), source },
    })?;
    serde_json::from_str(&text).map_err(|fault| AnalysisError::Json { path, fault })
}

/// Reads and measures all slices and hands them over in the order of `slices`.
/// The first error in that order stops the analysis.
fn measure_all(
    slices: &[StoredSlice],
    plan: &AnalysisPlan,
    jobs: Option<usize>,
    every_method: bool,
    enter: &mut dyn FnMut(MeasuredSlice) -> Result<(), AnalysisError>,
) -> Result<(), AnalysisError> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let workers = jobs.unwrap_or_else(cores).clamp(1, slices.len().max(1));
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(workers);
        let next = &next;
        let work = move || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(slice) = slices.get(at) else { break };
                let outcome = measure_stored(slice, plan, every_method);
                // Nobody listens any more after an error.
                if sender.send((at, outcome)).is_err() {
                    break;
                }
            }
        };
        if recording::threads::start(scope, workers, &work) == 0 {
            return slices.iter().try_for_each(|slice| enter(measure_stored(slice, plan, every_method)?));
        }
        // With it the last sender that no thread has.
        drop(work);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (at, outcome) in receiver {
            early.insert(at, outcome);
            while let Some(outcome) = early.remove(&due) {
                enter(outcome?)?;
                due += 1;
            }
        }
        Ok(())
    })
}
