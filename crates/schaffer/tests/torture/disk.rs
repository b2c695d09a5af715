//! A disk that fails at each call in turn: what has a final name is whole, a failure is
//! told and never reported as success, and the run taken up again ends with the same bytes.

use crate::calls::{self, Call};
use crate::tree::{self, Tree};
use crate::tries::{Dice, tries};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What happens at a call.
struct Failure {
    how: &'static str,
    /// errno and whether it stays, for `error`.
    error: Option<(i32, bool)>,
    /// The exit code a failing disk must give; none: any but 0, if it was not healed.
    code: Option<i32>,
}

const ENOSPC: i32 = 28;
const EIO: i32 = 5;
const EACCES: i32 = 13;

const FAILURES: [Failure; 6] = [
    Failure { how: "kill", error: None, code: None },
    Failure { how: "torn", error: None, code: None },
    Failure { how: "power", error: None, code: None },
    Failure { how: "error", error: Some((ENOSPC, true)), code: Some(73) },
    Failure { how: "error", error: Some((EIO, false)), code: None },
    Failure { how: "error", error: Some((EACCES, false)), code: None },
];

/// The failing disk, compiled.
fn library(place: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/torture/disk.c");
    let library = place.join("disk.so");
    let compiled = Command::new("cc").args(["-O1", "-shared", "-fPIC", "-o"]).arg(&library).arg(source).output();
    let compiled = compiled.expect("a C compiler, which Rust needs as well");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    library
}

/// One command on a failing disk.
struct Trial<'t> {
    call: &'static Call,
    library: PathBuf,
    folder: PathBuf,
    place: &'t Path,
    whole: Tree,
}

impl<'t> Trial<'t> {
    fn new(call: &'static Call, place: &'t Path) -> (Self, usize) {
        let (folder, library) = (place.join("disk"), library(place));
        let mut trial = Self { call, library, folder, place, whole: Tree::new() };
        call.prepare(&trial.folder);
        let count = place.join("count");
        let output = trial.program("count", 0).env("DISK_COUNT", &count).output().unwrap();
        assert!(output.status.success(), "{}", calls::told(&output));
        trial.whole = tree::of(&trial.folder);
        let calls = fs::read_to_string(count).unwrap().trim().parse().unwrap();
        assert!(calls > 2, "the calls are not counted");
        (trial, calls)
    }

    fn program(&self, how: &str, at: usize) -> Command {
        let mut program = calls::program(self.call.first, &self.folder);
        let mut set = |name: &str, value: &str| {
            program.env(name, value);
        };
        set("LD_PRELOAD", self.library.to_str().unwrap());
        set("DISK_HOW", how);
        set("DISK_AT", &at.to_string());
        set("DISK_SEED", &at.to_string());
        set("RAYON_NUM_THREADS", "1");
        program
    }

    fn failing(&self, failure: &Failure, at: usize) -> Output {
        let mut program = self.program(failure.how, at);
        if let Some((number, stays)) = failure.error {
            program.env("DISK_ERROR", number.to_string()).env("DISK_STICKY", u8::from(stays).to_string());
        }
        program.output().unwrap()
    }

    fn tried(&self, failure: &Failure, at: usize) {
        let which = format!("{} {}{:?} at call {at}", self.call.name, failure.how, failure.error);
        self.call.prepare(&self.folder);
        let before = tree::of(&self.folder);
        let output = self.failing(failure, at);
        let said = calls::told(&output);
        assert!(!said.contains("panicked"), "{which}: {said}");
        let now = tree::of(&self.folder);
        let torn = tree::torn(&now, &self.whole, &before);
        assert!(torn.is_empty(), "{which}: parts of {torn:?}");
        if failure.error.is_some() {
            self.error_is_told(failure, &output, &now, &which);
        }
        let again = calls::output(self.call.again, &self.folder);
        assert!(again.status.success(), "{which}: taken up again: {}", calls::told(&again));
        let differ = tree::differences(&tree::of(&self.folder), &self.whole);
        assert!(differ.is_empty(), "{which}: taken up again, these differ: {differ:?}");
    }

    /// Success only if all is there; otherwise a message, and the exit code of the error.
    fn error_is_told(&self, failure: &Failure, output: &Output, now: &Tree, which: &str) {
        let said = calls::told(output);
        if output.status.success() {
            let differ = tree::differences(now, &self.whole);
            assert!(differ.iter().all(|name| tree::is_temporary(name)), "{which}: success, but {differ:?} {said}");
            return;
        }
        assert!(said.len() > 20, "{which}: {said:?}");
        if let Some(code) = failure.code {
            assert_eq!(output.status.code(), Some(code), "{which}: {said}");
            assert!(said.contains("space"), "{which}: {said}");
        }
    }
}

/// Some calls of each kind of failure, or every one.
fn all_failures(name: &str, few: usize, all: usize) {
    let place = calls::workplace();
    let (trial, count) = Trial::new(Call::named(name), place.path());
    let mut dice = Dice::of(name);
    for failure in &FAILURES {
        let tries = tries(few, all).min(count);
        let every = count as f64 / tries as f64;
        for k in 0..tries {
            let at = 1 + ((k as f64 + dice.share()) * every) as usize;
            trial.tried(failure, at.min(count));
        }
    }
    assert!(trial.place.is_dir());
}

#[test]
fn a_run_survives_a_failing_disk_at_any_call() {
    all_failures("run", 12, usize::MAX >> 20);
}

#[test]
fn a_study_survives_a_failing_disk_at_any_call() {
    all_failures("study", 6, 400);
}

#[test]
fn whole_cell_recordings_survive_a_failing_disk_at_any_call() {
    all_failures("patch", 1, 200);
}

#[test]
fn exports_and_reports_survive_a_failing_disk_at_any_call() {
    for name in ["analyse", "report", "nwb", "xlsx", "parquet"] {
        all_failures(name, 2, 60);
    }
}
