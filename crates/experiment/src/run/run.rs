//! The loop: every slice of a recorder onto the disk, in parallel. Each slice is
//! final once its folder bears its name; the loop reports in events and never
//! prints.

use crate::error::RunError;
use crate::run::event::{RunEvent, RunSummary, SliceError};
use crate::run::fate::{Fate, tally};
use crate::run::recorder::{Recorded, Recorder};
use rayon::prelude::*;
use recording::{SliceKey, StoreError};
use results::{Entry, ResultsFolder};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Where and how slices are recorded.
pub struct Run<'a> {
    /// The results folder, begun.
    pub folder: &'a ResultsFolder,
    /// Whether slices of an earlier run may lie in it; complete ones are kept.
    pub resumed: bool,
    /// Threads; at least 1.
    pub jobs: usize,
    /// Set by the caller to stop after the slices in hand.
    pub interrupted: &'a AtomicBool,
    /// Hears what happens.
    pub events: &'a (dyn Fn(RunEvent<'_>) + Sync),
}

/// A recorded slice on its way to the disk.
struct OnItsWay {
    place: usize,
    recorded: Recorded,
    /// Time that recording took.
    simulate: Duration,
}

impl Run<'_> {
    /// Records and stores every slice that is not complete. A slice depends on its
    /// key only, so the files are the same for any number of threads, and whether
    /// or not the run was stopped and resumed on the way.
    ///
    /// # Errors
    /// Slices failed, the disk took nothing more, the caller stopped the run, or threads
    /// could not be started.
    pub fn record(&self, recorder: &dyn Recorder) -> Result<RunSummary, RunError> {
        let start = Instant::now();
        let keys = recorder.keys();
        let complete: Vec<bool> = keys.iter().map(|key| self.resumed && self.folder.is_complete(key)).collect();
        let kept = complete.iter().filter(|complete| **complete).count();
        (self.events)(RunEvent::Started { slices: keys.len(), kept });
        let (fates, full) = self.fates(recorder, &complete)?;
        if let Some(fault) = full {
            return Err(RunError::Store(fault));
        }
        let summary = tally(keys, fates, self.interrupted.load(Ordering::Relaxed), start.elapsed())?;
        self.folder.note(&summary.in_words())?;
        Ok(summary)
    }

    /// What becomes of every slice, in the order of the keys, and why nothing more could
    /// be written, if so. A thread of its own stores them, so that the model does not
    /// wait for the disk.
    fn fates(&self, recorder: &dyn Recorder, complete: &[bool]) -> Result<(Vec<Fate>, Option<StoreError>), RunError> {
        let keys = recorder.keys();
        let jobs = self.jobs.max(1);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build()
            .map_err(|reason| RunError::Threads(reason.to_string()))?;
        let (sender, receiver) = sync_channel(jobs);
        // Set when the disk takes nothing more: no slice need be recorded any more.
        let full = AtomicBool::new(false);
        let full = &full;
        // Owns the sender: when the last slice is recorded, the storing thread ends.
        let one = move |place: usize| match complete[place] {
            true => Fate::Kept,
            false if full.load(Ordering::Relaxed) => Fate::NotStarted,
            false => self.record_one(recorder, place, &sender),
        };
        std::thread::scope(|scope| {
            let storing = scope.spawn(|| self.store_all(receiver, keys, full));
            let mut fates: Vec<Fate> = pool.install(|| (0..keys.len()).into_par_iter().map(one).collect());
            let (stored, fault) = storing.join().map_err(|panic| RunError::Threads(words_of(&*panic)))?;
            for (place, fate) in stored {
                fates[place] = fate;
            }
            Ok((fates, fault))
        })
    }

    /// Records one slice and hands it to the thread that stores.
    fn record_one(&self, recorder: &dyn Recorder, place: usize, storing: &SyncSender<OnItsWay>) -> Fate {
        if self.interrupted.load(Ordering::Relaxed) {
            return Fate::NotStarted;
        }
        let key = &recorder.keys()[place];
        let start = Instant::now();
        match guarded(|| recorder.record(place).map_err(SliceError::Failed)) {
            Ok(recorded) => match storing.send(OnItsWay { place, recorded, simulate: start.elapsed() }) {
                Ok(()) => Fate::Handed,
                Err(_) => self.failed(key, &SliceError::Defect("nobody stores slices any more".to_owned())),
            },
            Err(error) => self.failed(key, &error),
        }
    }

    /// Stores slices as they come; gives what became of each. What the system refuses to
    /// write once, for want of space or of permission, it would refuse for every slice:
    /// that ends the run.
    fn store_all(
        &self,
        slices: Receiver<OnItsWay>,
        keys: &[SliceKey],
        full: &AtomicBool,
    ) -> (Vec<(usize, Fate)>, Option<StoreError>) {
        let (mut fates, mut refused) = (Vec::new(), None);
        for OnItsWay { place, recorded, simulate } in slices {
            if refused.is_some() {
                continue;
            }
            let start = Instant::now();
            let fate = match guarded(|| store_one(self.folder, &recorded)) {
                Ok(()) => {
                    (self.events)(RunEvent::SliceDone(&keys[place]));
                    Fate::Done { simulate, store: start.elapsed() }
                }
                Err(SliceError::Store(fault)) if fault.is_of_the_disk() => {
                    full.store(true, Ordering::Relaxed);
                    refused = Some(fault);
                    Fate::NotStarted
                }
                Err(error) => self.failed(&keys[place], &error),
            };
            fates.push((place, fate));
        }
        (fates, refused)
    }

    /// Reports a slice that failed.
    fn failed(&self, key: &SliceKey, error: &SliceError) -> Fate {
        (self.events)(RunEvent::SliceFailed(key, error));
        Fate::Failed(error.to_string())
    }
}

/// A defect met by one slice must not take the others with it.
fn guarded<T>(work: impl FnOnce() -> Result<T, SliceError>) -> Result<T, SliceError> {
    let attempt = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    attempt.unwrap_or_else(|panic| Err(SliceError::Defect(words_of(&*panic))))
}

/// Stores one slice with its mechanism, if it has one.
fn store_one(folder: &ResultsFolder, recorded: &Recorded) -> Result<(), SliceError> {
    let mechanism = recorded.mechanism.as_ref().map(|mechanism| mechanism.to_toml()).transpose()?;
    let beside: Vec<(Entry, &[u8])> =
        mechanism.iter().map(|mechanism| (Entry::Mechanism, mechanism.as_bytes())).collect();
    Ok(folder.write_slice(&recorded.recording, &beside)?)
}

/// The message of a panic.
fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
}
