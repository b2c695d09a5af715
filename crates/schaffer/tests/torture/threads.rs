//! Few threads: every command that writes ends with the same bytes on those that the system
//! grants, and says so if it grants none besides the first.

use crate::calls::{self, CALLS, Call};
use crate::tree;
use crate::tries::{Dice, tries};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Most threads of the program and of whoever starts it, which becomes the program.
const LIMITS: [u32; 5] = [2, 3, 4, 5, 7];

/// A user whom nobody else is, since a limit holds for all that a user runs; the kernel
/// limits anyone but root.
struct User {
    id: String,
    program: PathBuf,
    experiment: PathBuf,
    study: PathBuf,
}

impl User {
    /// With copies of the program and its inputs that this user may read; `None` for whoever
    /// is not root.
    fn new(place: &Path) -> Option<Self> {
        if fs::metadata("/proc/self").unwrap().uid() != 0 {
            return None;
        }
        fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
        let program = place.join("schaffer");
        fs::copy(calls::BINARY, &program).unwrap();
        let experiment = place.join("torture.toml");
        fs::write(&experiment, calls::EXPERIMENT).unwrap();
        let study = place.join("recorded");
        tree::copy(&calls::project("experiments/recorded-ca3-ca1"), &study);
        let study = study.join("study.toml");
        Some(Self { id: (200_000 + std::process::id()).to_string(), program, experiment, study })
    }

    /// The words with the inputs that this user may read.
    fn words(&self, words: &str) -> String {
        words.replace("{e}", self.experiment.to_str().unwrap()).replace("{s}", self.study.to_str().unwrap())
    }

    /// Does it with so many threads at most.
    fn output(&self, threads: u32, words: &str, folder: &Path) -> Output {
        let open = Command::new("chown").arg("-R").arg(&self.id).arg(folder.parent().unwrap()).output().unwrap();
        assert!(open.status.success(), "{}", calls::told(&open));
        let mut limited = Command::new("setpriv");
        let group = ["--regid", &self.id, "--clear-groups", "prlimit", &format!("--nproc={threads}")];
        limited.args(["--reuid", &self.id]).args(group).arg(&self.program);
        let call = calls::program(&self.words(words), folder);
        limited.args(call.get_args()).current_dir(folder.parent().unwrap()).output().unwrap()
    }
}

#[test]
fn with_few_threads_every_command_gives_the_same_bytes() {
    let place = calls::workplace();
    let Some(user) = User::new(place.path()) else { return };
    let mut dice = Dice::of("threads");
    let all = CALLS.len() * LIMITS.len();
    let files = place.path().join("files");
    for n in 0..tries(6, all).min(all) {
        let call: &Call = &CALLS[n % CALLS.len()];
        let (whole, few) = (files.join("whole"), files.join("few"));
        fs::create_dir_all(&files).unwrap();
        call.prepare(&whole);
        let output = calls::output(&user.words(call.first), &whole);
        assert!(output.status.success(), "{}: {}", call.name, calls::told(&output));
        call.prepare(&few);
        let threads = if n < CALLS.len() { *dice.pick(&LIMITS) } else { LIMITS[n / CALLS.len()] };
        let output = user.output(threads, call.first, &few);
        // The package of workbooks takes a thread for each sheet.
        if call.name == "xlsx" && output.status.code() == Some(71) {
            assert!(calls::told(&output).contains("on so few threads"), "{}", calls::told(&output));
            tree::remove(&files);
            continue;
        }
        assert!(output.status.success(), "{} on {threads} threads: {}", call.name, calls::told(&output));
        let differ = tree::differences(&tree::of(&few), &tree::of(&whole));
        assert!(differ.is_empty(), "{} on {threads} threads: {differ:?}", call.name);
        tree::remove(&files);
    }
}

#[test]
fn without_a_second_thread_the_reason_is_said() {
    let place = calls::workplace();
    let Some(user) = User::new(place.path()) else { return };
    let files = place.path().join("files");
    fs::create_dir(&files).unwrap();
    let output = user.output(1, "run {e} --out {d} -q", &files.join("run"));
    assert_eq!(output.status.code(), Some(71), "{}", calls::told(&output));
    assert!(calls::told(&output).contains("no thread besides its first"), "{}", calls::told(&output));
}
