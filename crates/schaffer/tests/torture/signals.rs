//! A signal in any stage of any command: it ends soon, and in the way that is documented.

use crate::calls::{self, Before, CALLS, Call};
use crate::tree;
use crate::tries::{Dice, tries};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Tries of `just torture`, over all commands.
const ALL: usize = 1_000;
/// Longest that a command may go on after a signal: the slices in hand take far less.
const SOON: Duration = Duration::from_secs(10);
/// Work that takes longer is disturbed within its beginning.
const LONGEST: Duration = Duration::from_secs(2);
/// Names and numbers.
const SIGNALS: [(&str, i32); 2] = [("INT", 2), ("TERM", 15)];
/// The exit code of work that `--resume` goes on with.
const RESUMABLE: i32 = 75;

/// Commands that only print, or that take long.
const OTHERS: [Call; 7] = [
    only("power", "power {e} --simulations 20000"),
    only("calibrate", "calibrate --evaluations 2 --animals 2 --out {d}/set.toml"),
    only("posterior", "calibrate --posterior 20 --animals 2 --out {d}/sets.toml"),
    only("lint", "lint {s}"),
    only("recover", "recover --data-sets 3"),
    only("validate", "validate --rules"),
    only("judge", "validate"),
];

const fn only(name: &'static str, words: &'static str) -> Call {
    Call { name, before: Before::Empty, first: words, again: words }
}

/// Starts the command, sends the signal after a while, and waits for the end.
fn signalled(call: &Call, folder: &Path, name: &str, after: Duration) -> Output {
    let child = calls::start(call.first, folder);
    std::thread::sleep(after);
    // The process may have ended meanwhile.
    let _ = Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).output();
    let sent = Instant::now();
    let output = child.wait_with_output().unwrap();
    let late = sent.elapsed();
    assert!(late < SOON, "{}: {late:?} after {name} at {after:?}", call.name);
    output
}

/// How long the command takes, at most [`LONGEST`].
fn length(call: &Call, folder: &Path) -> Duration {
    call.prepare(folder);
    let start = Instant::now();
    let mut child = calls::program(call.first, folder);
    let mut child = child.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
    while child.try_wait().unwrap().is_none() && start.elapsed() < LONGEST {
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    let _ = child.wait();
    start.elapsed()
}

fn tried(call: &Call, count: usize) {
    let place = calls::workplace();
    let folder = place.path().join("signalled");
    let time = length(call, &folder);
    let mut dice = Dice::of(call.name);
    for n in 0..count {
        let (name, number) = *dice.pick(&SIGNALS);
        let after = time.mul_f64(dice.share());
        call.prepare(&folder);
        let output = signalled(call, &folder, name, after);
        let said = calls::told(&output);
        let place = format!("{} {n}, {name} after {after:?} of {time:?}: {:?}: {said}", call.name, output.status);
        assert!(!said.contains("panicked"), "{place}");
        match (output.status.code(), output.status.signal()) {
            // Done before the signal came.
            (Some(0), _) => {}
            (None, Some(own)) => assert_eq!(own, number, "{place}"),
            (Some(RESUMABLE), _) => {
                assert!(call.again.ends_with("--resume"), "nothing goes on: {place}");
                // The whole ensemble would take minutes.
                if call.name != "ensemble" {
                    let output = calls::output(call.again, &folder);
                    assert!(output.status.success(), "{place}; taken up again: {}", calls::told(&output));
                }
            }
            _ => panic!("{place}"),
        }
        tree::remove(&folder);
    }
}

#[test]
fn a_signal_ends_every_command_as_documented() {
    let all: Vec<&Call> = CALLS.iter().chain(&OTHERS).collect();
    let each = tries(1, ALL / all.len());
    for call in all {
        tried(call, each);
    }
}
