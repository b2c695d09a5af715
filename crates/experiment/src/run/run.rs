//! From a plan to recordings on disk, slice by slice. Each slice is final once
//! its folder bears its name; the runner reports in events and never prints.

use crate::evidence::manifest::manifest;
use crate::evidence::rows as evidence;
use crate::plan::identity::slices;
use crate::plan::plan::Plan;
use crate::run::slice::{Group, SliceFailure};
use rayon::prelude::*;
use recording::{SliceKey, SliceRecording, StoreError};
use results::beside::mechanism;
use results::beside::mechanism::SliceMechanism;
use results::folder::Begun;
use results::{Entry, FolderError, Mode, Opening, ResultsFolder};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use thiserror::Error;

/// How to run a plan.
pub struct RunOptions<'a> {
    /// Folder for the results.
    pub out_dir: &'a Path,
    /// Threads; at least 1.
    pub jobs: usize,
    /// What to do about a folder that exists.
    pub mode: Mode,
    /// Seed instead of the one in the file.
    pub seed: Option<u64>,
    /// Commit of the program, for the manifest; empty if unknown.
    pub commit: &'a str,
    /// Set by the caller to stop the run after the slices in hand.
    pub interrupted: &'a AtomicBool,
}

/// What happens during a run, in order; slices of different threads interleave.
#[derive(Debug)]
pub enum RunEvent<'a> {
    /// The folder is ready.
    Started {
        /// Slices of the experiment.
        slices: usize,
        /// Those that an earlier run has left complete.
        kept: usize,
    },
    /// A slice is on disk.
    SliceDone(&'a SliceKey),
    /// A slice failed; the others go on.
    SliceFailed(&'a SliceKey, &'a SliceError),
}

/// Why one slice is not on disk.
#[derive(Debug, Error)]
pub enum SliceError {
    /// The model failed.
    #[error(transparent)]
    Slice(#[from] SliceFailure),
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program itself is at fault.
    #[error("defect of the program: {0}")]
    Defect(String),
    /// Its mechanism could not be stored.
    #[error("its mechanism cannot be stored: {0}")]
    Mechanism(#[from] mechanism::MechanismError),
}

/// What a finished run did.
#[derive(Clone, Debug, PartialEq)]
pub struct RunSummary {
    /// Slices of the experiment.
    pub slices: usize,
    /// Those kept from an earlier run.
    pub kept: usize,
    /// Time spent in the model, summed over threads.
    pub simulate: Duration,
    /// Time spent in storing, summed over threads.
    pub store: Duration,
    /// From start to end.
    pub elapsed: Duration,
}

impl RunSummary {
    /// A line for the log.
    fn in_words(&self) -> String {
        format!(
            "recorded: {} slices ({} kept) in {:.2} s; model {:.2} s, storing {:.2} s, summed over threads",
            self.slices,
            self.kept,
            self.elapsed.as_secs_f64(),
            self.simulate.as_secs_f64(),
            self.store.as_secs_f64(),
        )
    }
}

/// Why a run did not finish.
#[derive(Debug, Error)]
pub enum RunError {
    /// The results folder cannot be begun or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file of the results folder cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Slices failed; the others are on disk.
    #[error("{failed} of {slices} slices failed; the first: {first}")]
    SlicesFailed {
        /// How many.
        failed: usize,
        /// Of how many.
        slices: usize,
        /// The first in the order of the plan, with its reason.
        first: String,
    },
    /// The caller asked to stop.
    #[error("interrupted with {done} of {slices} slices on disk; add --resume to go on")]
    Interrupted {
        /// Complete slices.
        done: usize,
        /// Of how many.
        slices: usize,
    },
    /// No threads could be started.
    #[error("no threads: {0}")]
    Threads(String),
}

/// What became of one slice.
enum Fate {
    Kept,
    Done {
        simulate: Duration,
        store: Duration,
    },
    Failed(String),
    NotStarted,
    /// Given to the thread that stores.
    Handed,
}

/// Runs the plan into `options.out_dir`. A slice depends on its identity only,
/// so the files are the same for any number of threads, and whether or not the
/// run was stopped and resumed on the way.
pub fn run(
    plan: &Plan,
    options: &RunOptions<'_>,
    events: &(dyn Fn(RunEvent<'_>) + Sync),
) -> Result<RunSummary, RunError> {
    let start = Instant::now();
    let seed = options.seed.unwrap_or(plan.seed);
    let dir = options.out_dir;
    let manifest = manifest(plan, seed, options.commit).to_text(&Entry::Manifest.within(dir))?;
    let opening = Opening {
        mark: Entry::Manifest,
        files: &[(Entry::Experiment, plan.source.as_bytes()), (Entry::Manifest, manifest.as_bytes())],
        resumable: true,
        seed,
        jobs: options.jobs,
    };
    let Begun { folder, resumed } = ResultsFolder::begin(dir, options.mode, &opening)?;
    folder.write(Entry::Parameters, evidence::parameter_table(plan).as_bytes())?;

    let keys = slices(plan);
    let complete: Vec<bool> = keys.iter().map(|key| resumed && folder.is_complete(key)).collect();
    let kept = complete.iter().filter(|complete| **complete).count();
    events(RunEvent::Started { slices: keys.len(), kept });

    let fates = run_slices(plan, options, &folder, seed, &keys, &complete, events)?;
    let summary = tally(&keys, fates, kept, start, options.interrupted)?;
    mechanism::write_table(dir, &keys)?;
    folder.note(&summary.in_words())?;
    Ok(summary)
}

/// A simulated slice on its way to the disk.
struct Simulated {
    place: usize,
    recording: SliceRecording,
    mechanism: SliceMechanism,
    simulate: Duration,
}

/// Runs every slice that is not complete, in parallel. A thread of its own
/// stores them, so that the model does not wait for the disk.
fn run_slices(
    plan: &Plan,
    options: &RunOptions<'_>,
    folder: &ResultsFolder,
    seed: u64,
    keys: &[SliceKey],
    complete: &[bool],
    events: &(dyn Fn(RunEvent<'_>) + Sync),
) -> Result<Vec<Fate>, RunError> {
    let (groups, per_group) = Group::all(plan);
    let jobs = options.jobs.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .map_err(|reason| RunError::Threads(reason.to_string()))?;
    let failed = |place: usize, error: &SliceError| {
        events(RunEvent::SliceFailed(&keys[place], error));
        Fate::Failed(error.to_string())
    };
    let (sender, receiver) = mpsc::sync_channel(jobs);
    let (groups, failed) = (&groups, &failed);
    // Owns the sender: when the last slice is simulated, the storing thread ends.
    let simulate = move |place: usize| {
        if complete[place] {
            return Fate::Kept;
        }
        if options.interrupted.load(Ordering::Relaxed) {
            return Fate::NotStarted;
        }
        match guarded(|| simulate_slice(&groups[place / per_group], place, &keys[place], seed)) {
            Ok(slice) => match sender.send(slice) {
                Ok(()) => Fate::Handed,
                Err(_) => failed(place, &SliceError::Defect("nobody stores slices any more".to_owned())),
            },
            Err(error) => failed(place, &error),
        }
    };
    std::thread::scope(|scope| {
        let storing = scope.spawn(|| store_slices(receiver, folder, keys, events, failed));
        let mut fates: Vec<Fate> = pool.install(|| (0..keys.len()).into_par_iter().map(simulate).collect());
        let stored = storing.join().map_err(|panic| RunError::Threads(words_of(&*panic)))?;
        for (place, fate) in stored {
            fates[place] = fate;
        }
        Ok(fates)
    })
}

/// A defect met by one slice must not take the others with it.
fn guarded<T>(work: impl FnOnce() -> Result<T, SliceError>) -> Result<T, SliceError> {
    let attempt = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    attempt.unwrap_or_else(|panic| Err(SliceError::Defect(words_of(&*panic))))
}

/// Simulates one slice.
fn simulate_slice(group: &Group<'_>, place: usize, key: &SliceKey, seed: u64) -> Result<Simulated, SliceError> {
    let start = Instant::now();
    let (recording, mechanism) = group.simulate(key, seed)?;
    Ok(Simulated { place, recording, mechanism, simulate: start.elapsed() })
}

/// Stores slices as they come; gives what became of each.
fn store_slices(
    slices: mpsc::Receiver<Simulated>,
    folder: &ResultsFolder,
    keys: &[SliceKey],
    events: &(dyn Fn(RunEvent<'_>) + Sync),
    failed: &dyn Fn(usize, &SliceError) -> Fate,
) -> Vec<(usize, Fate)> {
    let mut fates = Vec::new();
    for slice in slices {
        let start = Instant::now();
        let fate = match guarded(|| store_slice(folder, &slice)) {
            Ok(()) => {
                events(RunEvent::SliceDone(&keys[slice.place]));
                Fate::Done { simulate: slice.simulate, store: start.elapsed() }
            }
            Err(error) => failed(slice.place, &error),
        };
        fates.push((slice.place, fate));
    }
    fates
}

/// Stores one slice.
fn store_slice(folder: &ResultsFolder, slice: &Simulated) -> Result<(), SliceError> {
    let mechanism = slice.mechanism.to_toml()?;
    folder.write_slice(&slice.recording, &[(Entry::Mechanism, mechanism.as_bytes())])?;
    Ok(())
}

/// The message of a panic.
fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
}

/// Adds up what became of the slices.
fn tally(
    keys: &[SliceKey],
    fates: Vec<Fate>,
    kept: usize,
    start: Instant,
    interrupted: &AtomicBool,
) -> Result<RunSummary, RunError> {
    let slices = keys.len();
    let (mut simulate, mut store) = (Duration::ZERO, Duration::ZERO);
    let (mut done, mut failed, mut first) = (0, 0, None);
    for (key, fate) in keys.iter().zip(fates) {
        match fate {
            Fate::Kept => done += 1,
            Fate::Done { simulate: model, store: disk } => {
                done += 1;
                simulate += model;
                store += disk;
            }
            Fate::Failed(reason) => {
                failed += 1;
                first.get_or_insert_with(|| format!("{key}: {reason}"));
            }
            Fate::NotStarted | Fate::Handed => {}
        }
    }
    if let Some(first) = first {
        return Err(RunError::SlicesFailed { failed, slices, first });
    }
    if done < slices || interrupted.load(Ordering::Relaxed) {
        return Err(RunError::Interrupted { done, slices });
    }
    Ok(RunSummary { slices, kept, simulate, store, elapsed: start.elapsed() })
}
