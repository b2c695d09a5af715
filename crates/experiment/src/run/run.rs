//! From a plan to recordings on disk, slice by slice. Each slice is final once
//! its folder bears its name; the runner reports in events and never prints.

use crate::error::RunError;
use crate::evidence::manifest::manifest;
use crate::evidence::parameter_table::parameter_table;
use crate::folder::{self, Opening};
use crate::log::{RunLog, refuse_if_busy};
use crate::mechanism::{self, SliceMechanism};
use crate::plan::identity::slices;
use crate::plan::plan::Plan;
use crate::run::event::{RunEvent, RunOptions, RunSummary, SliceError};
use crate::run::slice::Group;
use crate::summary;
use rayon::prelude::*;
use recording::manifest::FILE_NAME as MANIFEST;
use recording::store;
use recording::{SliceKey, SliceRecording};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

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
    let manifest = manifest(plan, seed, options.commit).to_text(&dir.join(MANIFEST))?;
    let opening = Opening { experiment: &plan.source, manifest: &manifest, seed };
    refuse_if_busy(dir)?;
    let resumed = folder::prepare(dir, options.mode, &opening)?;
    if resumed {
        store::sweep_leftovers(dir)?;
    }
    folder::write(&dir.join(folder::PARAMETERS), &parameter_table(plan))?;
    let log = RunLog::open(dir, options.jobs, resumed)?;

    let keys = slices(plan);
    let complete: Vec<bool> = keys.iter().map(|key| resumed && store::is_complete(dir, key)).collect();
    let kept = complete.iter().filter(|complete| **complete).count();
    events(RunEvent::Started { slices: keys.len(), kept });

    let fates = run_slices(plan, options, seed, &keys, &complete, events)?;
    let summary = tally(&keys, fates, kept, start, options.interrupted)?;
    summary::write_mechanism(dir, &keys)?;
    log.note(&summary.in_words())?;
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
        let storing = scope.spawn(|| store_slices(receiver, options.out_dir, keys, events, failed));
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
    dir: &Path,
    keys: &[SliceKey],
    events: &(dyn Fn(RunEvent<'_>) + Sync),
    failed: &dyn Fn(usize, &SliceError) -> Fate,
) -> Vec<(usize, Fate)> {
    let mut fates = Vec::new();
    for slice in slices {
        let start = Instant::now();
        let fate = match guarded(|| store_slice(dir, &slice)) {
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
fn store_slice(dir: &Path, slice: &Simulated) -> Result<(), SliceError> {
    let mechanism = slice.mechanism.to_toml()?;
    store::write_slice_with(dir, &slice.recording, &[(mechanism::FILE_NAME, mechanism.as_bytes())])?;
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
