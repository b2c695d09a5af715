//! The loop: every slice of a recorder onto the disk, in parallel. Each slice is
//! final once its folder bears its name; the loop reports in events and never
//! prints.

use crate::error::RunError;
use crate::run::event::{RunEvent, RunSummary, SliceError};
use crate::run::fate::{Fate, tally};
use crate::run::recorder::{Recorded, Recorder};
use rayon::prelude::*;
use recording::threads::pooled;
use recording::{SliceKey, StoreError, words_of};
use results::{Entry, ResultsFolder};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SendError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::Builder;
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

/// Whether the disk takes anything more.
struct Disk {
    /// Set when it does not: no slice need be recorded any more.
    full: AtomicBool,
    /// The first thing that could not be written.
    refused: Mutex<Option<StoreError>>,
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
        let jobs = self.jobs.max(1);
        let (sender, receiver) = sync_channel(jobs);
        let disk = &Disk { full: AtomicBool::new(false), refused: Mutex::new(None) };
        // Owns the sender: when the last slice is recorded, the storing thread ends.
        let one = move |place: usize| match complete[place] {
            true => Fate::Kept,
            false if disk.full.load(Ordering::Relaxed) => Fate::NotStarted,
            false => self.record_one(recorder, place, &sender, disk),
        };
        let fates = std::thread::scope(|scope| {
            let store_all = || -> Vec<(usize, Fate)> {
                receiver.into_iter().map(|slice| (slice.place, self.store(slice, disk))).collect()
            };
            let storing = Builder::new().spawn_scoped(scope, store_all);
            let recorded = pooled(jobs, move || (0..complete.len()).into_par_iter().map(one).collect());
            let mut fates: Vec<Fate> = recorded.map_err(RunError::Threads)?;
            // Without the thread every slice was stored by the one that recorded it.
            if let Ok(storing) = storing {
                let stored = storing.join().map_err(|panic| RunError::Threads(words_of(&*panic)))?;
                stored.into_iter().for_each(|(place, fate)| fates[place] = fate);
            }
            Ok::<_, RunError>(fates)
        })?;
        let refused = disk.refused.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok((fates, refused))
    }

    /// Records one slice and hands it to the thread that stores; stores it itself if the
    /// system refused that thread.
    fn record_one(&self, recorder: &dyn Recorder, place: usize, storing: &SyncSender<OnItsWay>, disk: &Disk) -> Fate {
        if self.interrupted.load(Ordering::Relaxed) {
            return Fate::NotStarted;
        }
        let key = &recorder.keys()[place];
        let start = Instant::now();
        match guarded(|| recorder.record(place).map_err(SliceError::Failed)) {
            Ok(recorded) => match storing.send(OnItsWay { place, recorded, simulate: start.elapsed() }) {
                Ok(()) => Fate::Handed,
                Err(SendError(slice)) => self.store(slice, disk),
            },
            Err(error) => self.failed(key, &error),
        }
    }

    /// Stores one slice. What the system refuses to write once, for want of space or of
    /// permission, it would refuse for every slice: that ends the run.
    fn store(&self, OnItsWay { place: _, recorded, simulate }: OnItsWay, disk: &Disk) -> Fate {
        if disk.full.load(Ordering::Relaxed) {
            return Fate::NotStarted;
        }
        let key = &recorded.recording.key;
        let start = Instant::now();
        match guarded(|| store_one(self.folder, &recorded)) {
            Ok(()) => {
                (self.events)(RunEvent::SliceDone(key));
                Fate::Done { simulate, store: start.elapsed() }
            }
            Err(SliceError::Store(fault)) if fault.is_of_the_disk() => {
                disk.full.store(true, Ordering::Relaxed);
                disk.refused.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
                Fate::NotStarted
            }
            Err(error) => self.failed(key, &error),
        }
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
