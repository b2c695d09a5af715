//! The loop with a recorder that knows nothing of a synapse.

use crate::error::RunError;
use crate::run::event::{RunEvent, RunSummary};
use crate::run::recorder::{Failure, Recorded, Recorder};
use crate::run::run::Run;
use recording::{Origin, Phase, SliceKey, SliceRecording, Stamp, Sweep};
use results::beside::mechanism::{SliceMechanism, Value};
use results::folder::Begun;
use results::manifest::Stamps;
use results::{Entry, Mode, Opening, ResultsFolder};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

/// What the dummy does at one place instead of recording.
#[derive(Clone, Copy, PartialEq)]
enum Trouble {
    Fails,
    Panics,
}

/// A recorder of made-up slices.
struct Dummy {
    keys: Vec<SliceKey>,
    trouble: BTreeMap<usize, Trouble>,
    /// Sets the flag when the slice at the place is recorded.
    stops: Option<(usize, &'static AtomicBool)>,
    /// Places that were recorded, as they came.
    recorded: Mutex<Vec<usize>>,
}

impl Dummy {
    fn of(slices: u32) -> Self {
        let key = |slice| SliceKey {
            induction: "none".to_owned(),
            condition: "control".to_owned(),
            animal: "A01".to_owned(),
            slice,
        };
        let keys = (1..=slices).map(key).collect();
        Self { keys, trouble: BTreeMap::new(), stops: None, recorded: Mutex::new(Vec::new()) }
    }

    fn places(&self) -> Vec<usize> {
        self.recorded.lock().expect("places").clone()
    }
}

impl Recorder for Dummy {
    fn keys(&self) -> &[SliceKey] {
        &self.keys
    }

    fn record(&self, place: usize) -> Result<Recorded, Failure> {
        self.recorded.lock().expect("places").push(place);
        if let Some((at, flag)) = self.stops
            && at == place
        {
            flag.store(true, Ordering::Relaxed);
        }
        match self.trouble.get(&place) {
            Some(Trouble::Fails) => return Err("the dummy fails here".into()),
            Some(Trouble::Panics) => panic!("the dummy has a defect"),
            None => {}
        }
        let sample = i16::try_from(place).expect("few places");
        let sweep = Sweep {
            index: 0,
            pathway: "S1".to_owned(),
            phase: Phase::Baseline,
            start_s: 10.0,
            stimulus_ms: vec![5.0],
            rate_hz: 10_000.0,
            samples: vec![0, sample, -sample],
            scale: 0.001,
            offset: 0.0,
        };
        let recording = SliceRecording {
            key: self.keys[place].clone(),
            induction_s: None,
            drug_on_s: None,
            sweeps: vec![sweep],
            events: Vec::new(),
            exposure: Vec::new(),
        };
        let value = Value { name: "place".to_owned(), unit: "1".to_owned(), value: place as f64 };
        let mechanism = SliceMechanism { state_hash: "00".to_owned(), value: vec![value] };
        Ok(Recorded { recording, mechanism: Some(mechanism) })
    }
}

/// A flag of its own for one test, for ever.
fn flag() -> &'static AtomicBool {
    Box::leak(Box::new(AtomicBool::new(false)))
}

/// Runs the dummy; gives what came of it and its events in words.
fn run(
    dummy: &Dummy,
    folder: &Path,
    resumed: bool,
    jobs: usize,
    stop: &AtomicBool,
) -> (Result<RunSummary, RunError>, Vec<String>) {
    let heard = Mutex::new(Vec::new());
    let events = |event: RunEvent<'_>| {
        let words = match event {
            RunEvent::Started { slices, kept } => format!("{kept} of {slices}"),
            RunEvent::SliceDone(key) => format!("done {}", key.slice),
            RunEvent::SliceFailed(key, error) => format!("failed {}: {error}", key.slice),
        };
        heard.lock().expect("events").push(words);
    };
    let stamp = Stamp { origin: Origin::Simulated, plan_sha256: "0".repeat(64), seed: 0 };
    let stamps = Stamps::same(stamp);
    let opening = Opening { mark: Entry::Recordings, files: &[], resumable: true, stamps, jobs };
    let mode = if resumed { Mode::Resume } else { Mode::Fresh };
    let Begun { folder, resumed } = ResultsFolder::begin(folder, mode, &opening).expect("a results folder");
    let found = Run { folder: &folder, resumed, jobs, interrupted: stop, events: &events }.record(dummy);
    (found, heard.into_inner().expect("events"))
}

/// Every file below a folder but the log, by its path within it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if !path.ends_with(Entry::RunLog.name()) {
                let name = path.strip_prefix(folder).expect("within").display().to_string();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// A folder into which a whole run of `slices` was stored on `jobs` threads.
fn whole(slices: u32, jobs: usize) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let (found, events) = run(&Dummy::of(slices), folder.path(), false, jobs, flag());
    let summary = found.expect("a run");
    assert_eq!((summary.slices, summary.kept), (slices as usize, 0));
    assert_eq!((events.len(), events[0].as_str()), (slices as usize + 1, format!("0 of {slices}").as_str()));
    folder
}

#[test]
fn threads_change_nothing_that_is_stored() {
    let (one, four) = (whole(12, 1), whole(12, 4));
    let stored = files(one.path());
    assert_eq!(stored, files(four.path()));
    // Sweeps, head and mechanism of each.
    assert_eq!(stored.len(), 3 * 12);
}

#[test]
fn one_thread_keeps_the_order_of_the_keys() {
    let folder = TempDir::new().expect("a folder");
    let dummy = Dummy::of(5);
    let (_, events) = run(&dummy, folder.path(), false, 1, flag());
    assert_eq!(dummy.places(), [0, 1, 2, 3, 4]);
    assert_eq!(events, ["0 of 5", "done 1", "done 2", "done 3", "done 4", "done 5"]);
}

#[test]
fn a_run_that_was_stopped_is_resumed_with_what_is_missing() {
    let folder = TempDir::new().expect("a folder");
    let stop = flag();
    let dummy = Dummy { stops: Some((2, stop)), ..Dummy::of(6) };
    let (found, _) = run(&dummy, folder.path(), false, 1, stop);
    // The slice in hand is stored, the next is not begun.
    assert!(matches!(found, Err(RunError::Interrupted { done: 3, slices: 6 })), "{found:?}");
    assert_eq!(dummy.places(), [0, 1, 2]);

    let again = Dummy::of(6);
    let (found, events) = run(&again, folder.path(), true, 1, flag());
    assert_eq!(found.expect("a run").kept, 3);
    assert_eq!(again.places(), [3, 4, 5]);
    assert_eq!(events[0], "3 of 6");
    assert_eq!(files(folder.path()), files(whole(6, 1).path()));
}

#[test]
fn a_slice_that_is_not_whole_is_recorded_again() {
    let folder = whole(3, 1);
    let stored = files(folder.path());
    let broken = stored.keys().find(|name| name.contains("mechanism")).expect("a mechanism");
    std::fs::remove_file(folder.path().join(broken)).expect("removed");
    let again = Dummy::of(3);
    let (found, _) = run(&again, folder.path(), true, 1, flag());
    assert_eq!(found.expect("a run").kept, 2);
    assert_eq!(again.places().len(), 1);
    assert_eq!(files(folder.path()), stored);
}

#[test]
fn nothing_is_recorded_once_the_caller_has_stopped_the_run() {
    let folder = TempDir::new().expect("a folder");
    let stop = flag();
    stop.store(true, Ordering::Relaxed);
    let dummy = Dummy::of(4);
    let (found, events) = run(&dummy, folder.path(), false, 2, stop);
    assert!(matches!(found, Err(RunError::Interrupted { done: 0, slices: 4 })), "{found:?}");
    assert_eq!((dummy.places().len(), events), (0, vec!["0 of 4".to_owned()]));
}

#[test]
fn slices_that_fail_do_not_take_the_others_with_them() {
    for jobs in [1, 3] {
        let folder = TempDir::new().expect("a folder");
        let trouble = BTreeMap::from([(1, Trouble::Panics), (3, Trouble::Fails)]);
        let (found, events) = run(&Dummy { trouble, ..Dummy::of(5) }, folder.path(), false, jobs, flag());
        let Err(RunError::SlicesFailed { failed, slices, first }) = found else { panic!("{found:?}") };
        assert_eq!((failed, slices), (2, 5));
        // The first in the order of the keys, on whichever thread.
        assert!(first.ends_with("defect of the program: the dummy has a defect"), "{first}");
        assert!(events.contains(&"failed 4: the dummy fails here".to_owned()), "{events:?}");
        assert_eq!(events.iter().filter(|words| words.starts_with("done")).count(), 3);

        let (found, events) = run(&Dummy::of(5), folder.path(), true, jobs, flag());
        assert_eq!((found.expect("a run").kept, events[0].as_str()), (3, "3 of 5"));
        assert_eq!(files(folder.path()), files(whole(5, 1).path()));
    }
}
