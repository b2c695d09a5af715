//! What the tests of jobs share.

use experiment::RunEvent;
use laboratory::{Event, Setting};
use results::Entry;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

static NEVER: AtomicBool = AtomicBool::new(false);

/// So many threads, and nobody who stops the job.
pub fn setting(jobs: usize) -> Setting<'static> {
    Setting { jobs, commit: "", interrupted: &NEVER }
}

/// An event in a word or two.
pub fn word(event: &Event<'_>) -> String {
    match event {
        Event::Recording(RunEvent::Started { slices, kept }) => format!("{slices} slices, {kept} kept"),
        Event::Recording(RunEvent::SliceDone(_)) => "slice".to_owned(),
        Event::Predict { draws } => format!("{draws} draws"),
        Event::Vary { parameters, simulations, .. } => format!("{parameters} parameters, {simulations} simulations"),
        Event::Ahead { .. } => "ahead".to_owned(),
        Event::Simulated => "simulated".to_owned(),
        Event::Steps { steps, unit, .. } => format!("{steps} {unit}"),
        Event::Step => "step".to_owned(),
        Event::Done(stage) => format!("{stage:?}"),
        other => format!("{other:?}"),
    }
}

/// Every file below a folder but the logs, with its bytes.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name() != Some(OsStr::new(Entry::RunLog.name())) {
                let name = path.strip_prefix(folder).expect("inside").to_owned();
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}
